"""One person at one clinic inside one transaction: what every decision about them needs, and the way to text them."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session

from smsbot import nicknames, render, sharing
from smsbot.carrier import twiml
from smsbot.errors import Erased, NotFound, VaultError
from smsbot.models import Clinic, Patient
from smsbot.runtime import Runtime
from smsbot.store import messages, turns
from smsbot.store.messages import NewMessage
from smsbot.store.turns import SessionRow
from smsbot.turn import Facts
from smsbot.vault import ClinicKeys, Sealer
from smsbot.wording import final

log = logging.getLogger("smsbot.scope")

CRISIS, REPLY = 0, 1
# What a ring says instead of a sender's name when somebody is to be paged: the duty of that name.
PAGE = "page"
ANSWER_PROOF = timedelta(seconds=30)


@dataclass(frozen=True)
class Words:
    """One text, final, and where it came from."""

    text: str
    flow: str
    line: str
    language: str
    variant: str | None = None
    version: str | None = None


@dataclass
class Scope:
    """`patient` is None for a number nobody enrolled; `sealer` is then the clinic's. `now` is care time.

    `answer` collects the webhook's own answer (crisis, STOP, HELP); everything else goes to the outbox. `alerts`
    are kinds a flow raised, `closed` the touches whose conversation ended and how, `replan` asks for new touches: who
    opened the scope sees to all three before the commit (schedule.conclude). During a call `spoken` collects what is
    said instead of texted, `verified` tells that the caller gave their code, `play` names a guided recording to play.
    `shared` keeps what a batch of scopes at one clinic and moment has in common, worked out once. `unreadable` is the
    patient behind this number whose key does not open, and who is treated as a stranger because of it. `others` are who
    shares this phone, locked as well; None where nobody has looked.
    """

    runtime: Runtime
    db: Session
    keys: ClinicKeys
    clinic: Clinic
    patient: Patient | None
    sealer: Sealer
    phone: str
    now: datetime
    language: str = "en"
    inbound_id: uuid.UUID | None = None
    answers_webhook: bool = False
    answer: str | None = None
    queued: list[uuid.UUID] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    closed: list[tuple[uuid.UUID, str]] = field(default_factory=list)
    replan: bool = False
    paged: bool = False  # an alert of this transaction is to page now
    known_sessions: list[SessionRow] | None = None
    shared: dict[object, Any] = field(default_factory=dict)
    spoken: list[Words] | None = None
    aloud: bool = False  # what is answered by text was spoken, in a voice note
    verified: bool = False
    play: str | None = None
    unreadable: uuid.UUID | None = None
    others: tuple[Patient, ...] | None = None

    @property
    def person(self) -> Patient:
        """The patient, where there must be one."""
        if self.patient is None:
            raise LookupError("nobody is enrolled under this number")
        return self.patient

    @property
    def sessions(self) -> list[SessionRow]:
        """The patient's sessions by start, read once."""
        if self.known_sessions is None:
            self.known_sessions = turns.sessions(self.db, self.keys, self.patient.id) if self.patient else []
        return self.known_sessions

    @property
    def rings(self) -> tuple[str, ...]:
        """What to ring for after the commit: whoever pages, and the sender if it has texts to send."""
        return ((PAGE,) if self.paged else ()) + ((self.sender,) if self.queued else ())

    @property
    def sender(self) -> str:
        """What texts leave from: the clinic's messaging service where it has one, else its number."""
        return self.clinic.messaging_service or self.clinic.number or ""

    @property
    def channel(self) -> Literal["text", "voice"]:
        """How this person is being spoken with now."""
        return "text" if self.spoken is None else "voice"

    def queue(
        self,
        words: Words,
        *,
        priority: int = REPLY,
        purpose: str = "reply",
        in_answer: bool = False,
        conversation_id: uuid.UUID | None = None,
        touch_id: uuid.UUID | None = None,
        send_by: datetime | None = None,
    ) -> uuid.UUID:
        """Write one outbound text; `in_answer` puts it into the webhook's answer too, if there is one to put it in.

        During a call the words are spoken instead, and no text is written. On a shared phone a text begins with the
        nickname of whom it is for, unless it answers on the spot whoever is holding the phone (danger, STOP, HELP).
        """
        message_id = self.runtime.new_id()
        if self.spoken is not None:
            self.spoken.append(words)
            return message_id
        name = sharing.nickname(self.sealer, self.patient) if self.patient and not in_answer else ""
        body = nicknames.before(name, words.text) if name else words.text
        by_answer = in_answer and self.answers_webhook and self.answer is None
        machine = self.runtime.machine()
        new = NewMessage(
            id=message_id,
            sender=self.sender,
            to=self.phone,
            body=body,
            flow=words.flow,
            line=words.line,
            variant=words.variant,
            flow_version=words.version,
            language=words.language,
            segments=render.segments(body),
            priority=priority,
            seq=self._next_seq(),
            now=self.now,
            purpose=purpose,
            patient_id=self.patient.id if self.patient else None,
            conversation_id=conversation_id,
            touch_id=touch_id,
            inbound_id=self.inbound_id,
            via="answer" if by_answer else "rest",
            due_at=None if by_answer else self.now,
            send_by=send_by,
            check_at=machine + ANSWER_PROOF if by_answer else None,
            attempted_at=machine if by_answer else None,
        )
        messages.add(self.db, self.keys, self.sealer, new)
        if by_answer:
            base = self.runtime.settings.public_base_url
            self.answer = twiml.message(body, f"{base}/webhooks/status/{message_id}")
        else:
            self.queued.append(message_id)
        return message_id

    def _next_seq(self) -> int:
        if self.patient is None:
            return 0
        # The patient's row is locked, so their texts are numbered in the order they were decided.
        self.patient.message_seq += 1
        return self.patient.message_seq

    def system(self, line: str, values: dict[str, str], variant: str | None = None) -> Words:
        """A line that belongs to no conversation, in this person's language, filled with `values`."""
        page = self.runtime.content.system[self.language]
        variant = (
            "voice" if self.channel == "voice" else variant or ("said" if self.aloud and page[line].said else None)
        )
        template = (page[line].variant(variant) if variant else None) or page[line].text
        language: Literal["en", "es"] = "es" if self.language == "es" else "en"
        return Words(
            text=final(template, values, Facts(language=language, channel=self.channel)),
            flow="system",
            line=line,
            language=self.language,
            variant=variant,
        )


