"""Every error we raise on purpose; the docstring is the message a person reads.

SmsbotError
├── Refused             a person asked for something that cannot be done: says what to do instead
│   ├── NotFound        no such thing at this clinic (foreign ids answer the same)
│   └── Conflict        it is not in a state that allows this
│       └── Undecided   staff owe a decision first
├── SettingsFaults      the environment is not fit to start with
├── VaultError          sealed bytes could not be opened
└── Erased              this patient's key has been destroyed
"""

from uuid import UUID


class SmsbotError(Exception):
    """Something smsbot knows about went wrong."""

    def __str__(self) -> str:
        return super().__str__() or (self.__doc__ or "").strip()


class Refused(SmsbotError):
    """This cannot be done.

    `field` names the input at fault, as the API and forms spell it; `code` is a stable word for programs.
    """

    def __init__(self, message: str, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(message)
        self.field = field
        self.code = code


class RefusedFields(Refused):
    """Several inputs are at fault, each with its own sentence."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(faults.values()), field=next(iter(faults), None), code="invalid")
        self.faults = faults


class NotFound(Refused):
    """There is no such thing here."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no {what} with this id.", code="not_found")


class Conflict(Refused):
    """It is not in a state that allows this."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message, field=field, code="conflict")


class Undecided(Conflict):
    """Staff owe a decision before this session; `task_id` is the item that asks for it."""

    def __init__(self, task_id: UUID) -> None:
        super().__init__("A staff decision is needed before this session: it is the first item of the task list.")
        self.code = "decision_needed"
        self.task_id = task_id


class SettingsFaults(SmsbotError):
    """The settings are not fit to start with; `faults` has one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class VaultError(SmsbotError):
    """Sealed bytes could not be opened: wrong key, or they were moved or changed."""


class Erased(SmsbotError):
    """This patient's key has been destroyed; nothing sealed under it can be read."""
