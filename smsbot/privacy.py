"""PRIVATE and SHARE: the patient's newest words withheld from staff, or given back, answer or journal entry alike."""

from smsbot.models import Answer, Inbound, JournalEntry
from smsbot.scope import Scope
from smsbot.store import privacy, turns


def set_private(scope: Scope, private: bool) -> bool:
    """Apply PRIVATE or SHARE to the newest words; False when there are none.

    An answer is hidden with the texts it was made of: each becomes a journal entry that staff see without its words.
    """
    answer = privacy.newest_answer(scope.db, scope.keys, scope.person.id)
    entry = turns.last_entry(scope.db, scope.keys, scope.person.id)
    if entry is not None and (answer is None or entry.at >= answer.at):
        entry.private = private
        if answer is not None and not private and answer.hidden:
            _show(scope, answer, entry)
        return True
    if answer is None:
        return False
    answer.hidden = private
    for text in _made_of(scope, answer):
        scope.db.add(_entry(scope, text, private))
    return True


def _made_of(scope: Scope, answer: Answer) -> list[Inbound]:
    """The texts whose words are in an answer, as it was first given."""
    if answer.conversation_id is None:
        return []
    words = scope.sealer.open("answer", "value_sealed", answer.id, answer.value_sealed)
    if answer.original_sealed is not None:
        words = scope.sealer.open("answer", "original_sealed", answer.id, answer.original_sealed)
    texts = privacy.texts_of(scope.db, scope.keys, answer.conversation_id)
    return [text for text in texts if (body := _body(scope, text)) and body in words]


def _body(scope: Scope, text: Inbound) -> str:
    return scope.sealer.open("inbound", "body_sealed", text.id, text.body_sealed).strip()


def _show(scope: Scope, answer: Answer, entry: JournalEntry) -> None:
    """Give an answer back whose texts were made private together with it."""
    texts = [text.id for text in _made_of(scope, answer)]
    if entry.inbound_id not in texts:
        return
    answer.hidden = False
    for one in privacy.entries_of(scope.db, scope.keys, texts):
        one.private = False


def _entry(scope: Scope, text: Inbound, private: bool) -> JournalEntry:
    entry_id = scope.runtime.new_id()
    return JournalEntry(
        id=entry_id,
        clinic_id=scope.clinic.id,
        patient_id=scope.person.id,
        inbound_id=text.id,
        kind="answer",
        words_sealed=scope.sealer.seal("journal_entry", "words_sealed", entry_id, _body(scope, text)),
        private=private,
        flagged=text.tier is not None,
        at=scope.now,
    )
