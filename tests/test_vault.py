"""Sealed bytes open only in their own cell, row, clinic and key; rotation loses nothing."""

import uuid
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.errors import Erased, VaultError
from smsbot.vault import ClinicKeys, Vault, WrappedKeys, master_keys, new_master_key, version_of

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
HARBOR, MESA, ANA, BEN = (uuid.UUID(int=number) for number in range(1, 5))


def clinic(which: uuid.UUID = HARBOR, versions: int = 1) -> ClinicKeys:
    vault = Vault([OLD])
    rows = [vault.new_clinic_keys(which, version + 1, bytes(32)) for version in range(versions)]
    return vault.clinic(which, rows)


KEYS = clinic()


@given(st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert KEYS.open("contact", "name_sealed", ANA, KEYS.seal("contact", "name_sealed", ANA, text)) == text


def test_lone_surrogates_and_nulls_survive() -> None:
    text = "\ud83d half an emoji \x00"
    assert KEYS.open("t", "c", ANA, KEYS.seal("t", "c", ANA, text)) == text


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("message", "body_sealed", BEN), ("message", "to_sealed", ANA), ("inbound", "body_sealed", ANA)],
    ids=["another row", "another column", "another table"],
)
def test_a_moved_cell_does_not_open(table: str, column: str, row: uuid.UUID) -> None:
    sealed = KEYS.seal("message", "body_sealed", ANA, "hello")
    with pytest.raises(VaultError):
        KEYS.open(table, column, row, sealed)


def test_two_swapped_cells_both_refuse() -> None:
    one, two = KEYS.seal("t", "c", ANA, "one"), KEYS.seal("t", "c", BEN, "two")
    for row, sealed in ((ANA, two), (BEN, one)):
        with pytest.raises(VaultError):
            KEYS.open("t", "c", row, sealed)


def test_a_cell_of_another_clinic_does_not_open_even_under_the_same_key() -> None:
    sealed = KEYS.seal("t", "c", ANA, "hello")
    impostor = ClinicKeys(MESA, type(KEYS.sealer)(MESA, "clinic", KEYS.sealer.keys), KEYS.phone_key)
    with pytest.raises(VaultError):
        impostor.open("t", "c", ANA, sealed)


def test_every_flipped_bit_is_noticed() -> None:
    sealed = KEYS.seal("t", "c", ANA, "hi")
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << (place % 8)
        with pytest.raises(VaultError):
            KEYS.open("t", "c", ANA, bytes(changed))


def test_cut_bytes_are_refused() -> None:
    sealed = KEYS.seal("t", "c", ANA, "hello")
    for length in range(len(sealed)):
        with pytest.raises(VaultError):
            KEYS.open("t", "c", ANA, sealed[:length])


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert KEYS.seal("t", "c", ANA, "hello") != KEYS.seal("t", "c", ANA, "hello")


def test_one_patient_cannot_read_another() -> None:
    ana = KEYS.patient(ANA, KEYS.new_patient_key(ANA))
    ben = KEYS.patient(BEN, KEYS.new_patient_key(BEN))
    with pytest.raises(VaultError):
        ben.open("answer", "value_sealed", ANA, ana.seal("answer", "value_sealed", ANA, "mine"))


def test_a_wrapped_key_cannot_be_given_to_another_patient() -> None:
    with pytest.raises(VaultError):
        KEYS.patient(BEN, KEYS.new_patient_key(ANA))


def test_without_their_key_a_patient_is_erased() -> None:
    with pytest.raises(Erased):
        KEYS.patient(ANA, None)


def test_a_new_clinic_key_seals_and_the_old_one_still_reads() -> None:
    vault = Vault([OLD])
    first = vault.new_clinic_keys(HARBOR)
    sealed = vault.clinic(HARBOR, [first]).seal("t", "c", ANA, "old")
    phone_key = vault.clinic(HARBOR, [first]).phone_key
    both = vault.clinic(HARBOR, [first, vault.new_clinic_keys(HARBOR, 2, phone_key)])
    assert both.open("t", "c", ANA, sealed) == "old"
    assert version_of(both.seal("t", "c", ANA, "new")) == 2


