"""Every route against another clinic's ids: the same answer as for ids that do not exist, and nothing changes."""

import uuid
from typing import Any

import pytest
from flask_openapi3.openapi import OpenAPI
from sqlmodel import SQLModel

from smsbot.models import Alert, Task
from smsbot.store import access
from smsbot.web.api import build
from tests.api_support import NOW, Caller, World, body, caller

NOWHERE = uuid.UUID(int=9)
BODIES: dict[str, dict[str, Any]] = {
    "patch /patients/{patient_id}": {"language": "es"},
    "post /patients/{patient_id}/sessions": {"starts_at": "2026-12-20T10:00:00Z"},
    "patch /sessions/{session_id}": {"starts_at": "2026-12-22T10:00:00Z"},
    "post /sessions/{session_id}/move-preview": {"starts_at": "2026-12-24T10:00:00Z"},
    "post /sessions/{session_id}/cancel": {"by": "clinic"},
    "post /patients/{patient_id}/phone": {"phone": "+14155550177", "consent": body()["consent"]},
    "post /patients/{patient_id}/messages": {"words": "hello", "name": "Dana"},
    "post /patients/{patient_id}/hold": {"on": False},
    "post /patients/{patient_id}/erase": {"reason": "request", "confirm": "another id"},
    "post /tasks/{task_id}/decide": {"decision": "go_ahead", "decided_by": "Dana"},
    "post /alerts/{alert_id}/resolve": {"outcome": "spoke", "resume": "resume"},
}


def routes(app: OpenAPI) -> list[str]:
    """Every route that names a row, as "get /patients/{patient_id}"."""
    return [
        f"{method} {path.removeprefix('/api/v1')}"
        for path, methods in app.api_doc["paths"].items()
        for method in methods
        if "{" in path
    ]


def rows(world: World) -> dict[str, Any]:
    """Everything in the database but the readers' own traces."""
    own = {"audit", "api_key", "idempotency_key"}
    with world.runtime.database.read() as db:
        return {
            table.name: db.execute(table.select()).all()
            for table in SQLModel.metadata.sorted_tables
            if table.name not in own
        }


@pytest.fixture
def ids(world: World) -> dict[str, str]:
    """Rows of Harbor, one of each kind."""
    enrolled = caller(world)("POST", "/patients", body()).json
    shared = {"clinic_id": world.harbor, "patient_id": uuid.UUID(enrolled["id"])}
    alert, task = world.runtime.new_id(), world.runtime.new_id()
    with world.desk() as desk:
        desk.db.add(Alert(id=alert, tier=2, kind="k", rule="r", opened_at=NOW, inbounds=[], told=[], **shared))
        desk.db.add(Task(id=task, kind="call", reason="r", due_at=NOW, created_at=NOW, details={}, **shared))
    session = enrolled["sessions"][0]["id"]
    return {"patient_id": enrolled["id"], "session_id": session, "alert_id": str(alert), "task_id": str(task)}


def answers(call: Caller, route: str, found: dict[str, str]) -> tuple[int, bytes]:
    method, path = route.split(" ")
    answer = call(method.upper(), path.format(**found), BODIES.get(route))
    return answer.status_code, answer.data


def test_a_foreign_id_is_answered_like_one_that_does_not_exist(world: World, ids: dict[str, str]) -> None:
    mesa = caller(world, world.mesa)
    before = rows(world)
    found = routes(build(world.runtime))
    assert len(found) >= 18
    for route in found:
        foreign = answers(mesa, route, ids)
        assert foreign[0] == 404, route
        assert foreign == answers(mesa, route, dict.fromkeys(ids, str(NOWHERE))), route
    assert rows(world) == before


def test_the_same_routes_answer_their_own_clinic(world: World, ids: dict[str, str]) -> None:
    harbor = caller(world)
    for route in routes(build(world.runtime)):
        # An erasure takes the right id twice, which no body here has.
        fine = (422,) if route.endswith("/erase") else (200, 201, 409)
        assert answers(harbor, route, ids)[0] in fine, route


def test_without_a_key_every_route_is_closed(world: World, ids: dict[str, str]) -> None:
    stranger = Caller(world.client(), "smsbot_not_a_key")
    for route in routes(build(world.runtime)):
        assert answers(stranger, route, ids)[0] == 401, route


def test_lists_hold_nothing_of_another_clinic(world: World, ids: dict[str, str]) -> None:
    mesa = caller(world, world.mesa)
    for path, name in (("/patients", "patients"), ("/alerts", "alerts"), ("/tasks", "tasks")):
        assert mesa("GET", path).json[name] == []


def test_every_route_declares_a_scope_and_says_so(world: World) -> None:
    app = build(world.runtime)
    told = [operation for methods in app.api_doc["paths"].values() for operation in methods.values()]
    assert all("The key needs the scope" in operation["description"] for operation in told)
    undeclared = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "needs", None) not in access.SCOPES
    }
    assert undeclared == {"openapi_json"}
