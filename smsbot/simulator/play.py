"""Plays a story: from due instant to due instant through enrollment, inbox, schedule and outbox as they are."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from smsbot import desk as desks
from smsbot import enroll, inbox, outbox, schedule, talk
from smsbot import scope as scopes
from smsbot.calls import placing
from smsbot.carrier.inbound import InboundText, StatusEvent
from smsbot.content import Content
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, Request
from smsbot.errors import Refused
from smsbot.localtime import instant, said
from smsbot.models import Call, Conversation, Message, PatientStatus, Touch, TouchState
from smsbot.sessions import Booking
from smsbot.simulator.ear import Ear
from smsbot.simulator.phone import Handset
from smsbot.simulator.replies import Replies
from smsbot.simulator.staff import Staff
from smsbot.simulator.stage import ACCOUNT, NUMBER, PHONE, Stage, staged
from smsbot.simulator.story import Act, Story, steps, wall
from smsbot.store import clinics, due, outgoing, turns

THINKS = timedelta(minutes=5)
AFTER_THE_LAST = timedelta(days=35)
MOST_STEPS = 20_000
IN_ANSWER = re.compile(r"<Message[^>]*>(.*?)</Message>", re.DOTALL)
NOT_SENT = (TouchState.DROPPED, TouchState.CANCELED)


@dataclass(frozen=True)
class Line:
    """One line of what happened: `who` is us, patient, clinic, worker, note or plan (what was not sent, and why)."""

    at: datetime
    who: str
    text: str


@dataclass
class Player:
    """A play under way. Due things wait while the worker is down; texts of the patient are always received.

    `forgiving` leaves out acts that the product refuses; `after_step` is called when nothing is left to do for now.
    """

    story: Story
    stage: Stage
    lines: list[Line] = field(default_factory=list)
    forgiving: bool = False
    after_step: Callable[[datetime], None] | None = None
    seen: int = 0
    sids: int = 0
    answer_at: datetime | None = None
    down_until: datetime | None = None
    patient_id: uuid.UUID = field(init=False)
    staff: Staff = field(init=False)
    replies: Replies = field(init=False)
    handset: Handset = field(init=False)
    ear: Ear = field(init=False)
    rung: int = 0

    def __post_init__(self) -> None:
        self.replies = Replies(self.story)
        self.ear = Ear(self.stage, lambda what: self.tell("note", what))
        self.handset = Handset(self.stage, lambda who, what: self.tell(who, f"(phone) {what}"), self.ear.work)

    def tell(self, who: str, what: str) -> None:
        """Write down that something happens now."""
        self.lines.append(Line(self.now, who, what))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.story.zone)

    @property
    def now(self) -> datetime:
        return self.stage.watch.now

    def instant(self, at: datetime) -> datetime:
        """The instant of one of the story's wall times."""
        return instant(at.date(), at.time(), self.zone)

    def run(self) -> None:
        """Enroll, then go from one thing that is due to the next until the story's end."""
        self.enroll()
        acts = sorted((*self.story.acts, *self.attendance()), key=lambda act: act.at)
        end = self.end()
        for _ in range(MOST_STEPS):
            while acts and self.instant(acts[0].at) <= self.now:
                self.act(acts.pop(0))
            self.drain()
            self.answer()
            if self.after_step and not self.down_until:
                self.after_step(self.now)
            coming = self.next(self.instant(acts[0].at) if acts else None)
            if coming is None or coming > end:
                break
            self.stage.watch.now = max(coming, self.now)
        self.stage.watch.now = max(end, self.now)
        self.not_sent()

    def enroll(self) -> None:
        form = ConsentForm(texts=True, form="2026-11", at=self.now, calls=True, echo=self.story.echo)
        request = Request(
            phone=PHONE,
            birth_date=date(1988, 5, 4),
            consent=form,
            first_name=self.story.name,
            time_zone=self.story.zone,
            language=self.story.language,
            protocol=self.story.protocol,
            sessions=tuple(Booking(self.instant(at), self.story.minutes) for at in self.story.sessions),
        )
        with self.stage.runtime.database.write() as db:
            desk = self.desk(db)
            made = enroll.enroll(desk.runtime, db, desk.keys, desk.clinic, request, desk.actor, desk.now)
            self.patient_id = made.id
        self.staff = Staff(self.story, made.id)

    def desk(self, db) -> Desk:  # type: ignore[no-untyped-def]  # a session of sqlmodel
        keys = clinics.keys(db, self.stage.runtime.vault, self.stage.clinic_id)
        return desks.at(self.stage.runtime, db, keys, "operator")

    def attendance(self) -> list[Act]:
        """Staff mark each session done five minutes after its planned end, unless the story speaks of it."""
        told = {word for act in self.story.acts for word in act.what.split()[1:2] if act.who == "clinic"}
        after = timedelta(minutes=self.story.minutes + 5)
        days = enumerate(self.story.sessions, 1) if self.story.attends else ()
        return [Act(at + after, "clinic", f"done {number}") for number, at in days if str(number) not in told]

    def end(self) -> datetime:
        last = self.story.until or max((*self.story.sessions, self.story.joins)) + AFTER_THE_LAST
        return self.instant(last)

    def next(self, act: datetime | None) -> datetime | None:
        """The next instant at which anything is due."""
        moments = [act, self.answer_at]
        with self.stage.runtime.database.read() as db:
            for column in (Touch.due_at, Conversation.due_at, Message.due_at, Call.due_at):
                moments.append(db.exec(select(func.min(col(column)))).first())
            moments += self.ear.moments(db) if self.called else []
        if self.down_until:
            moments = [act, self.answer_at, self.down_until]
        ahead = [max(at, self.now + timedelta(seconds=1)) for at in moments if at]
        return min(ahead, default=None)

    def drain(self) -> None:
        """Do all that is due now, as worker and clock would."""
        if self.down_until and self.now < self.down_until:
            return
        self.down_until = None
        runtime = self.stage.runtime
        for _ in range(50):
            with runtime.database.read() as db:
                kinds = (due.CONVERSATIONS, due.TOUCHES, due.CALLS)
                talks, touches, calls = (due.is_due(db, kind, self.now, self.now) for kind in kinds)
                senders = outgoing.senders_due(db, self.now, self.now)
            done = (talks and inbox.rest(runtime)[0], touches and schedule.release(runtime)[0], self.deliver(senders))
            if not any((*done, calls and self.place(), self.called and self.ear.work())):
                return

    @property
    def called(self) -> bool:
        """Whether there has been any call, so that there may be voice notes."""
        return bool(self.handset.dialed or self.rung)

    def place(self) -> int:
        """Have the calls placed that are due; each rings at once and is answered, or not, as the story says."""
        count, _ = placing.place(self.stage.runtime)
        for rung in self.stage.postman.rung[self.rung :]:
            self.rung += 1
            self.handset.ring(rung, self.replies.call(rung.sid))
        return count

    def deliver(self, senders: list[str]) -> bool:
        runtime = self.stage.runtime
        asked = sum(outbox.deliver(runtime, sender).asked for sender in senders)
        for sent in self.stage.postman.sent[self.seen :]:
            self.lines.append(Line(sent.at, "us", sent.body))
            self.answer_at = self.now + THINKS
            with runtime.database.write() as db:
                outbox.receipt(runtime, db, uuid.UUID(sent.message), StatusEvent(sent.sid, ACCOUNT, "delivered"))
        self.seen = len(self.stage.postman.sent)
        return asked > 0

    def answer(self) -> None:
        """The patient answers the question that is open, a few minutes after the last text."""
        if self.answer_at is None or self.now < self.answer_at:
            return
        self.answer_at = None
        said_ = self.reply()
        if said_ is not None:
            self.text(said_)

    def reply(self) -> str | None:
        runtime = self.stage.runtime
        with runtime.database.write() as db:
            keys = clinics.keys(db, runtime.vault, self.stage.clinic_id)
            scope = scopes.of_patient(runtime, db, keys, clinics.get(db, keys.clinic_id), self.patient_id)
            for conversation in turns.open_conversations(db, keys, self.patient_id)[:1]:
                script, state = talk.opened(scope, conversation)
                step = script.flow.steps.get(state.step or "")
                if step and scope.person.status != PatientStatus.STOPPED:
                    return self.replies.to(conversation.flow, step, str(conversation.id))
        return None

    def text(self, body: str) -> None:
        self.sids += 1
        self.tell("patient", body)
        inbound = InboundText(f"SM{self.sids:032x}", ACCOUNT, PHONE, NUMBER, body)
        with self.stage.runtime.database.write() as db:
            reply = inbox.receive(self.stage.runtime, db, inbound)
        for said_ in IN_ANSWER.findall(reply.twiml if reply else ""):
            self.tell("us", unescape(said_))
        self.answer_at = self.now + THINKS if reply and IN_ANSWER.search(reply.twiml) else None
        self.drain()

    def act(self, act: Act) -> None:
        """Something the story tells."""
        if act.who == "patient":
            self.text(act.what)
            return
        if act.who == "phone":
            self.handset.dial(steps(act.what))
            return
        self.tell(act.who, act.what)
        if act.who == "worker":
            self.down_until = self.instant(wall(act.what.removeprefix("down until ")))
            return
        try:
            with self.stage.runtime.database.write() as db:
                self.staff.act(self.desk(db), act.what)
        except Refused:
            if not self.forgiving:
                raise

    def not_sent(self) -> None:
        """What was planned up to now and not sent, with its reason."""
        wanted = select(Touch).where(col(Touch.patient_id) == self.patient_id, col(Touch.state).in_(NOT_SENT))
        with self.stage.runtime.database.read() as db:
            for touch in db.exec(wanted).all():
                if touch.planned_at <= self.now:
                    about = f"{touch.rule} of {said(touch.planned_at, self.zone)}"
                    self.lines.append(Line(touch.planned_at, "plan", f"{about}: {touch.why}"))
        self.lines.sort(key=lambda line: line.at)


def play(story: Story, content: Content, seed: int = 0) -> list[Line]:
    """Everything that happened, in order. Raises NotAStory's kin of the product when the story asks what is refused."""
    zone = ZoneInfo(story.zone)
    with staged(story, content, instant(story.joins.date(), story.joins.time(), zone), seed) as stage:
        player = Player(story, stage)
        player.run()
        return player.lines