def test_words_under_an_unknown_key_version_are_refused() -> None:
    newer = clinic(versions=2)
    with pytest.raises(VaultError, match="key that is not here"):
        KEYS.open("t", "c", ANA, newer.seal("t", "c", ANA, "hello"))


def test_a_rewrapped_patient_key_opens_the_same_words() -> None:
    vault = Vault([OLD])
    rows = [vault.new_clinic_keys(HARBOR), vault.new_clinic_keys(HARBOR, 2)]
    before, after = vault.clinic(HARBOR, rows[:1]), vault.clinic(HARBOR, rows)
    wrapped = before.new_patient_key(ANA)
    sealed = before.patient(ANA, wrapped).seal("t", "c", ANA, "kept")
    rewrapped = after.rewrap(ANA, wrapped)
    assert version_of(rewrapped) == 2
    assert after.patient(ANA, rewrapped).open("t", "c", ANA, sealed) == "kept"


def test_a_master_rotation_changes_no_hash_and_loses_no_word() -> None:
    row = Vault([OLD]).new_clinic_keys(HARBOR)
    before = Vault([OLD]).clinic(HARBOR, [row])
    fresh = Vault([NEW, OLD]).rewrap_clinic(HARBOR, row)
    after = Vault([NEW]).clinic(HARBOR, [fresh])
    assert after.phone_index("+14155550123") == before.phone_index("+14155550123")
    assert after.open("t", "c", ANA, before.seal("t", "c", ANA, "kept")) == "kept"


def test_without_the_right_master_key_nothing_opens() -> None:
    row = Vault([OLD]).new_clinic_keys(HARBOR)
    with pytest.raises(VaultError, match="SMSBOT_MASTER_KEY"):
        Vault([NEW]).clinic(HARBOR, [row])


def test_wrapped_keys_cannot_trade_places() -> None:
    row = Vault([OLD]).new_clinic_keys(HARBOR)
    swapped = WrappedKeys(row.version, row.wrapped_phone_key, row.wrapped_key)
    for clinic_id, rows in ((HARBOR, [swapped]), (MESA, [row])):
        with pytest.raises(VaultError):
            Vault([OLD]).clinic(clinic_id, rows)


def test_the_same_number_meets_within_a_clinic_and_not_across() -> None:
    other = Vault([OLD]).clinic(MESA, [Vault([OLD]).new_clinic_keys(MESA)])
    assert KEYS.phone_index("+14155550123") == KEYS.phone_index("+14155550123")
    assert KEYS.phone_index("+14155550123") != other.phone_index("+14155550123")


@pytest.mark.parametrize("show", [repr, str])
def test_keys_do_not_show_in_print(show: Callable[[object], str]) -> None:
    vault = Vault([OLD])
    shown = show(vault) + show(KEYS) + show(KEYS.sealer)
    assert repr(OLD) not in shown
    assert repr(KEYS.phone_key) not in shown


def test_a_system_key_is_rewrapped_and_bound_to_its_name() -> None:
    wrapped = Vault([OLD]).new_system_key("staff email")
    fresh = Vault([NEW, OLD]).rewrap_system("staff email", wrapped)
    secret = Vault([OLD]).system_key("staff email", wrapped)
    assert Vault([NEW]).system_key("staff email", fresh) == secret
    with pytest.raises(VaultError):
        Vault([OLD]).system_key("another", wrapped)


@pytest.mark.parametrize("text", ["", "short", "A" * 43 + "=,x", ","])
def test_unfit_master_keys_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        master_keys(text)


def test_several_master_keys_are_read_newest_first() -> None:
    one, two = new_master_key(), new_master_key()
    assert len(master_keys(f"{one}, {two}")) == 2
