"""Forms of the portal: every fault has a sentence and a place beside its field, and what was typed stays."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import DateField, Field, FormField, SelectChoice, TimeField
from wtforms.validators import InputRequired, Optional

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Form(FlaskForm):  # type: ignore[misc]  # wtforms has no types
    """A form that can be told what the product itself refuses."""

    # Where a fault of the product is shown when its name is not a field's own.
    places: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.general: list[str] = []

    def blame(self, faults: Mapping[str, str]) -> None:
        """Put each fault beside its field; what has no field stands above the form."""
        for name, sentence in faults.items():
            field = self._at(self.places.get(name, name))
            if field is None:
                self.general.append(sentence)
            else:
                field.errors = [*field.errors, sentence]

    def _at(self, path: str) -> Field | None:
        found: Any = self
        for part in path.split("."):
            if part.isdigit():
                found = found[int(part)] if int(part) < len(found.entries) else None
            else:
                found = (found.form if isinstance(found, FormField) else found)._fields.get(part)
            if found is None:
                return None
        return found if isinstance(found, Field) and hasattr(found, "errors") else None

    def faulty(self) -> Iterator[tuple[str, str, str]]:
        """(id, label, sentence) of every field at fault, in the order of the page."""
        for field in _leaves(self):
            if field.errors:
                yield field.id, str(field.label.text), str(field.errors[0])


def _leaves(form: Any) -> Iterator[Field]:
    """The fields people fill in, rows of rows included."""
    for field in form:
        if hasattr(field, "entries"):
            for entry in field.entries:
                yield from _leaves(entry.form)
        elif field.type != "CSRFTokenField":
            yield field


class Day(DateField):  # type: ignore[misc]  # wtforms has no types
    """A calendar day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data: Any = None  # what was emptied is empty, whatever the page showed before
        if not valuelist[0]:
            return
        try:
            given = date.fromisoformat(valuelist[0])
        except ValueError:
            raise ValueError("Give a date, such as 12/01/2026.") from None
        if not FIRST_YEAR <= given.year <= LAST_YEAR:
            raise ValueError("Check the year.")
        self.data = given


class Clock(TimeField):  # type: ignore[misc]  # wtforms has no types
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data: Any = None  # what was emptied is empty, whatever the page showed before
        if not valuelist[0]:
            return
        try:
            self.data = time.fromisoformat(valuelist[0]).replace(tzinfo=None)
        except ValueError:
            raise ValueError("Give a time, such as 10:00 AM.") from None


def choices(words: Mapping[str, str]) -> list[SelectChoice]:
    """Choices by their values, in the order given."""
    return [SelectChoice(value, label) for value, label in words.items()]


def needed(sentence: str) -> InputRequired:
    """The field has to be filled in."""
    return InputRequired(sentence)


def optional() -> Optional:
    """The field may be left empty."""
    return Optional()
