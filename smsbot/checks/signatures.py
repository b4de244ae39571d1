"""Rules about sign-off: who read the words, and whether they are still the same words."""

from __future__ import annotations

from collections.abc import Iterator

from smsbot.checks.base import Problem, place
from smsbot.content import Content
from smsbot.content.signing import content_hash, not_signed


def signed(content: Content) -> Iterator[Problem]:
    """A clinician (for Spanish a translator too) has signed every page as it is now; a changed word un-signs it."""
    for language, flow, standing in not_signed(content):
        page = content.pages[language, flow]
        hash = content_hash(content, language, flow)
        at = place(page.tree, "signed")
        if standing == "changed":
            yield at, f"changed since {page.signed.by} signed it on {page.signed.on}; read it again (hash {hash})."
        else:
            yield at, f"not signed yet. To sign: signed: {{by: your name, on: the date, hash: {hash}}}"
