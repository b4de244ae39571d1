"""Whom alerts reach: who is tried now and who next, the list and its rota, and the test page that proves the line."""

import uuid
from datetime import timedelta
from typing import Any

from flask import after_this_request, flash, redirect, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.validators import Length

from smsbot import contacts
from smsbot.contacts import KINDS, NewContact
from smsbot.models import Alert, AlertState
from smsbot.scope import PAGE
from smsbot.store import board, paging
from smsbot.web.portal import rotas, said
from smsbot.web.portal.door import ALL, LEADS, Seat, allows, bp, page, runtime
from smsbot.web.portal.fields import Form, choices, needed

KIND = {
    "oncall": "On call: tried first",
    "second": "Second: tried when the first does not answer",
    "lead": "Lead: tried when neither answers, and alone for complaints about staff",
    "operator": "Operator: runs the service; hears of its faults, and of alerts nobody has taken for half an hour",
}
FAULTS_BACK = timedelta(days=14)


class ContactForm(Form):
    name = StringField("Name", [needed("Give a name.")])
    kind = RadioField("What they are on the list for", choices=choices(KIND), validators=[needed("Choose one.")])
    rank = IntegerField("Order", [needed("Give a number: 1 is tried before 2.")])
    phone = StringField("Phone", [Length(max=40)])
    email = StringField("E-mail", [Length(max=254)])
    voice = BooleanField("May be called, by night as well (texts alone wake nobody)")


class ListForm(Form):
    """A button that means what the page above it says."""


@bp.get("/on-call")
@allows(*ALL)
def on_call(seat: Seat) -> Any:
    """Who is on call, the list, and how the last test went."""
    return _page(seat)


def _page(seat: Seat, form: Form | None = None) -> Any:
    desk, visit = seat.desk, seat.desk.visit()
    listed = sorted(paging.contacts(desk.db, desk.keys), key=lambda each: (KINDS.index(each.row.kind), each.row.rank))
    answers = paging.last_answers(desk.db, desk.keys)
    faults = paging.faults(desk.db, desk.keys, desk.now - FAULTS_BACK)
    visit.note("contacts.read", f"clinic:{desk.clinic.id}")
    return page(
        seat,
        "oncall",
        status=422 if form else 200,
        form=form,
        duty=contacts.duty(desk),
        gaps=contacts.gaps(desk),
        listed=listed,
        rota={each.row.id: rotas.said(each.row.rota) for each in listed},
        answers=answers,
        answered=max(answers.values(), default=None),
        names={each.row.id: each.name for each in listed},
        test=_test(seat),
        faults=[(each, board.ladder(visit, each)) for each in faults],
    )


def _test(seat: Seat) -> dict[str, Any] | None:
    """The test under way or else the last one, with its steps; None before the first."""
    desk = seat.desk
    begun = [each for each in paging.tests(desk.db, desk.keys, *AlertState) if _began(each) <= desk.now]
    if not begun:
        return None
    last = max(begun, key=_began)
    return {"at": _began(last), "over": last.state == AlertState.RESOLVED, "steps": board.ladder(desk.visit(), last)}


def _began(test: Alert) -> Any:
    return test.paged_at or test.opened_at


@bp.post("/on-call/test")
@allows(*LEADS)
def test_line(seat: Seat) -> Any:
    """Page everybody on the list with a test, now."""
    form = ListForm()
    if not paging.contacts(seat.desk.db, seat.desk.keys):
        form.blame({"": "There is nobody to page yet: add somebody first."})
        return _page(seat, form)
    contacts.test_now(seat.desk)
    after_this_request(_wake)
    flash(
        "The test is on its way to everybody on the list. Press 1 when it calls; look at this page again for answers."
    )
    return redirect(url_for("portal.on_call"), 303)


def _wake(answer: Answer) -> Answer:
    """Once the page is committed: wake whoever pages; without Redis the sweep finds it within seconds."""
    runtime().bell.ring(PAGE)
    return answer


