"""What a page says, by text, mail and voice: that something waits and where, and nothing about anyone. Pure.

No number, name, word, tier or kind of a patient or their text may get in here: phones lie on tables, mail is not
sealed, and whoever picks up a call may be anybody. The signed-in page has the rest.
"""

from dataclasses import dataclass

KEY = "1"


@dataclass(frozen=True)
class Wording:
    """A page in its three forms; `asks` is spoken before a key is awaited, `took`, `heard` and `bye` after."""

    text: str
    subject: str
    mail: str
    asks: str
    took: str
    heard: str
    bye: str


def urgent(clinic: str, link: str) -> Wording:
    """A page about an alert that nobody has acknowledged."""
    return Wording(
        text=f"{clinic}: urgent item. Sign in and acknowledge: {link} Replies are not read.",
        subject=f"{clinic}: urgent item, please sign in",
        mail=f"An urgent item is waiting for you at {clinic}.\n\n"
        f"Sign in and acknowledge it, or others will be paged:\n{link}\n\n"
        "Replies to this mail are not read.\n",
        asks=f"This is the automated alert line of {clinic}. An urgent item is waiting for you. "
        f"Press {KEY} to say that you have it, then sign in and open it.",
        took="Thank you. It is yours now. Please sign in and open it right away.",
        heard="Thank you. Please tell the clinician on call right away that an urgent item is waiting.",
        bye="Nobody has taken it yet. We will go on trying. Goodbye.",
    )


def main_line(clinic: str) -> Wording:
    """A call to the clinic's own telephone, where anybody may pick up: it asks to pass on, and settles nothing."""
    words = urgent(clinic, "")
    return Wording(
        words.text,
        words.subject,
        words.mail,
        asks=f"This is the automated alert line of {clinic}. An urgent item is waiting, and nobody on call has "
        f"answered. Please tell a clinician now. Press {KEY} to say that you will.",
        took=words.heard,
        heard=words.heard,
        bye=words.bye,
    )


def fault(clinic: str, link: str) -> Wording:
    """A fault of the service, for whoever runs it: what was set aside is an item for staff, and nobody is in danger."""
    said = "Something that was planned could not be prepared and was set aside. Everything else goes on."
    return Wording(
        text=f"{clinic}: a fault of the service. {said} See the tasks: {link}",
        subject=f"{clinic}: a fault of the service",
        mail=f"{said}\n\nIt is on the task list of {clinic}:\n{link}\n\n"
        "What exactly failed is in the log of the service.\n",
        asks=f"This is the automated line of {clinic} for faults of the service. {said} "
        f"Press {KEY} to say that this call has reached you, then look at the tasks.",
        took="Thank you. Goodbye.",
        heard="Thank you. Goodbye.",
        bye="Goodbye.",
    )


def decision(clinic: str, link: str) -> Wording:
    """A session tomorrow waits for a decision of staff; whose and about what is on the signed-in page."""
    said = "A session in the next 24 hours waits for a staff decision."
    return Wording(
        text=f"{clinic}: {said} It is the first of the tasks: {link} Replies are not read.",
        subject=f"{clinic}: a session waits for a staff decision",
        mail=f"{said}\n\nSign in and decide; it is the first of the tasks:\n{link}\n\n"
        "Replies to this mail are not read.\n",
        asks=f"This is the automated line of {clinic}. {said} "
        f"Press {KEY} to say that you see to it, then sign in and open the tasks.",
        took="Thank you. It is yours now. It is the first of the tasks. Goodbye.",
        heard="Thank you. Goodbye.",
        bye="Goodbye.",
    )


def test(clinic: str, link: str) -> Wording:
    """The weekly test: the same ways, and nothing behind it."""
    return Wording(
        text=f"{clinic}: weekly test of the alert line. Nothing has happened and there is nothing to do.",
        subject=f"{clinic}: weekly test of the alert line",
        mail=f"This is the weekly test of the alert line of {clinic}. Nothing has happened.\n\n"
        f"Real alerts lead you here:\n{link}\n",
        asks=f"This is the weekly test of the alert line of {clinic}. Nothing has happened. "
        f"Press {KEY} to say that this call has reached you.",
        took="Thank you. The alert line works. Goodbye.",
        heard="Thank you. Goodbye.",
        bye="Goodbye.",
    )
