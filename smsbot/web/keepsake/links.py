"""Expiring links to a patient's own page: signed, bound to one patient, kept nowhere."""

import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from smsbot.config import Settings

DAYS = 7
SALT = "own-words"


class Link(NamedTuple):
    """What a link says: clinic, patient, its end (machine time), and how often links had been ended before it."""

    clinic_id: uuid.UUID
    patient_id: uuid.UUID
    ends: datetime
    revoked: int


def path(settings: Settings, clinic_id: uuid.UUID, patient_id: uuid.UUID, at: datetime, revoked: int = 0) -> str:
    """The address of a patient's page, relative to our base; it works from `at` (machine time) for seven days.

    `revoked` is the patient's count of ended links: a higher one ends this link.
    """
    until = int((at + timedelta(days=DAYS)).timestamp())
    return f"/w/{_signer(settings).dumps([clinic_id.hex, patient_id.hex, until, revoked])}"


def whose(settings: Settings, token: str, at: datetime) -> Link | None:
    """What a link says, unless it is forged or its time is over (machine time)."""
    try:
        clinic, patient, until, *revoked = _signer(settings).loads(token)
        ends = datetime.fromtimestamp(until, at.tzinfo)
        count = int(revoked[0]) if revoked else 0  # those made before links could be ended say nothing of it
        return Link(uuid.UUID(clinic), uuid.UUID(patient), ends, count) if at < ends else None
    except (BadData, ValueError, TypeError):
        return None


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), salt=SALT)
