"""Sealing: AES-256-GCM bound to clinic, table, column, row and key version, under patient, clinic and master keys.

RELIABILITY.md 7.1, RULINGS 10, 11, 44. A master key (environment) wraps each clinic's keys; the clinic's newest key
wraps its patients' keys; a patient's key seals their words. The phone-index key is random and wrapped like the rest,
so rotation never changes a hash. Nothing is cached: unwrapping costs microseconds.

Sealed bytes: 1 format byte | 2 bytes key version | 12 bytes nonce | ciphertext and tag.
"""

import base64
import hashlib
import hmac
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from smsbot.errors import Erased, VaultError

FORMAT = b"\x01"
NONCE = 12
HEADER = 3
KEY = 32


def _bind(*parts: object) -> bytes:
    return "|".join(str(part) for part in parts).encode()


def _seal(cipher: AESGCM, version: int, plain: bytes, bound: bytes) -> bytes:
    head = FORMAT + version.to_bytes(2, "big")
    nonce = os.urandom(NONCE)
    return head + nonce + cipher.encrypt(nonce, plain, head + bound)


def _open(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    head, nonce, body = sealed[:HEADER], sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
    if head[:1] != FORMAT:
        raise VaultError("Sealed bytes are of an unknown format.")
    try:
        return cipher.decrypt(nonce, body, head + bound)
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise VaultError from None


def version_of(sealed: bytes) -> int:
    """The key version a sealed value was written under."""
    return int.from_bytes(sealed[1:HEADER], "big")


@dataclass(frozen=True)
class Sealer:
    """Seals text under one owner's keys: `keys` by version, the newest one writes, older ones still read."""

    clinic_id: uuid.UUID
    owner: str
    keys: Mapping[int, bytes] = field(repr=False)

    @property
    def version(self) -> int:
        return max(self.keys)

    def seal(self, table: str, column: str, row: object, text: str) -> bytes:
        """Seal text for exactly this cell; lone surrogates survive the round trip."""
        return self.seal_bytes(table, column, row, text.encode("utf-8", "surrogatepass"))

    def seal_bytes(self, table: str, column: str, row: object, plain: bytes) -> bytes:
        bound = _bind(self.clinic_id, table, column, row, self.owner)
        return _seal(AESGCM(self.keys[self.version]), self.version, plain, bound)

    def open(self, table: str, column: str, row: object, sealed: bytes) -> str:
        """Open a cell's text; VaultError if the bytes belong to another cell, row, clinic or key."""
        return self.open_bytes(table, column, row, sealed).decode("utf-8", "surrogatepass")

    def open_bytes(self, table: str, column: str, row: object, sealed: bytes) -> bytes:
        secret = self.keys.get(version_of(sealed))
        if secret is None:
            raise VaultError("Sealed under a key that is not here.")
        return _open(AESGCM(secret), sealed, _bind(self.clinic_id, table, column, row, self.owner))


@dataclass(frozen=True)
class ClinicKeys:
    """The capability for one clinic: whoever holds it may read and write this clinic's rows, and no other's."""

    clinic_id: uuid.UUID
    sealer: Sealer
    phone_key: bytes = field(repr=False)

    def phone_index(self, phone: str) -> bytes:
        """The keyed hash of an E.164 number: equal numbers meet, and nobody can try all numbers without the key."""
        return hmac.new(self.phone_key, phone.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def audit_key(self) -> bytes:
        """The key of this clinic's audit chain: bound to the phone key, so that rotation never breaks the chain."""
        return hmac.new(self.phone_key, b"audit chain", hashlib.sha256).digest()

    def seal(self, table: str, column: str, row: object, text: str) -> bytes:
        return self.sealer.seal(table, column, row, text)

    def open(self, table: str, column: str, row: object, sealed: bytes) -> str:
        return self.sealer.open(table, column, row, sealed)

    def new_patient_key(self, patient_id: uuid.UUID, secret: bytes | None = None) -> bytes:
        """A wrapped key for a patient: a fresh one, or the given one wrapped anew."""
        return self.sealer.seal_bytes("patient", "wrapped_key", patient_id, secret or os.urandom(KEY))

    def patient(self, patient_id: uuid.UUID, wrapped: bytes | None) -> Sealer:
        """The sealer of one patient; Erased once their key is gone."""
        if wrapped is None:
            raise Erased
        secret = self.sealer.open_bytes("patient", "wrapped_key", patient_id, wrapped)
        return Sealer(self.clinic_id, f"patient:{patient_id}", {1: secret})

    def rewrap(self, patient_id: uuid.UUID, wrapped: bytes) -> bytes:
        """The same patient key under the clinic's newest key."""
        return self.new_patient_key(patient_id, self.sealer.open_bytes("patient", "wrapped_key", patient_id, wrapped))


@dataclass(frozen=True)
class WrappedKeys:
    """A stored version of a clinic's keys, as the clinic_key row has it."""

    version: int
    wrapped_key: bytes
    wrapped_phone_key: bytes


@dataclass(frozen=True)
class Vault:
    """The master keys, newest first; every other key is wrapped by one of them."""

    masters: Sequence[bytes] = field(repr=False)

    def _wrap(self, name: str, row: object, secret: bytes) -> bytes:
        return _seal(AESGCM(self.masters[0]), 0, secret, _bind("master", name, row))

    def _unwrap(self, name: str, row: object, wrapped: bytes) -> bytes:
        for master in self.masters:
            try:
                return _open(AESGCM(master), wrapped, _bind("master", name, row))
            except VaultError:
                continue
        raise VaultError("No master key here opens this: is SMSBOT_MASTER_KEY the one it was sealed with?")

    def new_clinic_keys(self, clinic_id: uuid.UUID, version: int = 1, phone_key: bytes | None = None) -> WrappedKeys:
        """Fresh keys for a clinic (or a new version that keeps the phone-index key)."""
        row = f"{clinic_id}:{version}"
        phone = phone_key or os.urandom(KEY)
        return WrappedKeys(version, self._wrap("clinic", row, os.urandom(KEY)), self._wrap("phone", row, phone))

    def clinic(self, clinic_id: uuid.UUID, rows: Sequence[WrappedKeys]) -> ClinicKeys:
        """Open a clinic's keys from its stored versions (at least one)."""
        keys = {row.version: self._unwrap("clinic", f"{clinic_id}:{row.version}", row.wrapped_key) for row in rows}
        newest = max(rows, key=lambda row: row.version)
        phone = self._unwrap("phone", f"{clinic_id}:{newest.version}", newest.wrapped_phone_key)
        return ClinicKeys(clinic_id, Sealer(clinic_id, "clinic", keys), phone)

    def rewrap_clinic(self, clinic_id: uuid.UUID, row: WrappedKeys) -> WrappedKeys:
        """The same clinic keys under the newest master key."""
        name = f"{clinic_id}:{row.version}"
        return WrappedKeys(
            row.version,
            self._wrap("clinic", name, self._unwrap("clinic", name, row.wrapped_key)),
            self._wrap("phone", name, self._unwrap("phone", name, row.wrapped_phone_key)),
        )

    def new_system_key(self, name: str) -> bytes:
        return self._wrap("system", name, os.urandom(KEY))

    def system_key(self, name: str, wrapped: bytes) -> bytes:
        return self._unwrap("system", name, wrapped)

    def rewrap_system(self, name: str, wrapped: bytes) -> bytes:
        return self._wrap("system", name, self._unwrap("system", name, wrapped))


def master_keys(text: str) -> list[bytes]:
    """Master keys from a comma-separated setting of base64 keys of 32 bytes, newest first; ValueError if unfit."""
    keys = [base64.urlsafe_b64decode(part.strip()) for part in text.split(",") if part.strip()]
    if not keys or any(len(item) != KEY for item in keys):
        raise ValueError("a master key is 32 bytes in base64; several are separated by commas, newest first")
    return keys


def new_master_key(random_bytes: Callable[[int], bytes] = os.urandom) -> str:
    """A fresh master key as the setting spells it."""
    return base64.urlsafe_b64encode(random_bytes(KEY)).decode()
