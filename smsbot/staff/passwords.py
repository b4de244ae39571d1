"""Passwords: 12 characters or more, none that everybody tries first, kept as scrypt; one-time ones expire."""

import re
import secrets
import string
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5
ONE_TIME = "once"
ONE_TIME_LASTS = timedelta(days=7)
# No vowels and no look-alikes: nothing to misread over the phone, and no words by accident.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
GROUPS, GROUP = 4, 4
RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgb")
RUN = 6
AROUND = string.digits + string.punctuation
LEET = str.maketrans("013457@$!", "oieastasi")
# What is left of the passwords everybody tries first, once figures, signs and repetitions are taken away.
_TRIED_FIRST = """
password passwort passwords contrasena contraseña mypassword newpassword temppassword thisismypassword letmein
letmeinnow welcome welcomeback iloveyou iloveyouforever administrator admin changeme changemenow changeit
trustnoone monkey dragon football baseball basketball superman batman princess sunshine shadow master hello
helloworld whatever starwars pokemon computer internet secret topsecret default temporary clinic clinicpassword
correcthorsebatterystaple ketamine integration summer autumn winter spring january february march april june
july august september october november december
"""
STEMS = frozenset(_TRIED_FIRST.split())
_LETTERS = re.compile(r"[^a-zñ]+")


def fault(password: str, personal: Collection[str] = ()) -> str | None:
    """What is wrong with a password as chosen; `personal` are words of its owner (name, address, clinic)."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four unrelated words do well."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if len(set(password)) < FEWEST_LETTERS or _is_common(password.casefold()):
        return "This is among the passwords that are tried first. Choose another."
    if any(len(word) > 3 and word.casefold() in password.casefold() for word in personal):
        return "Leave out your name, your address and the clinic's name."
    return None


def _is_common(password: str) -> bool:
    """A well-known word in any dress, a keyboard run, or one short piece said over and over."""
    bare = password.strip(AROUND)
    stems = {_LETTERS.sub("", password), _LETTERS.sub("", bare.translate(LEET))}
    if stems & STEMS or any(_said_over(stem) in STEMS for stem in stems):
        return True
    return _said_over(password) != password or _is_a_run(password)


def _said_over(text: str) -> str:
    """The piece a text repeats, or the text itself."""
    place = (text + text).find(text, 1) if text else 0
    return text[:place] if 0 < place < len(text) else text


def _is_a_run(password: str) -> bool:
    """Whether keyboard or alphabet runs make up most of it."""
    left = password
    for run in (*RUNS, *(run[::-1] for run in RUNS)):
        for start in range(len(run) - RUN + 1):
            left = left.replace(run[start : start + RUN], "")
    return len(left) <= len(password) // 2


def hashed(password: str) -> str:
    """As it is stored: scrypt with a salt of its own."""
    return generate_password_hash(password, method="scrypt")


def one_time() -> str:
    """A fresh password that is good for choosing another: 75 random bits in four groups."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def hashed_once(password: str, now: datetime) -> str:
    """A one-time password as it is stored, with the time its use ends."""
    return f"{ONE_TIME}:{int((now + ONE_TIME_LASTS).timestamp())}:{hashed(password)}"


def is_one_time(stored: str) -> bool:
    """Whether another password has to be chosen first."""
    return stored.startswith(ONE_TIME + ":")


@cache
def _nobodys() -> str:
    """A hash nobody has the password of, so that an unknown address takes as long as a known one."""
    return hashed(secrets.token_urlsafe(32))


def matches(stored: str | None, password: str, now: datetime) -> bool:
    """Whether this is the password; as slow for nobody's (`stored` None) as for somebody's."""
    ends = now
    if stored is not None and is_one_time(stored):
        _, end, stored = stored.split(":", 2)
        ends = datetime.fromtimestamp(int(end), UTC)
    right = check_password_hash(stored or _nobodys(), password[:LONGEST])
    return right and stored is not None and now <= ends
