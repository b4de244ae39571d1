"""The alert ladder as a table (CONTENT.md 3.2), and what holds for any list of people, any outcomes and any outage."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot import ladder, rota
from smsbot.hours import Hours
from smsbot.ladder import Cry, Person, Tried, next_pages
from smsbot.rota import Rota

ZONE = ZoneInfo("America/New_York")
HOURS = Hours({day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}, ["2026-12-25"], ZONE)
ALWAYS = Rota({}, (), ZONE)
OPEN = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # Tuesday, 10:00 in New York
CLOSED = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)  # Tuesday, 22:00
HOLIDAY = datetime(2026, 12, 25, 15, 0, tzinfo=UTC)  # a Friday
DAY_AND_AN_HOUR = timedelta(hours=25)


def someone(name: str, kind: str, **changes: object) -> Person:
    """Somebody on the list, reached by everything unless told; ids are made of names."""
    person = Person(uuid.uuid5(uuid.NAMESPACE_OID, name), kind, 1, True, True, True, ALWAYS)
    return replace(person, **changes)  # type: ignore[arg-type]


DANA, ELI, LEA, OPS = (
    someone("Dana", "oncall"),
    someone("Eli", "second"),
    someone("Lea", "lead"),
    someone("Ops", "operator"),
)
EVERYBODY = (DANA, ELI, LEA, OPS)
NAMES = {DANA.id: "Dana", ELI.id: "Eli", LEA.id: "Lea", OPS.id: "Ops", None: "-"}
Outcome = Callable[[ladder.Page], str]


@dataclass
class Climb:
    """A round played on a clock of its own: every attempt in order, with its time."""

    made: list[tuple[datetime, ladder.Page]]
    looks: list[datetime]
    ended: bool

    def at(self, began: datetime) -> dict[int, set[tuple[str, str]]]:
        """(channel, name) by minutes since the beginning."""
        found: dict[int, set[tuple[str, str]]] = {}
        for at, page in self.made:
            found.setdefault(int((at - began).total_seconds() // 60), set()).add((page.channel, NAMES[page.contact]))
        return found


def climb(
    cry: Cry,
    people: tuple[Person, ...] = EVERYBODY,
    outcome: Outcome = lambda _: "sent",
    until: timedelta = DAY_AND_AN_HOUR,
    outage: tuple[timedelta, timedelta] = (timedelta(0), timedelta(0)),
) -> Climb:
    """Play a round in which nobody acknowledges; during an outage nothing looks."""
    tried: dict[tuple[int, str, uuid.UUID | None], Tried] = {}
    now, made, looks = cry.paged_at, [], []
    for _ in range(3000):
        if cry.paged_at + outage[0] < now < cry.paged_at + outage[1]:
            now = cry.paged_at + outage[1]
        looks.append(now)
        asked = next_pages(cry, people, HOURS, list(tried.values()), now)
        for page in asked.pages:
            made.append((now, page))
            tried[page.number, page.channel, page.contact] = Tried(
                page.number, page.channel, page.contact, outcome(page), 1, now
            )
        for step in asked.again:
            key = (step.number, step.channel, step.contact)
            state = "failed" if step.tries + 1 >= ladder.MOST_TRIES else step.state
            tried[key] = replace(step, tries=step.tries + 1, at=now, state=state)
        if asked.pages or asked.again:
            continue
        if asked.at is None or asked.at > cry.paged_at + until:
            return Climb(made, looks, asked.at is None)
        now = asked.at
    raise AssertionError("the ladder never ended")


def cry(tier: int = 1, at: datetime = OPEN, kind: str = "suicide", **changes: object) -> Cry:
    return replace(Cry(tier, kind, False, at), **changes)  # type: ignore[arg-type]


ALL = {"call", "text", "email"}
LOUD = {"call", "text"}


def ways(name: str, *channels: str) -> set[tuple[str, str]]:
    return {(channel, name) for channel in channels}


def test_tier_1_climbs_as_the_brief_says():
    found = climb(cry(), until=timedelta(minutes=45)).at(OPEN)
    assert found == {
        0: ways("Dana", *ALL),
        5: ways("Dana", "call"),
        10: ways("Dana", *LOUD) | ways("Eli", *ALL),
        20: ways("Lea", *ALL) | {("main_line", "-"), ("patient", "-")},
        30: set().union(*(ways(name, *ALL) for name in ("Dana", "Eli", "Lea", "Ops"))),
        40: set().union(*(ways(name, *LOUD) for name in ("Dana", "Eli", "Lea", "Ops"))),
    }


@pytest.mark.parametrize(("at", "channels"), [(OPEN, {"text", "email"}), (CLOSED, ALL), (HOLIDAY, ALL)])
def test_tier_2_calls_out_of_hours_and_on_holidays_only(at: datetime, channels: set[str]):
    found = climb(cry(2, at), until=timedelta(minutes=95)).at(at)
    assert found[0] == found[10] == ways("Dana", *channels)
    assert found[20] == ways("Eli", *channels)
    assert found[30] == ways("Lea", *channels)
    assert {name for _, name in found[60]} == {name for _, name in found[90]} == {"Dana", "Eli", "Lea", "Ops"}
    assert set(found) == {0, 10, 20, 30, 60, 90}


def test_the_patient_is_told_after_a_minute_when_no_page_was_accepted():
    found = climb(cry(), outcome=lambda page: "sent" if page.channel == "truth" else "failed")
    assert ("truth", "-") in found.at(OPEN)[1]
    assert ("truth", "-") not in climb(cry()).at(OPEN).get(1, set())


def test_when_nothing_can_be_sent_to_the_first_contact_the_second_does_not_wait():
    nowhere = climb(cry(), outcome=lambda page: "failed" if page.contact == DANA.id else "sent")
    assert ways("Eli", *ALL) <= nowhere.at(OPEN)[0]


def test_an_attempt_nobody_wrote_the_outcome_of_is_made_again():
    tried = [Tried(0, "call", DANA.id, "trying", 1, OPEN), Tried(0, "text", DANA.id, "sent", 1, OPEN)]
    assert next_pages(cry(), EVERYBODY, HOURS, tried, OPEN + timedelta(seconds=19)).again == ()
    again = next_pages(cry(), EVERYBODY, HOURS, tried, OPEN + timedelta(seconds=20)).again
    assert [step.channel for step in again] == ["call"]


def test_after_an_outage_each_way_to_each_person_is_tried_once():
    late = climb(cry(), outage=(timedelta(minutes=1), timedelta(minutes=33)), until=timedelta(minutes=35)).at(OPEN)
    assert sorted(late) == [0, 33]
    assert {name for _, name in late[33]} == {"Dana", "Eli", "Lea", "Ops", "-"}


def test_whoever_is_on_duty_comes_first_and_nobody_on_duty_means_everybody():
    nights = Rota({day: ["17:00-09:00"] for day in ("mon", "tue", "wed", "thu", "fri")}, (), ZONE)
    night = someone("Night", "oncall", rota=nights)
    day = someone("Day", "oncall", rank=2, rota=Rota({"tue": ["09:00-17:00"]}, (), ZONE))
    assert ladder.on_call((night, day, ELI), OPEN)[0] == day
    assert ladder.on_call((night, day, ELI), CLOSED)[0] == night
    assert ladder.on_call((night,), OPEN) == [night]


def test_with_nobody_on_the_list_the_clinics_own_telephone_rings_at_once():
    assert climb(cry(), people=(), until=timedelta(minutes=2)).at(OPEN)[0] == {("main_line", "-")}


def test_a_complaint_about_staff_reaches_leads_alone_and_the_operator_where_there_is_none():
    complaint = cry(3, kind="misconduct", lead_only=True)
    found = climb(complaint, until=timedelta(days=3))
    assert {NAMES[page.contact] for at, page in found.made if at < OPEN + timedelta(days=2)} == {"Lea"}
    nobody = climb(complaint, people=(DANA, ELI, OPS), until=timedelta(hours=1))
    assert {NAMES[page.contact] for _, page in nobody.made} == {"Ops"}


@pytest.mark.parametrize(
    ("tier", "kind", "after_hours", "at", "begins"),
    [
        (1, "suicide", "none", CLOSED, CLOSED),
        (2, "suicide", "oncall", CLOSED, CLOSED),
        (2, "suicide", "none", CLOSED, datetime(2026, 12, 2, 14, 0, tzinfo=UTC)),
        (2, "abuse", "none", CLOSED, CLOSED),
        (2, "suicide", "none", OPEN, OPEN),
        (3, "worry_urgent", "oncall", CLOSED, CLOSED),
        (3, "misconduct", "oncall", CLOSED, datetime(2026, 12, 2, 14, 0, tzinfo=UTC)),
        (3, "misconduct", "oncall", HOLIDAY, HOLIDAY),
    ],
)
def test_paging_begins_at_once_but_where_the_patient_was_told_otherwise(
    tier: int, kind: str, after_hours: str, at: datetime, begins: datetime
):
    assert ladder.begins(tier, kind, after_hours, HOURS, at) == begins


def test_a_new_round_begins_at_the_first_rung_whatever_was_done_before():
    before = [Tried(4, "call", DANA.id, "acknowledged", 1, OPEN)]
    again = cry(at=OPEN + timedelta(hours=2), first_step=5)
    pages = next_pages(again, EVERYBODY, HOURS, before, again.paged_at).pages
    assert {(page.number, page.channel, NAMES[page.contact]) for page in pages} == {
        (5, channel, "Dana") for channel in ALL
    }


NIGHT = Rota({"mon": ["18:00-08:00"]}, (), ZONE)
PEOPLE = st.lists(
    st.builds(
        Person,
        id=st.uuids(version=4),
        kind=st.sampled_from(["oncall", "second", "lead", "operator"]),
        rank=st.integers(1, 3),
        phone=st.booleans(),
        email=st.booleans(),
        voice=st.booleans(),
        rota=st.sampled_from([ALWAYS, NIGHT, Rota({"tue": ["09:00-17:00"]}, (), ZONE)]),
    ),
    max_size=5,
    unique_by=lambda person: person.id,
)  # fmt: skip
CRIES = st.builds(
    Cry,
    tier=st.sampled_from([1, 2, 3]),
    kind=st.sampled_from(["suicide", "abuse", "worry_urgent"]),
    lead_only=st.just(False),
    paged_at=st.sampled_from([OPEN, CLOSED, HOLIDAY]),
    first_step=st.sampled_from([0, 7]),
)


@settings(max_examples=8, deadline=None)
@given(cry=CRIES, people=PEOPLE, seed=st.randoms(use_true_random=False), outage=st.integers(0, 600))
def test_the_ladder_ends_skips_nobody_and_never_goes_back_in_time(cry, people, seed, outage):  # type: ignore[no-untyped-def]
    states = ["sent", "failed", "trying", "unanswered", "delivered"]
    away = (timedelta(seconds=30), timedelta(minutes=outage))
    found = climb(cry, tuple(people), lambda _: seed.choice(states), outage=away)
    assert found.ended
    assert found.looks == sorted(found.looks)
    assert all(page.number >= cry.first_step for _, page in found.made)
    reachable = {person.id for person in people if person.phone or person.email}
    assert {page.contact for _, page in found.made if page.contact} == reachable
    assert len({(page.number, page.channel, page.contact) for _, page in found.made}) == len(found.made)


@settings(max_examples=30, deadline=None)
@given(cry=CRIES, people=PEOPLE)
def test_the_second_contact_is_tried_within_twenty_minutes(cry, people):  # type: ignore[no-untyped-def]
    called = [person for person in people if person.kind in ("oncall", "second") and (person.phone or person.email)]
    found = climb(cry, tuple(people), until=timedelta(minutes=20))
    tried = {page.contact for _, page in found.made}
    assert len(tried & {person.id for person in called}) >= min(2, len(called))


def test_rotas_pass_midnight_keep_away_days_and_show_their_gaps():
    friday = Rota({"fri": ["18:00-08:00"]}, ("2026-12-04",), ZONE)
    assert not friday.covers(datetime(2026, 12, 5, 4, 0, tzinfo=UTC))  # the night that began on a day off
    assert friday.covers(datetime(2026, 12, 12, 4, 0, tzinfo=UTC))
    weekdays = Rota({day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri")}, (), ZONE)
    monday = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
    gap = (datetime(2026, 12, 5, 5, 0, tzinfo=UTC), datetime(2026, 12, 7, 5, 0, tzinfo=UTC))
    assert rota.gaps([weekdays], monday) == [gap]


@pytest.mark.parametrize("text", ["fri", "fry=18:00-08:00", "fri=18-8", "fri=18:00-18:00", "fri=25:00-26:00"])
def test_a_rota_that_cannot_be_read_is_refused_in_words(text: str):
    with pytest.raises(ValueError, match="Write a rota like"):
        rota.parse([text], [])


def test_a_rota_is_parsed_over_the_weekend_and_said_in_words():
    stored = rota.parse(["sat-mon=18:00-08:00"], ["2026-12-25"])
    assert stored == {"week": {day: ["18:00-08:00"] for day in ("sat", "sun", "mon")}, "away": ["2026-12-25"]}
    assert rota.said(rota.read(stored, ZONE)) == "Mon 18:00-08:00; Sat 18:00-08:00; Sun 18:00-08:00, away 2026-12-25"
