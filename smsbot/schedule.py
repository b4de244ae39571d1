"""Plans a patient's touches and releases the ones that are due."""

from datetime import datetime

from sqlmodel import Session

from smsbot.models import Patient
from smsbot.runtime import Runtime
from smsbot.vault import ClinicKeys


def replan(runtime: Runtime, db: Session, keys: ClinicKeys, patient: Patient, now: datetime) -> None:
    """Plan this patient's touches again from the facts."""