@bp.route("/on-call/add", methods=["GET", "POST"])
@allows(*LEADS)
def contact_add(seat: Seat) -> Any:
    """Put somebody on the list."""
    form = ContactForm(data={"kind": "oncall", "rank": 1, "voice": True})
    if form.validate_on_submit():
        new = _given(form)
        if seat.tried(form, lambda: contacts.add(seat.desk, new)):
            return _back(f"{new.name} is on the list. Send a test page, so that you know it reaches them.")
    return _form(seat, form, "Add somebody", "contact")


@bp.route("/on-call/<uuid:contact_id>/change", methods=["GET", "POST"])
@allows(*LEADS)
def contact_change(seat: Seat, contact_id: uuid.UUID) -> Any:
    """Change what is known of somebody on the list."""
    old = contacts.one(seat.desk, contact_id)
    shown = {"name": old.name, "kind": old.kind, "rank": old.rank, "email": old.email, "voice": old.voice}
    form = ContactForm(data=shown | {"phone": said.phone(old.phone)})
    if form.validate_on_submit():
        new = _given(form)
        if seat.tried(form, lambda: contacts.change(seat.desk, contact_id, new)):
            return _back(f"Kept. Send a test page if a number or an address of {new.name} is new.")
    return _form(seat, form, f"Change {old.name}", "contact")


@bp.route("/on-call/<uuid:contact_id>/hours", methods=["GET", "POST"])
@allows(*LEADS)
def contact_rota(seat: Seat, contact_id: uuid.UUID) -> Any:
    """Change when somebody is on call."""
    old = contacts.one(seat.desk, contact_id)
    form = rotas.form_of(old.rota, seat.desk.now.astimezone(seat.zone).date())
    added = rotas.more_rows(form)
    if added is None and form.validate_on_submit() and rotas.fits(form):
        spans, away = rotas.spans(form), rotas.away(form)
        if seat.tried(form, lambda: contacts.put_on_call(seat.desk, contact_id, spans, away)):
            return _back(f"{old.name} is on call {rotas.said(contacts.one(seat.desk, contact_id).rota)}.")
    return _form(seat, form, f"When {old.name} is on call", "rota", added=added)


@bp.route("/on-call/<uuid:contact_id>/remove", methods=["GET", "POST"])
@allows(*LEADS)
def contact_remove(seat: Seat, contact_id: uuid.UUID) -> Any:
    """Take somebody off the list."""
    old = contacts.one(seat.desk, contact_id)
    form = ListForm()
    if form.validate_on_submit() and seat.tried(form, lambda: contacts.remove(seat.desk, contact_id)):
        return _back(f"{old.name} is off the list.")
    left = [each.name for each in contacts.duty(seat.desk).order if each.row.id != contact_id]
    return _form(seat, form, f"Take {old.name} off the list?", "remove", who=old.name, left=left)


def _given(form: ContactForm) -> NewContact:
    return NewContact(
        kind=form.kind.data,
        rank=form.rank.data,
        name=(form.name.data or "").strip(),
        phone=_in_full(form.phone.data or ""),
        email=(form.email.data or "").strip(),
        voice=form.voice.data,
    )


def _in_full(typed: str) -> str:
    """A number as people write it in E.164; what is no US number of ten digits is left for the product to judge."""
    digits = "".join(letter for letter in typed if letter.isdigit())
    if not typed.strip():
        return ""
    if typed.strip().startswith("+"):
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}" if digits[:1] == "1" and len(digits) == 11 else typed


def _form(seat: Seat, form: Form, title: str, what: str, **more: Any) -> Any:
    added = more.pop("added", None)
    status = 422 if form.is_submitted() and added is None else 200
    return page(seat, "oncall_form", status=status, form=form, title=title, what=what, added=added, **more)


def _back(words: str) -> Any:
    flash(words)
    return redirect(url_for("portal.on_call"), 303)
