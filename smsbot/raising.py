"""An incident on its way to people: one open incident a person, what starts a round of pages, and what starts none."""

import uuid
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from smsbot import facts, ladder
from smsbot.models import Alert, AlertState
from smsbot.scope import Scope
from smsbot.store import paging

# What became of an alert besides its steps, as codes for the page that shows it.
NOT_DELIVERED, AGAIN_WORSE, AGAIN_WORDS, AGAIN_SESSION, NOBODY = (
    "crisis_not_delivered", "worse", "new_words", "session_near", "nobody_came",
)  # fmt: skip
SET_ASIDE, MORE_FAULTS = "set_aside", "more_set_aside"


def incident(scope: Scope, tier: int, kind: str, rule: str) -> Alert:
    """Open an incident, or add to the open one, which pages again for a higher tier, or once it was acknowledged."""
    # A complaint about staff is the lead's alone: it must neither swallow a cry nor be shown with one.
    for_lead = kind == ladder.MISCONDUCT
    inbound = [str(scope.inbound_id)] if scope.inbound_id else []
    found = open_incident(scope, for_lead=for_lead)
    if found is None:
        return _opened(scope, tier, kind, rule, inbound)
    worse = tier < found.tier
    found.inbounds = [*found.inbounds, *inbound]
    if worse:
        found.tier, found.kind, found.rule = tier, kind, rule
    if worse or found.state == AlertState.ACKNOWLEDGED:
        again(scope, found, AGAIN_WORSE if worse else AGAIN_WORDS)
    return found


def fault(scope: Scope, rule: str, row: uuid.UUID) -> None:
    """Tell those who run the service that a row was set aside, once a row; `rule` is a code. Ring for scope.PAGE.

    One page is open at a clinic at a time: what is set aside while it stands is added to it, so that a fault of many
    rows is told once and not a hundred times. Nobody is in danger by it, so it is no incident and climbs no ladder.
    """
    page = scope.db.exec(
        select(Alert).where(
            col(Alert.clinic_id) == scope.keys.clinic_id,
            col(Alert.kind) == ladder.FAULT,
            col(Alert.state) == AlertState.OPEN,
        )
    ).first()
    if page is None:
        page = _about_nobody(scope, rule)
    if all(each.get("row") != str(row) for each in page.told):
        remember(page, scope.now, SET_ASIDE, row=str(row))


def _about_nobody(scope: Scope, rule: str) -> Alert:
    page = Alert(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        tier=4,
        kind=ladder.FAULT,
        rule=rule,
        inbounds=[],
        told=[],
        opened_at=scope.now,
        paged_at=scope.now,
        due_at=scope.now,
    )
    scope.db.add(page)
    scope.paged = True
    return page


def open_incident(scope: Scope, *, for_lead: bool = False) -> Alert | None:
    """The incident that is still open for this person; a complaint about staff is one of its own.

    It is locked: nobody may resolve it while words are added to it, or they would page nobody.
    """
    wanted = select(Alert).where(
        col(Alert.clinic_id) == scope.keys.clinic_id,
        col(Alert.lead_only).is_(for_lead),
        col(Alert.state) != AlertState.RESOLVED,
        col(Alert.patient_id) == scope.patient.id
        if scope.patient
        else col(Alert.phone_index) == scope.keys.phone_index(scope.phone),
    )
    newest = wanted.order_by(col(Alert.opened_at).desc()).limit(1).with_for_update()
    return scope.db.exec(newest.execution_options(populate_existing=True)).first()


def _opened(scope: Scope, tier: int, kind: str, rule: str, inbound: list[str]) -> Alert:
    alert = Alert(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.patient.id if scope.patient else None,
        phone_index=scope.keys.phone_index(scope.phone),
        tier=tier,
        kind=kind,
        rule=rule,
        lead_only=kind == ladder.MISCONDUCT,
        inbounds=inbound,
        told=[],
        opened_at=scope.now,
    )
    _page_from(scope, alert)
    scope.db.add(alert)
    return alert


def again(scope: Scope, alert: Alert, why: str) -> None:
    """A new round of pages, from the first rung, whatever was done before."""
    alert.state = AlertState.OPEN
    alert.first_step = paging.after_last(scope.db, scope.keys, alert.id)
    remember(alert, scope.now, why)
    _page_from(scope, alert)


def _page_from(scope: Scope, alert: Alert) -> None:
    hours = facts.hours(scope.clinic)
    start = ladder.begins(alert.tier, alert.kind, scope.clinic.after_hours, hours, scope.now)
    alert.paged_at = alert.due_at = start
    scope.paged = scope.paged or start <= scope.now


def remember(alert: Alert, at: datetime, fact: str, **details: Any) -> None:
    """Note what became of an alert: a code and ids, never words."""
    alert.told = [*alert.told, {"at": at.isoformat(), "fact": fact, **details}]


def not_delivered(scope: Scope, code: int | None) -> None:
    """A crisis line did not arrive, so the person has read nothing: that is a page, not only an item (RULINGS 2)."""
    found = open_incident(scope) or _opened(scope, 2, NOT_DELIVERED, f"carrier code {code}", [])
    if any(each.get("fact") == NOT_DELIVERED and each.get("code") == code for each in found.told):
        return
    if found.state == AlertState.ACKNOWLEDGED:
        again(scope, found, NOT_DELIVERED)
    remember(found, scope.now, NOT_DELIVERED, code=code)
