"""What the product is measured against, under the product's own gunicorn options.

`bare` is one static Flask view. `textbook` is the turn as tutorials write it: the SDK's validator, the ORM, the SDK's
TwiML classes and an RQ job from within the request; it neither screens, seals nor locks.
"""

import os
import sys
import uuid
from datetime import datetime

import redis
from flask import Flask, Response, request
from rq import Queue
from sqlmodel import Field, Session, SQLModel, select
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from smsbot.clocks import Clock
from smsbot.config import Settings, load
from smsbot.store.db import open_database
from smsbot.web.serve import Server


class Sender(SQLModel, table=True):
    """Somebody who writes, with the state of their conversation."""

    __tablename__ = "textbook_sender"
    phone: str = Field(primary_key=True)
    state: int = 0
    seen_at: datetime | None = None


class Received(SQLModel, table=True):
    """A text."""

    __tablename__ = "textbook_received"
    sid: str = Field(primary_key=True)
    phone: str = Field(index=True)
    body: str
    at: datetime


def bare(_: Settings) -> Flask:
    """A view that looks at nothing."""
    app = Flask("bare")

    @app.post("/webhooks/sms")
    def sms() -> Response:
        return Response("<Response/>", mimetype="text/xml")

    return app


def textbook(settings: Settings) -> Flask:
    """One read, one insert, one update, one commit through the ORM, and an enqueued answer."""
    app = Flask("textbook")
    engine = open_database(settings.database, pool_size=settings.web_threads + 2).engine
    SQLModel.metadata.create_all(engine, [Sender.__table__, Received.__table__])  # type: ignore[attr-defined]
    validator = RequestValidator(settings.tokens[0])
    queue = Queue("textbook", connection=redis.Redis.from_url(settings.redis_url))
    clock = Clock()

    @app.post("/webhooks/sms")
    def sms() -> Response:
        form = request.form
        if not validator.validate(request.url, form, request.headers["X-Twilio-Signature"]):
            return Response(status=403)
        with Session(engine) as db:
            sender = db.exec(select(Sender).where(Sender.phone == form["From"])).first() or Sender(phone=form["From"])
            db.add(Received(sid=form["MessageSid"], phone=sender.phone, body=form["Body"], at=clock.machine()))
            sender.state += 1
            sender.seen_at = clock.machine()
            db.add(sender)
            db.commit()
        queue.enqueue("textbook.send", form["From"], "Thank you.", job_id=uuid.uuid4().hex)
        answer = MessagingResponse()
        answer.message("Thank you.")
        return Response(str(answer), mimetype="text/xml")

    return app


class Baseline(Server):
    """The product's server with another application in it."""

    made = staticmethod({"bare": bare, "textbook": textbook}[sys.argv[1] if len(sys.argv) > 1 else "bare"])

    def load(self) -> Flask:
        return self.made(self.settings)


if __name__ == "__main__":
    Baseline(load(os.environ), "127.0.0.1").run()
