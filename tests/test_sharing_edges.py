"""A shared phone at the edges: enrolling by API, page and command, the pages of both, moving away, erasing one."""

import re

import pytest

from smsbot import erasure, housemates, renumbering
from smsbot.models import Call, PatientStatus, Suppression
from tests.api_support import ANA, BEN, MESA, World, body, caller, consent_form
from tests.calls_support import Handset
from tests.portal_support import browser
from tests.sharing_support import MAX, SOL, Two, two
from tests.test_portal_pages import filled


@pytest.fixture
def both(world: World) -> Two:
    return two(world)


def enrolling(**changes: str) -> dict:  # type: ignore[type-arg]
    return body(phone=ANA, first_name="Maxim", **changes)


def test_the_api_says_how_two_share_a_phone_and_what_is_wrong_with_nicknames(world: World) -> None:
    ana = world.enroll()
    rest = caller(world)
    refused = rest("POST", "/patients", enrolling()).json
    assert (refused["status"], str(ana.id) in refused["detail"], "nickname" in refused["detail"]) == (409, True, True)
    for mine, theirs, field in (
        ("Sol", "", "other_nickname"),
        ("S", "Max", "nickname"),
        ("Stop", "Max", "nickname"),
        ("Max", "988", "other_nickname"),
        ("Max", "maxi", "nickname"),
    ):
        answer = rest("POST", "/patients", enrolling(nickname=mine, other_nickname=theirs))
        assert (answer.status_code, [each["field"] for each in answer.json["errors"]]) == (422, [field])
    assert rest("POST", "/patients", enrolling(nickname="Max", other_nickname="Sol")).status_code == 201


def test_the_api_shows_who_shares_a_phone(both: Two) -> None:
    rest = caller(both.world)
    shown = rest("GET", f"/patients/{both.ids[MAX]}").json
    assert (shown["nickname"], shown["shares_phone_with"]) == (MAX, str(both.ids[SOL]))
    renamed = rest("PATCH", f"/patients/{both.ids[MAX]}", {"nickname": "Theo"})
    assert (renamed.status_code, renamed.json["nickname"]) == (200, "Theo")
    assert rest("PATCH", f"/patients/{both.ids[MAX]}", {"nickname": "Sol"}).status_code == 422


def test_a_nickname_is_for_a_phone_that_is_shared(world: World) -> None:
    answer = caller(world)("POST", "/patients", enrolling(nickname="Sol"))
    assert [each["field"] for each in answer.json["errors"]] == ["nickname"]


def test_a_third_patient_finds_no_place(both: Two) -> None:
    answer = caller(both.world)("POST", "/patients", enrolling(nickname="Bea"))
    assert (answer.status_code, answer.json["detail"]) == (409, "Two patients share this phone already.")


def test_another_clinic_enrolls_the_same_number_and_learns_nothing(both: Two) -> None:
    answer = caller(both.world, MESA)("POST", "/patients", enrolling())
    assert answer.status_code == 201
    assert caller(both.world, MESA)("GET", f"/patients/{answer.json['id']}").json["shares_phone_with"] is None


def test_the_form_offers_nicknames_once_the_number_is_known(world: World) -> None:
    world.enroll()
    dana = browser(world)
    page = dana.post("/enroll", **filled(world)).text
    assert "Two patients can share one phone" in page
    done = dana.post("/enroll", **filled(world, nickname="Max", other_nickname="Sol"))
    assert done.status_code == 303
    page = dana.get(done.headers["Location"].removeprefix("/portal").removesuffix("/enrolled")).text
    assert "which they share with" in page


def test_staff_file_a_text_that_nobody_has_named(both: Two) -> None:
    both.hold_one("I walked")
    dana = browser(both.world, role="lead")
    page = f"/patients/{both.ids[SOL]}/conversation"
    found = re.search(r'action="/portal(/patients/[^"]+/wrote/[^"]+)"', dana.get(page).text)
    assert found
    assert dana.post(found[1], page).status_code == 303
    assert (both.wrote(None), both.wrote(SOL)[-1], both.kept(SOL)[-1]) == ([], "I walked", "I walked")
    assert ("who_wrote", "done") in both.tasks()
    assert both.phone.fresh() == []


def test_erasing_one_leaves_the_other_in_peace(both: Two) -> None:
    with both.world.desk() as desk:
        done = erasure.erase(desk, both.of(SOL).id, reason="request", confirm=str(both.ids[SOL]))
        assert done.holds
    both.world.watch.on(hours=1)
    both.phone.reply("Max: hello there")
    assert both.kept(MAX)[-1] == "hello there"
    assert both.of(MAX).status == PatientStatus.ACTIVE
    assert [row.lifted_at is not None for row in both.rows(Suppression)] == [True]
    with both.world.desk() as desk:
        assert housemates.shares(desk, both.of(MAX)) == housemates.Shares(MAX, None, "")


def test_moving_one_to_a_phone_of_their_own_leaves_the_other_on_this_one(both: Two) -> None:
    with both.world.desk() as desk:
        form = consent_form(at=both.world.watch.now)
        renumbering.correct(desk, both.of(SOL).id, BEN, form)
    sol = both.of(SOL)
    assert (sol.nickname_sealed, sol.phone_place, sol.shared_phone) == (None, 0, False)
    both.world.watch.on(hours=1)
    assert both.said("Max: hello there") == ["Max: thanks"]


def test_on_the_phone_a_code_says_which_of_the_two_is_calling(both: Two) -> None:
    both.begin(MAX, "intention")
    both.phone.text("Max: to meet the sea")
    both.phone.wait(minutes=2)
    both.give_code(SOL, "4826")
    both.give_code(MAX, "5937")
    both.phone.text("Sol: hello")
    handset = Handset(both.world)
    handset.dial()
    handset.press("1")
    handset.press("4")
    heard = handset.press("5937")
    assert any("meet the sea" in line for line in heard)
    (call,) = both.rows(Call)
    assert call.patient_id == both.ids[MAX]
    assert both.of(SOL).pin_misses == 0


def test_a_code_of_neither_is_a_miss_of_both(both: Two) -> None:
    both.give_code(SOL, "4826")
    both.give_code(MAX, "5937")
    handset = Handset(both.world)
    handset.dial()
    handset.press("1")
    handset.press("4")
    handset.press("4027")
    assert [both.of(name).pin_misses for name in (SOL, MAX)] == [1, 1]
