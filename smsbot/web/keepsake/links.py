"""Expiring links to a patient's own page: signed, bound to one patient, kept nowhere."""

import uuid
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from smsbot.config import Settings

DAYS = 7
SALT = "own-words"


def path(settings: Settings, clinic_id: uuid.UUID, patient_id: uuid.UUID, at: datetime) -> str:
    """The address of a patient's page, relative to our base; it works from `at` (machine time) for seven days."""
    until = int((at + timedelta(days=DAYS)).timestamp())
    return f"/w/{_signer(settings).dumps([clinic_id.hex, patient_id.hex, until])}"


def whose(settings: Settings, token: str, at: datetime) -> tuple[uuid.UUID, uuid.UUID, datetime] | None:
    """Clinic, patient and the end of a link, unless it is forged or its time is over (machine time)."""
    try:
        clinic, patient, until = _signer(settings).loads(token)
        ends = datetime.fromtimestamp(until, at.tzinfo)
        return (uuid.UUID(clinic), uuid.UUID(patient), ends) if at < ends else None
    except (BadData, ValueError, TypeError):
        return None


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), salt=SALT)
