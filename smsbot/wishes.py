"""What a patient may change by answering: the fields a flow's `sets:` can name, one function each."""

from collections.abc import Callable
from datetime import datetime, timedelta

from smsbot import calling, consent, corrections, own_voice
from smsbot.scope import Scope

PREFERRED = {"morning": "10:00", "midday": "13:00", "afternoon": "16:00", "evening": "18:30"}
PACES = ("key", "light", "full")
LIGHT_REST = timedelta(days=1)
PAUSES = {"three_days": timedelta(days=3), "week": timedelta(days=7)}
# "Until I text": far enough to be never, near enough for every database.
OPEN_END = datetime.fromisoformat("9000-01-01T00:00:00+00:00")


def set_field(scope: Scope, name: str, value: str) -> None:
    """Apply one `sets:`; a field that does not exist is refused by `smsbot check` long before."""
    FIELDS[name](scope, value)


def _yes(value: str) -> bool:
    return value == "yes"


def _language(scope: Scope, value: str) -> None:
    scope.person.language = scope.language = value


def _first_name(scope: Scope, value: str) -> None:
    name = " ".join(value.split())[:40]
    patient = scope.person
    patient.first_name_sealed = scope.sealer.seal("patient", "first_name_sealed", patient.id, name)


def _preferred_time(scope: Scope, value: str) -> None:
    scope.person.preferred_time = PREFERRED.get(value, PREFERRED["afternoon"])
    scope.replan = True


def _pace(scope: Scope, value: str) -> None:
    """A pace by name, or one step from the present one: fewer, more."""
    steps = {"fewer": -1, "more": 1}
    now = PACES.index(scope.person.pace) if scope.person.pace in PACES else 1
    pace = value if value in PACES else PACES[min(max(now + steps.get(value, 0), 0), len(PACES) - 1)]
    scope.person.pace = scope.person.chosen_pace = pace
    scope.replan = True


def _shared_phone(scope: Scope, value: str) -> None:
    """Whether others read this phone; of one that two patients share nobody needs to say so."""
    patient = scope.person
    patient.shared_phone = patient.discreet = _yes(value) or patient.nickname_sealed is not None


def _discreet(scope: Scope, value: str) -> None:
    scope.person.discreet = _yes(value)


def _echo(scope: Scope, value: str) -> None:
    scope.person.echo = _yes(value)
    consent.record(scope, "echo", "granted" if _yes(value) else "declined")


def _pause(scope: Scope, value: str) -> None:
    """Hold texts for a while, or go on after it: `over` is what the end of a pause sets."""
    if value == "over":
        consent.unpause(scope)
        return
    until = scope.now + PAUSES[value] if value in PAUSES else OPEN_END
    scope.person.paused_until = until
    if calling.cancel(scope, "Dropped: a pause was asked for since."):
        scope.queue(scope.system("call_off", {}))
    consent.pause(scope)


def _pause_reminders(scope: Scope, value: str) -> None:
    scope.person.pause_reminders = _yes(value)


def _light_texts(scope: Scope, value: str) -> None:
    """`rest`: after a low answer nothing light goes for a day (CONTENT F19 and 3.1); an alert does the same."""
    until = scope.now + LIGHT_REST
    scope.person.upbeat_hold_until = max(until, scope.person.upbeat_hold_until or until)


def _voicemail(scope: Scope, value: str) -> None:
    scope.person.voicemail = _yes(value)


def _calls(scope: Scope, value: str) -> None:
    scope.person.calls = _yes(value)
    if not scope.person.calls:
        calling.cancel(scope, "The patient wants no calls.")
    consent.record(scope, "calls", "granted" if _yes(value) else "withdrawn")


def _own_voice(scope: Scope, value: str) -> None:
    own_voice.wish(scope, _yes(value))
    consent.record(scope, "own_voice", "granted" if _yes(value) else "withdrawn", channel=scope.channel)


def _guided_audio(scope: Scope, value: str) -> None:
    """A guided recording that was chosen: played in the call that is on, else in one of ours in a moment."""
    if value == "more":
        return
    if scope.channel == "voice":
        scope.play = value
    else:
        calling.ask(scope, "audio", audio=value)


def _last_words(scope: Scope, value: str) -> None:
    corrections.correct_newest(scope, value)


def _put_away(scope: Scope, value: str) -> None:
    corrections.put_newest_away(scope, away=_yes(value))


def _consent(scope: Scope, value: str) -> None:
    consent.ANSWERS[value](scope)


FIELDS: dict[str, Callable[[Scope, str], None]] = {
    "calls": _calls,
    "consent": _consent,
    "discreet": _discreet,
    "echo": _echo,
    "first_name": _first_name,
    "guided_audio": _guided_audio,
    "language": _language,
    "last_words": _last_words,
    "light_texts": _light_texts,
    "own_voice": _own_voice,
    "pace": _pace,
    "pause": _pause,
    "pause_reminders": _pause_reminders,
    "preferred_time": _preferred_time,
    "put_away": _put_away,
    "shared_phone": _shared_phone,
    "voicemail": _voicemail,
}
