"""The patient's words belong to the session they were said about; an old one is never presented as today's."""

from datetime import timedelta

import pytest

from smsbot import facts, own_words, talk
from smsbot import scope as scopes
from smsbot.models import SessionStatus, TreatmentSession
from smsbot.scope import Scope
from smsbot.store import clinics, turns
from tests.api_support import World, shipped
from tests.phone_support import Phone, joined


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def scope_of(phone: Phone, db) -> Scope:  # type: ignore[no-untyped-def]
    world = phone.world
    keys = world.keys(db)
    return scopes.of_patient(world.runtime, db, keys, clinics.get(db, world.harbor), phone.patient().id)


def said(scope: Scope, name: str, words: str, session: TreatmentSession) -> None:
    answer = scope.runtime.new_id()
    turns.supersede(scope.db, scope.keys, scope.person.id, (name,), scope.now)
    row = {"id": answer, "clinic_id": scope.clinic.id, "patient_id": scope.person.id, "flow": "before", "name": name}
    flags = {"flagged": False, "late": False, "hidden": False, "session_id": session.id, "at": scope.now}
    turns.add_answer(
        scope.db, row | flags | {"value_sealed": scope.sealer.seal("answer", "value_sealed", answer, words)}
    )


def attended(scope: Scope, count: int) -> list[TreatmentSession]:
    """Sessions a week apart that were held, the last one an hour ago."""
    series = scope.sessions[0].series_id
    made = []
    for number in range(1, count + 1):
        start = scope.now - timedelta(weeks=count - number, hours=1)
        made.append(
            TreatmentSession(
                id=scope.runtime.new_id(), clinic_id=scope.clinic.id, patient_id=scope.person.id, series_id=series,
                number=number + 10, starts_at=start, minutes=60, status=SessionStatus.DONE, created_at=start,
            )
        )  # fmt: skip
    scope.db.add_all(made)
    scope.db.flush()
    scope.known_sessions = None
    return made


def at(scope: Scope, session: TreatmentSession, **before: float) -> None:
    scope.now = session.starts_at - timedelta(**before)


def test_an_insight_of_another_session_is_not_this_ones(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        first, second = attended(scope, 2)
        said(scope, "insight", "a door", first)
        script = scope.runtime.content.scripts["meaning"]
        assert facts.for_flow(scope, script, session_id=first.id).values["insight"] == "a door"
        assert "insight" not in facts.for_flow(scope, script, session_id=second.id).values
        begun = talk.begin(scope, "meaning", session_id=second.id)
        assert talk.opened(scope, begun)[1].step == "touches_open"


def test_last_time_is_an_earlier_session_never_this_one(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        first, second = attended(scope, 2)
        said(scope, "insight", "a door", first)
        said(scope, "insight", "a window", second)
        assert own_words.session_before(scope, second.id) == "a door"
        assert own_words.session_before(scope, first.id) == "a window"
        assert own_words.session_before(scope, None) is None


def test_the_intentions_of_three_sessions_stand_in_a_row(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        scope.now += timedelta(days=60)
        now, sessions = scope.now, attended(scope, 3)
        for session, words in zip(sessions, ("be kind", "listen more", "rest"), strict=True):
            at(scope, session, days=2)
            said(scope, "intention", words, session)
        scope.now = now
        assert own_words.three_intentions(scope, sessions[-1].id) == '"be kind", then "listen more", then "rest"'


def test_one_intention_kept_three_times_is_no_row(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        now, sessions = scope.now, attended(scope, 3)
        at(scope, sessions[0], days=2)
        said(scope, "intention", "be kind", sessions[0])
        scope.now = now
        assert own_words.three_intentions(scope, sessions[-1].id) is None


def test_an_intention_of_an_older_series_is_not_this_ones(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        (session,) = attended(scope, 1)
        now = scope.now
        scope.now = session.starts_at - timedelta(days=90)
        said(scope, "intention", "be kind", session)
        scope.now = now
        script = scope.runtime.content.scripts["arrival"]
        assert "intention" not in facts.for_flow(scope, script, session_id=session.id).values


def test_an_open_question_waits_as_long_as_its_flow_says(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        begun = talk.begin(scope, "safety_check")
        assert begun.closes_at == scope.now + timedelta(minutes=60)


def test_the_end_of_a_series_looks_back_at_the_newest_three_insights(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        sessions = attended(scope, 4)
        assert own_words.look_back(scope, sessions[-1].id) is None
        for session, words in zip(sessions, ("a door", "relief", "relief", "warmth"), strict=True):
            at(scope, session, hours=-20)
            said(scope, "insight", words, session)
        assert own_words.look_back(scope, sessions[-1].id) == '"a door", then "relief", then "warmth"'


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("1 2 4", '"dim light, music, warm blanket"'),
        ("5,1 and 1", '"eye mask, dim light"'),
        ("just quiet", '"just quiet"'),
        ("3, 7", '"quiet"'),
        ("1 and 4, and my own headphones", '"dim light, warm blanket, my own headphones"'),
        ("1 or 4 if there are 2", None),
        ("7", None),
        ("2 blankets", None),
        ("9", None),
        ("0", None),
    ],
)
def test_what_was_chosen_for_the_room_is_said_in_words(ana: Phone, chosen: str, shown: str | None) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        first, second = attended(scope, 2)
        said(scope, "comfort", chosen, first)
        assert own_words.comfort_list(scope, first.id) == shown
        assert own_words.comfort_list(scope, second.id) is None


def test_the_menu_and_its_list_in_words_name_the_same_things() -> None:
    for language, labels in own_words.COMFORTS.items():
        text = shipped().scripts["comfort"].lines[language]["settle"].text
        assert all(f"{number} {label}" in text for number, label in enumerate(labels, 1))


@pytest.mark.parametrize(
    ("sign", "helps", "note"),
    [
        ("I hide", "my sister", 'what you\'d notice first: "I hide", and what helps: "my sister"'),
        ("I hide", None, 'what you\'d notice first: "I hide"'),
        (None, "my sister", 'what helps: "my sister"'),
        (None, None, None),
    ],
)
def test_the_note_for_a_low_day_says_the_sign_and_what_helps(
    ana: Phone, sign: str | None, helps: str | None, note: str | None
) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        (session,) = attended(scope, 1)
        for name, words in (("early_sign", sign), ("helps", helps)):
            if words:
                said(scope, name, words, session)
        assert own_words.low_note(scope, None) == note


@pytest.mark.parametrize(
    ("echo", "discreet", "quoted"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_own_words_are_looked_back_at_only_with_consent_and_unseen(
    ana: Phone, echo: bool, discreet: bool, quoted: bool
) -> None:
    with ana.world.runtime.database.write() as db:
        scope = scope_of(ana, db)
        (session,) = attended(scope, 1)
        said(scope, "insight", "a door", session)
        scope.person.echo, scope.person.discreet = echo, discreet
        script = ana.world.runtime.content.scripts["series_end"]
        known = facts.for_flow(scope, script, session_id=session.id)
        assert ("look_back" in known.values, known.echo) == (quoted, quoted)
