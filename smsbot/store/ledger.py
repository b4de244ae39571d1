"""What a line of the consent ledger refers to: the text that asked, the words that answered, the version of both."""

import uuid
from dataclasses import dataclass

from sqlmodel import Session, col, select

from smsbot.errors import VaultError
from smsbot.models import Consent, FlowVersion, Inbound, Message
from smsbot.script import Script
from smsbot.vault import ClinicKeys, Sealer

UNASKED = ("system", "staff")


@dataclass(frozen=True)
class Asked:
    """A line of a flow by its version, as the ledger spells it: flow/line/language@version."""

    flow: str
    line: str
    language: str
    version: str

    def __str__(self) -> str:
        return f"{self.flow}/{self.line}/{self.language}@{self.version}"


def spelled(wording: str) -> Asked | None:
    """The line that a ledger's wording names; None for the version of a form."""
    named, _, version = wording.partition("@")
    flow, _, rest = named.partition("/")
    line, _, language = rest.partition("/")
    return Asked(flow, line, language, version) if version and language else None


def last_asked(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, answer: uuid.UUID | None) -> str | None:
    """The newest line of a flow a patient has had, those that answer the text `answer` left out."""
    wanted = (
        select(Message)
        .where(
            col(Message.clinic_id) == keys.clinic_id,
            col(Message.patient_id) == patient_id,
            col(Message.flow).not_in(UNASKED),
            col(Message.flow_version).is_not(None),
        )
        .order_by(col(Message.created_at).desc(), col(Message.seq).desc())
        .limit(5)
    )
    for row in db.exec(wanted).all():
        if answer is None or row.inbound_id != answer:
            return str(Asked(row.flow, row.line, row.language, row.flow_version or ""))
    return None


def own_words(db: Session, keys: ClinicKeys, sealer: Sealer, inbound_id: uuid.UUID | None) -> str | None:
    """What a text said, to keep beside the line it caused."""
    if inbound_id is None:
        return None
    wanted = select(Inbound).where(col(Inbound.clinic_id) == keys.clinic_id, col(Inbound.id) == inbound_id)
    row = db.exec(wanted).first()
    return sealer.open("inbound", "body_sealed", row.id, row.body_sealed) if row else None


def words_of(db: Session, asked: Asked) -> str | None:
    """The very words of a line in its version, its {names} unfilled; None where that version was never stored."""
    stored = db.get(FlowVersion, asked.version)
    if stored is None:
        return None
    page = Script.from_json(stored.script).lines.get(asked.language)
    return page.lines[asked.line].text if page and asked.line in page.lines else None


def evidence(sealer: Sealer | None, line: Consent) -> str | None:
    """The patient's own words beside a line; None where there are none, or they went with an erasure."""
    if line.evidence_sealed is None or sealer is None:
        return None
    try:
        return sealer.open("consent", "evidence_sealed", line.id, line.evidence_sealed)
    except VaultError:
        return None
