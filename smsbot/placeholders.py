"""The {names} a line may use without a flow keeping them: what they are, their longest value, and what stands in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Placeholder:
    """A name that the service fills. `longest` and `fallback` are (English, Spanish).

    A fallback of None means that there is none: a line then needs an `unquoted` variant. An empty fallback takes the
    comma or space before the name with it, so that "Welcome, {first}." reads "Welcome.".
    """

    about: str
    longest: tuple[str, str]
    fallback: tuple[str, str] | None = None

    def longest_in(self, language: str) -> str:
        """The longest value in a language."""
        return self.longest[language == "es"]

    def fallback_in(self, language: str) -> str | None:
        """What stands in when the value is missing, or None."""
        return self.fallback[language == "es"] if self.fallback is not None else None


# Where nobody at the clinic answers now (CONTENT 11.4).
URGENT = ("an urgent care clinic", "urgencias")

PLACEHOLDERS: dict[str, Placeholder] = {
    "first": Placeholder("the patient's first name or nickname", ("Christopher", "Christopher"), ("", "")),
    "clinic": Placeholder(
        "the clinic's display name", ("Harbor Wellness", "Harbor Wellness"), ("the clinic", "la clínica")
    ),
    "phone": Placeholder(
        "the number to call now: the clinic's, or its on-call person's while it is closed, or when the clinic answers",
        ("(617) 555-0100 from Wednesday at 10:30 am", "(617) 555-0100 desde el 30 de septiembre"),
        ("your clinic's number", "número de tu clínica"),
    ),
    "desk": Placeholder(
        "the clinic's own number, where the line says its hours",
        ("(617) 555-0100", "(617) 555-0100"),
        ("your clinic's number", "número de tu clínica"),
    ),
    "oncall": Placeholder("the clinic's number after hours", (URGENT[0], "(617) 555-0100"), URGENT),
    "reach": Placeholder("the number that answers now", (URGENT[0], "(617) 555-0100"), URGENT),
    "lead": Placeholder(
        "the person who hears complaints", ("Dr. Alexandra", "Dra. Alexandra"), ("the clinic lead", "la dirección")
    ),
    "window": Placeholder(
        "when staff are there next, from the clinic's hours",
        ("Wed 10:30 am-12:30 pm", "miércoles 10:00-16:00"),
        ("in its hours", "en su horario"),
    ),
    "reopen": Placeholder(
        "when the clinic opens next", ("Wednesday at 10:30 am", "el miércoles a las 10:30"), ("soon", "pronto")
    ),
    "session_day": Placeholder(
        "the day of the session",
        ("Wednesday, September 30", "miércoles 30 de septiembre"),
        ("coming up", "próximo día"),
    ),
    "session_time": Placeholder(
        "the time of the session", ("10:30 am", "10:30"), ("its usual time", "a la hora acordada")
    ),
    "one": Placeholder("a nickname on a shared phone", ("W" * 20, "W" * 20), ("your name", "tu nombre")),
    "other": Placeholder(
        "the other nickname on a shared phone", ("W" * 20, "W" * 20), ("the other name", "el otro nombre")
    ),
    "day": Placeholder("a day", ("Wednesday, September 30", "miércoles 30 de septiembre"), ("that day", "ese día")),
    "time": Placeholder("a time", ("10:30 am", "10:30"), ("the time you know", "la hora acordada")),
    "call_time": Placeholder(
        "when we call, where that is not at once", ("Wednesday at 10:30 am", "el miércoles a las 10:30")
    ),
    "prep": Placeholder("the clinic's own sentence for the day before", ("x" * 60, "x" * 30), ("", "")),
    "three_intentions": Placeholder(
        "the intentions of the last three sessions, each cut to a line",
        (", then ".join([f'"{"w" * 55}"'] * 3), ", luego ".join([f'"{"ó" * 38}"'] * 3)),
    ),
    "look_back": Placeholder(
        "up to three insights of the series, each cut to a line",
        (", then ".join([f'"{"w" * 55}"'] * 3), ", luego ".join([f'"{"ó" * 38}"'] * 3)),
    ),
    "last_words": Placeholder("the last words they kept", (f'"{"w" * 90}"', f'"{"ó" * 69}"')),
    "comfort_list": Placeholder("what they chose for the room", (f'"{"w" * 90}"', f'"{"ó" * 69}"')),
    "low_note": Placeholder(
        "their own note for a low day: the sign they would notice, and what helps, each cut to a line",
        (
            f'what you\'d notice first: "{"w" * 45}", and what helps: "{"w" * 45}"',
            f'qué notarías primero: "{"ó" * 33}", y qué ayuda: "{"ó" * 33}"',
        ),
    ),
    "n": Placeholder("a number", ("10", "10")),
    "minutes": Placeholder("how long a voice note may be", ("10", "10"), ("three", "tres")),
}


def missing_word(name: str, language: str) -> str | None:
    """The fallback of a name, or None when the line has to do without it."""
    known = PLACEHOLDERS.get(name)
    return known.fallback_in(language) if known else None
