"""Staff accounts: passwords nobody tries first, codes that count once, sign-ins that end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.staff import accounts, passwords, roster, signing
from smsbot.store import staff as rows
from smsbot.store.rotation import rotate_master
from smsbot.vault import Vault, master_keys, new_master_key
from tests.api_support import MASTER, NOW, World
from tests.portal_support import PASSWORD, account, audited, browser, newcomer, staff_row


@pytest.mark.parametrize(
    "tried",
    [
        "password1234", "P@ssw0rd2026!", "123456789012", "qwertyuiop12", "abcdefghijkl", "letmeinletmein",
        "aaaaaaaaaaaaaaaa", "Welcome2026!!", "abcabcabcabc", "098765432109", "November2026!", "changeme1234",
    ],
)  # fmt: skip
def test_passwords_that_are_tried_first_are_refused(tried: str) -> None:
    assert "tried first" in (passwords.fault(tried) or "")


@pytest.mark.parametrize("fit", [PASSWORD, "otter lamp quarry", "9fK!pw2x#Lq8", "mi perro come sopa"])
def test_unrelated_words_and_random_letters_are_fine(fit: str) -> None:
    assert passwords.fault(fit) is None


@pytest.mark.parametrize(("short", "sentence"), [("elevenchars", "at least 12"), ("x9" * 101, "at most 200")])
def test_length_has_its_limits(short: str, sentence: str) -> None:
    assert sentence in (passwords.fault(short) or "")


def test_a_password_does_not_hold_the_name_or_the_clinic() -> None:
    assert "Leave out" in (passwords.fault("danasgreenboat", ("Dana",)) or "")
    assert "Leave out" in (passwords.fault("my Harbor boat 7", ("Harbor",)) or "")


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    assert passwords.fault(text) is None or passwords.fault(text)


def test_a_password_is_kept_as_salted_scrypt() -> None:
    one, other = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert one.startswith("scrypt:32768:8:1$")
    assert one != other
    assert passwords.matches(one, PASSWORD, NOW)
    assert not passwords.matches(one, PASSWORD + "x", NOW)


def test_a_one_time_password_ends_after_a_week() -> None:
    stored = passwords.hashed_once("bcdf-ghjk", NOW)
    assert passwords.is_one_time(stored)
    assert passwords.matches(stored, "bcdf-ghjk", NOW + passwords.ONE_TIME_LASTS)
    assert not passwords.matches(stored, "bcdf-ghjk", NOW + passwords.ONE_TIME_LASTS * 1.01)


def test_nobody_has_no_password() -> None:
    assert not passwords.matches(None, "", NOW)


def test_an_account_is_found_by_its_address_in_any_case_and_sealed(world: World) -> None:
    account(world, "Dana@Example.org")
    row = staff_row(world, " dana@example.ORG ")
    assert b"dana" not in row.email_sealed + row.name_sealed
    with world.desk() as desk:
        assert (rows.email(desk.keys, row), rows.name(desk.keys, row)) == ("dana@example.org", "Dana")


def test_an_address_has_one_account_in_the_whole_house(world: World) -> None:
    account(world)
    with pytest.raises(Conflict, match="already has an account"):
        account(world, clinic=world.mesa)


def test_every_fault_of_an_account_is_told(world: World) -> None:
    with world.desk() as desk, pytest.raises(RefusedFields) as caught:
        accounts.add(desk, "nobody", " ", "boss")
    assert set(caught.value.faults) == {"email", "name", "role"}


def test_the_address_index_outlives_a_new_master_key(world: World) -> None:
    account(world)
    fresh = new_master_key()
    both = Vault(master_keys(f"{fresh},{MASTER}"))
    rotate_master(world.runtime.database, both)
    with world.runtime.database.read() as db:
        assert rows.locate(db, Vault(master_keys(fresh)), "dana@example.org") is not None


def test_a_reset_keeps_the_device_unless_that_is_lost_too(world: World) -> None:
    browser(world)
    staff = staff_row(world)
    with world.desk(actor="operator") as desk:
        accounts.reset(desk, staff.id)
    assert staff_row(world).totp_last_step > 0
    with world.desk(actor="operator") as desk:
        accounts.reset(desk, staff.id, device=True)
    assert staff_row(world).totp_sealed is None


def test_another_clinic_does_not_reach_an_account(world: World) -> None:
    account(world)
    with world.desk(world.mesa) as desk, pytest.raises(NotFound):
        accounts.disable(desk, staff_row(world).id)


def test_accounts_are_listed_with_how_they_stand(world: World) -> None:
    browser(world)
    account(world, "finn@example.org", "frontdesk")
    with world.desk() as desk:
        found = accounts.of_clinic(desk)
    assert [(each.email, each.role, each.second_factor) for each in found] == [
        ("dana@example.org", "staff", True),
        ("finn@example.org", "frontdesk", False),
    ]


def test_signing_in_leaves_rows_in_the_audit_chain(world: World) -> None:
    person = newcomer(world)
    assert signing.password(world.runtime, "dana@example.org", "wrong") is None
    person.sign_in()
    actions = [(actor, action) for actor, action, _ in audited(world) if action.startswith("staff.")]
    me = f"staff:{staff_row(world).id}"
    assert actions == [
        ("operator", "staff.add"),
        (me, "staff.sign_in"),
        (me, "staff.password"),
        ("nobody", "staff.refused"),
        (me, "staff.sign_in"),
    ]


def test_many_guesses_at_once_cannot_outrun_the_count(world: World) -> None:
    """A try is taken before it is judged: of twelve at the same time five are judged, and the right one is too late."""
    _, once = account(world)
    guesses = ["wrong"] * 11
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: signing.password(world.runtime, "dana@example.org", each), guesses))
    assert found == [None] * 11
    assert staff_row(world).failed_count == signing.MOST_TRIES
    assert signing.password(world.runtime, "dana@example.org", once) is None


def test_five_wrong_tries_lock_an_account_for_a_quarter_of_an_hour(world: World) -> None:
    _, once = account(world)
    for _ in range(signing.MOST_TRIES):
        assert signing.password(world.runtime, "dana@example.org", "wrong") is None
    assert staff_row(world).locked_until == NOW + signing.LOCKED
    assert signing.password(world.runtime, "dana@example.org", once) is None
    world.watch.to(NOW + signing.LOCKED)
    assert signing.password(world.runtime, "dana@example.org", once) is not None


def test_quiet_is_counted_from_the_last_word_and_only_after_a_question(world: World) -> None:
    patient = world.enroll()
    patient.status, patient.joined_at = "active", NOW
    asked = NOW + timedelta(hours=1)
    assert roster.quiet_days(patient, asked, NOW + timedelta(days=3)) == 3
    assert roster.quiet_days(patient, None, NOW + timedelta(days=3)) is None
    assert roster.quiet_days(patient, asked, NOW + timedelta(days=1)) is None
    patient.last_inbound_at = NOW + timedelta(hours=2)
    assert roster.quiet_days(patient, asked, NOW + timedelta(days=5)) is None
