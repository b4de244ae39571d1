"""Who lives in the demo."""

from dataclasses import dataclass
from datetime import date

NUMBER = "+15005550006"


@dataclass(frozen=True)
class Person:
    """A patient of the demo: sessions by days from today and local hour; those in the past are recorded as done."""

    name: str
    phone: str
    born: date
    sessions: tuple[tuple[int, int], ...]
    replies: tuple[str, ...] = ()
    language: str = "en"
    protocol: str = "induction"


@dataclass(frozen=True)
class OnCall:
    """Someone whose phone rings when a patient is in danger, or hears of faults of the service (operator)."""

    name: str
    phone: str
    kind: str
    email: str = ""


STAFF = (
    OnCall("Dana, on call", "+16175550101", "oncall", "dana@harbor.example"),
    OnCall("Eli, second on call", "+16175550102", "second"),
    OnCall("Lea, clinical lead", "+16175550103", "lead"),
    OnCall("Ops, who run the service", "+16175550104", "operator"),
)
PEOPLE = (
    Person("Ana", "+14155550123", date(1988, 5, 4), ((2, 10), (5, 10), (9, 10)), ("YES", "1")),
    Person("Ben", "+14155550124", date(1979, 11, 30), ((-4, 14), (-1, 14), (3, 14)), ("YES", "1")),
    Person("Carmen", "+14155550125", date(1991, 2, 17), ((-8, 9), (-4, 9), (1, 9)), ("SÍ", "1"), "es"),
    Person("Drew", "+14155550126", date(1969, 8, 8), ((4, 16),), (), "en", "single"),
)
