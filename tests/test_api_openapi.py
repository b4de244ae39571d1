"""The published description and the real API agree: requests made from it, fit and unfit, hold no surprise."""

import os
import uuid
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from smsbot.models import Alert, Task
from smsbot.web import api
from smsbot.web.api.limits import Allowance
from tests.api_support import NOW, World, body, caller

FEW, MANY = 2, int(os.environ.get("SMSBOT_API_EXAMPLES", "10"))
# A valid string need not be a phone number; and our real key is taken for a generated one.
LEFT_OUT = [positive_data_acceptance, ignored_auth]
PLENTY = Allowance(burst=10**9)


def rows(world: World) -> dict[str, str]:
    """Real rows, so that generated requests reach behind the 404."""
    enrolled = caller(world)("POST", "/patients", body()).json
    alert, task = world.runtime.new_id(), world.runtime.new_id()
    shared = {"clinic_id": world.harbor, "patient_id": uuid.UUID(enrolled["id"])}
    with world.desk() as desk:
        desk.db.add(Alert(id=alert, tier=2, kind="k", rule="r", opened_at=NOW, inbounds=[], told=[], **shared))
        desk.db.add(Task(id=task, kind="call", reason="r", due_at=NOW, created_at=NOW, details={}, **shared))
    session = enrolled["sessions"][0]["id"]
    return {"patient_id": enrolled["id"], "session_id": session, "alert_id": str(alert), "task_id": str(task)}


@pytest.fixture
def described(world: World) -> Any:
    """The API as its own description tells it, with a key and ids that exist."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", api.build(world.runtime, PLENTY))
    ids, secret = rows(world), world.key()

    @schema.hook
    def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
        return {name: ids[name] for name in path_parameters} if path_parameters else path_parameters

    schema.config.headers = {"Authorization": f"Bearer {secret}"}
    return schema


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_requests_from_the_description_are_answered_as_described(
    described: Any, mode: GenerationMode, examples: int
) -> None:
    for found in described.get_all_operations():
        try_out(found.ok(), mode, examples)


def try_out(operation: Any, mode: GenerationMode, examples: int) -> None:
    @settings(max_examples=examples, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Any) -> None:
        case.call_and_validate(excluded_checks=LEFT_OUT)

    once()
