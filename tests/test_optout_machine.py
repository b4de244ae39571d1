"""Whatever happens in whatever order: once an opt-out is committed, nothing but its answer reaches the carrier."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from smsbot import outbox, standing
from smsbot.errors import Refused
from smsbot.models import PatientStatus
from tests.api_support import consent_form
from tests.optout_support import KEYWORDS, Wire, copied, receipt
from tests.phone_support import HARBOR

LEAVING = ("STOP", "stop.", "Unsubscribe", "please quit texting me", "no más", "take me off this", "END")
ORDINARY = ("hi", "1", "2", "a 7 I guess", "YES", "START", "HELP", "PAUSE", "RESUME", "TALK", "LESS", "MENU", "SKIP")
GRAVE = ("I want to die", "stop texting me, I want to kill myself", "this is killing me lol", "can you stop")
POINTS = ("outbox.claimed", "outbox.sending", "outbox.sent")
FAULTS = ("", "", "", "retry", "lost", "unanswered", "opted_out")
RECEIPTS = (("delivered", None), ("undelivered", 30003), ("undelivered", 30004), ("failed", 21610), ("failed", 30008))


class OptOut(RuleBasedStateMachine):
    """Ana, her clinic, the clock and the carrier, each doing something in turn, and sometimes in the middle."""

    mode: ClassVar[str] = "app"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="smsbot-optout-"))
        self.then: dict[str, Callable[[], None]] = {}

    def reached(self, point: str) -> None:
        """In the middle of a delivery: claimed, armed or asked, and just then somebody leaves."""
        happen = self.then.pop(point, None)
        if happen is not None:
            happen()

    def hear(self, body: str, *, arrives: bool) -> None:
        opt_out = None
        if self.mode == "twilio" and body.strip(". ").casefold() in KEYWORDS:
            opt_out = "STOP"
        reply = self.phone.reply(body, opt_out=opt_out)
        self.wire.observe()
        self.wire.answered(reply.twiml, arrives=arrives)

    @initialize(days=st.sampled_from((0, 9)))
    def somewhere_in_the_series(self, days: int) -> None:
        self.world, self.phone = copied(self.folder, days, SMSBOT_OPT_OUT_MODE=self.mode)
        self.wire = Wire(self.world)
        self.world.runtime = replace(self.world.runtime, carrier=self.wire, reached=self.reached)

    @rule(body=st.sampled_from(LEAVING), arrives=st.booleans())
    def leaves(self, body: str, arrives: bool) -> None:
        self.hear(body, arrives=arrives)

    @rule(body=st.sampled_from((*ORDINARY, *GRAVE)), arrives=st.booleans())
    def writes(self, body: str, arrives: bool) -> None:
        self.hear(body, arrives=arrives)

    @rule(staff=st.sampled_from(("stop", "resume", "pause", "rejoin")))
    def staff_act(self, staff: str) -> None:
        with self.world.desk() as desk:
            patient_id = self.phone.patient().id
            form = consent_form(at=self.world.watch.now) if staff == "rejoin" else None
            act: Any = {"stop": standing.stop, "pause": standing.pause}.get(staff, standing.resume)
            try:
                with desk.db.begin_nested():
                    act(desk, patient_id, form) if form else act(desk, patient_id)
            except Refused:
                return

    @rule(hours=st.sampled_from((0.01, 0.1, 1, 5, 24)))
    def time_passes(self, hours: float) -> None:
        self.phone.wait(hours=hours)

    @rule(
        fault=st.sampled_from(FAULTS),
        point=st.sampled_from(("", *POINTS)),
        leaving=st.sampled_from(("STOP", "please quit texting me", "said aloud")),
    )
    def deliver(self, fault: str, point: str, leaving: str) -> None:
        """Send what is due; at a named point in the middle of it, she leaves."""
        self.wire.faults = [fault]
        if point:
            aloud = leaving == "said aloud"
            self.then[point] = (lambda: self.staff_act("stop")) if aloud else (lambda: self.hear(leaving, arrives=True))
        outbox.deliver(self.world.runtime, HARBOR)
        self.then.clear()

    @rule(told=st.sampled_from(RECEIPTS))
    @precondition(lambda self: self.wire.kept)
    def a_receipt_comes(self, told: tuple[str, int | None]) -> None:
        receipt(self.world, *told)

    @rule()
    def unclear_sends_are_looked_up(self) -> None:
        outbox.check(self.world.runtime)

    @invariant()
    def nothing_but_the_answer_reached_the_carrier(self) -> None:
        assert self.wire.wrong == []
        assert self.wire.left.confirmations <= 1

    @invariant()
    def leaving_is_never_undone_by_an_ordinary_text(self) -> None:
        self.wire.observe()
        if self.wire.left.at is not None:
            assert self.phone.patient().status in (PatientStatus.STOPPED, PatientStatus.ENDED)

    def teardown(self) -> None:
        self.world.runtime.database.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)


class CarrierConfirms(OptOut):
    """The same with the carrier answering keywords itself."""

    mode = "twilio"


MODES = pytest.mark.parametrize("machine", [OptOut, CarrierConfirms], ids=["app", "twilio"])


def play(machine: type[OptOut], examples: int, steps: int) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, suppress_health_check=quiet
    )
    run_state_machine_as_test(machine, settings=chosen)


@MODES
def test_nothing_follows_an_opt_out(machine: type[OptOut]) -> None:
    play(machine, examples=8, steps=9)


@pytest.mark.long
@MODES
def test_nothing_follows_an_opt_out_in_a_thousand_stories(machine: type[OptOut]) -> None:
    play(machine, examples=1000, steps=10)
