"""One worker's sending against a carrier that takes 100 ms to answer."""

import time
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from smsbot import outbox
from smsbot import scope as scopes
from smsbot.jobs.opening import carrier_for
from smsbot.models import Patient
from smsbot.runtime import Runtime
from smsbot.scope import Words
from smsbot.store import clinics
from tests.bench import crowd, ground
from tests.bench.measure import Figure
from tests.sandbox_support import NUMBER
from tests.stack_support import Stack

ANSWER_S = 0.1


def measured(kind: str, count: int) -> list[Figure]:
    """`count` texts to as many patients."""
    with ground.standing(kind, PUBLIC_BASE_URL="http://127.0.0.1:9") as found:
        found.enroll(0)
        crowd.copied(found, count, "intention", datetime.now(UTC) + timedelta(days=300))
        _queue(found)
        found.box.fault("slow", seconds=ANSWER_S)
        base = found.runtime
        runtime = Runtime(base.settings, base.database, base.vault, base.content, carrier=carrier_for(base.settings))
        began, cpu = time.perf_counter(), time.process_time()
        sent = outbox.deliver(runtime, NUMBER)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        accepted = found.box.messages(direction="outbound-api")
    part = f"sending, answers after {1000 * ANSWER_S:.0f} ms, one process, {kind}"
    return [
        Figure(part, "texts sent", sent.asked / seconds, "/s", 225.0, "more", "P6"),
        Figure(part, "CPU for each", 1000 * cpu / sent.asked, "ms", 2.5, "less", "P6"),
        Figure(part, "not at the carrier, or twice", abs(count + 1 - len(accepted)), "", 0.0, "less", "P6"),
    ]


def _queue(found: Stack) -> None:
    runtime = found.runtime
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        clinic = clinics.get(db, found.clinic.id)
        for patient_id in db.exec(select(Patient.id)).all():
            scope = scopes.of_patient(runtime, db, keys, clinic, patient_id)
            scope.queue(Words("Thank you for telling us. It is kept for you.", "system", "thanks", "en"))
