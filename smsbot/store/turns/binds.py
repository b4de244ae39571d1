"""The parameters that statements of the hot path share."""

import uuid
from typing import Any

from sqlalchemy import BindParameter, bindparam

from smsbot.vault import ClinicKeys

CLINIC: BindParameter[Any] = bindparam("clinic")
PATIENT: BindParameter[Any] = bindparam("patient")
INDEX: BindParameter[Any] = bindparam("phone_index")
SINCE: BindParameter[Any] = bindparam("since")


def ids(keys: ClinicKeys, patient_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    """Whose rows are meant, and what else a statement asks for."""
    return {"clinic": keys.clinic_id, "patient": patient_id} | more