def of_phone(runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, phone: str) -> Scope:
    """The person behind a number at this clinic, their row locked; a stranger if nobody has it.

    Of two who share it, the one who seems to be there, and the other among `others`.
    Somebody whose key is damaged is heard as a stranger is: in danger they get their answer, and people are paged.
    """
    people = turns.lock_phone(db, keys, keys.phone_index(phone))
    if not people:
        return stranger(runtime, db, keys, clinic, phone)
    patient = people[0] if len(people) == 1 else _likeliest(runtime, db, keys, people)
    return of_one(runtime, db, keys, clinic, patient, phone, tuple(each for each in people if each is not patient))


def of_one(
    runtime: Runtime,
    db: Session,
    keys: ClinicKeys,
    clinic: Clinic,
    patient: Patient,
    phone: str,
    others: tuple[Patient, ...] = (),
) -> Scope:
    """One of those behind a number, all of them locked."""
    try:
        sealer = keys.patient(patient.id, patient.wrapped_key)
    except VaultError:
        log.error("a patient's key does not open", extra={"patient": str(patient.id)})
        return replace(stranger(runtime, db, keys, clinic, phone), unreadable=patient.id)
    now = runtime.care(db)
    return Scope(runtime, db, keys, clinic, patient, sealer, phone, now, patient.language, others=others)


def _likeliest(runtime: Runtime, db: Session, keys: ClinicKeys, people: Sequence[Patient]) -> Patient:
    key = nicknames.likeliest(sharing.seen(db, keys, people), runtime.care(db))
    return next(each for each in people if each.id == key)


def beside(scope: Scope) -> list[Scope]:
    """Who shares this person's phone, each as a scope of their own, their rows locked; nobody for most people.

    Somebody whose row another transaction holds just now is left out (store/turns/people.py).
    """
    patient = scope.person
    if patient.nickname_sealed is None or patient.phone_index is None:
        return []
    others = scope.others
    if others is None:
        others = tuple(turns.free_beside(scope.db, scope.keys, patient.phone_index, patient.id))
    found = [
        of_one(scope.runtime, scope.db, scope.keys, scope.clinic, other, scope.phone, (patient,)) for other in others
    ]
    return [each for each in found if each.patient is not None]


def of_clinic(runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, now: datetime) -> Scope:
    """The clinic itself, for what concerns it and no one person's words."""
    return Scope(runtime, db, keys, clinic, None, keys.sealer, "", now)


def stranger(runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, phone: str) -> Scope:
    """A number nobody enrolled, or nobody at all."""
    return Scope(runtime, db, keys, clinic, None, keys.sealer, phone, runtime.care(db))


def of_patient(runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, patient_id: uuid.UUID) -> Scope:
    """A patient by id, their row locked; NotFound at another clinic, Erased once their key is gone."""
    patient = turns.lock_patient_by_id(db, keys, patient_id)
    if patient is None:
        raise NotFound("patient")
    return of_locked(runtime, db, keys, clinic, patient, runtime.care(db))


def of_locked(
    runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, patient: Patient, now: datetime
) -> Scope:
    """A patient whose row is locked already; Erased once their key is gone."""
    sealer = keys.patient(patient.id, patient.wrapped_key)
    if patient.phone_sealed is None:
        raise Erased
    phone = sealer.open("patient", "phone_sealed", patient.id, patient.phone_sealed)
    return Scope(runtime, db, keys, clinic, patient, sealer, phone, now, patient.language)
