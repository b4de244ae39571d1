"""Each rule of `smsbot check` finds the fault planted for it, and whole content breaks none."""

from pathlib import Path

import pytest

from smsbot import consent, wishes
from smsbot.checks import RULES, check
from smsbot.checks.fields import SETTABLE
from smsbot.checks.paths import longest
from smsbot.checks.readability import ease, english_syllables, grade, spanish_syllables
from smsbot.content.signing import content_hash
from tests.content_support import ENGLISH, FLOW, PROTOCOL, SPANISH, broken, changed, load, write

TEXTS = {"flow": FLOW, "en": ENGLISH, "es": SPANISH, "protocol": PROTOCOL}
LONG = "This day may be long and soft and full of small things that you saw on the way home to a warm room. "

PLANTED = [
    ("reachable", "flow", "missed: words", "missed: noted", "{plan: came_up, otherwise: words}", "came_up"),
    ("reachable", "flow", "  quiet:   {}", "  quiet:   {}\n  lost:    {}"),
    ("ways-out", "flow", "skip: skipped\n", ""),
    ("help", "en", "  help: Reply 1 for yes, 2 for not this time, or SKIP.\n", ""),
    ("fields", "flow", "    keep: outcome", "    keep: outcome\n    sets: pase"),
    ("fields", "flow", "    keep: outcome", "    keep: outcome\n    sets: pace"),
    ("fields", "flow", "kept:    {says: kept}", "kept:    {says: kept, sets: {pause: forever}}"),
    ("both-languages", "es", "  voice: ¿Llegó el momento de tu plan? Marca 1 si lo hiciste, 2 si esta vez no.\n", ""),
    ("both-languages", "es", "    p02: Le diste una mirada.\n", ""),
    ("idle", "en", "noted:\n", "lost:\n  text: Nobody says this.\nnoted:\n"),
    ("idle", "en", "banks:\n", "banks:\n  lost:\n    l01: Nobody says this.\n"),
    ("two-segments", "en", "Nothing more to do.", LONG * 4),
    ("two-segments", "en", "You took the time.", LONG * 3),
    ("two-segments", "en", "You took the time.", "You took the time. " * 16),
    ("two-segments", "es", "Nada más que hacer.", "Nada más que hacer. " * 7),
    ("two-segments", "en", "Press 1 for yes, 2 for not this time.", "Press 1 for yes, 2 for not this time. " * 20),
    ("gsm-7", "en", "Nothing more to do.", "Nothing more to do\u2026"),
    ("one-question", "en", "A few words, or SKIP.", "A few words, or SKIP?"),
    ("bank-asks", "en", "You looked at it.", "You looked at it?"),
    ("calm-marks", "en", "Nothing more to do.", "Nothing more to do!"),
    ("calm-marks", "es", "Gracias. Queda dicho.", "¡Gracias."),
    ("calm-marks", "es", "Gracias. Queda dicho.", "Gracias \U0001f642"),
    ("links", "en", "Nothing more to do.", "See harbor.health for more."),
    ("discreet", "en", "Nothing more to do.", "Your ketamine is noted."),
    ("discreet", "en", "Nothing more to do.", "Your dose is noted."),
    ("discreet", "es", "Nada más que hacer.", "Tu ansiedad queda dicha."),
    ("discreet", "en", "Nothing more to do.", "Your treatment is noted."),
    ("tone", "en", "Nothing more to do.", "Don't forget to rest."),
    ("tone", "en", "Nothing more to do.", "Your team will call you."),
    ("tone", "en", "Nothing more to do.", "We'll check in tomorrow."),
    ("tone", "en", "Nothing more to do.", "Everything happens for a reason."),
    ("tone", "es", "Nada más que hacer.", "Tienes que descansar."),
    ("neutral-spanish", "es", "Nada más que hacer.", "Oprime 1."),
    ("saltar", "es", "Unas palabras, o PASO.", "Unas palabras, o SALTAR."),
    ("reserved-prompt", "en", "Nothing more to do.", "Reply CANCEL if this is too much."),
    ("reserved-prompt", "en", "Nothing more to do.", "Reply STOP to end."),
    ("reserved-choice", "en", "did: [did it]", "did: [did it, end]"),
    ("reserved-choice", "es", "missed: [esta vez no]", "missed: [esta vez no, pausa]"),
    ("yes", "en", "Nothing more to do.", "Reply YES for more."),
    ("grade", "en", "Nothing more to do.", "Considerable neurological adaptation accompanies intentional "
     "contemplation whenever individuals deliberately acknowledge their emotional circumstances."),
    ("grade", "es", "Nada más que hacer.", "La contemplación deliberada acompaña considerablemente la transformación "
     "emocional de quienes reconocen sus circunstancias personales cotidianas."),
    ("speakable", "en", "Press 1 for yes, 2 for not", "Reply 1 for yes, 2 for not"),
    ("speakable", "en", "Press 1 for yes, 2 for not", "Press 1 for yes, 741 for not"),
    ("desk-hours", "en", "Nothing more to do.", "Call {desk} any day."),
    ("desk-hours", "es", "Nada más que hacer.", "Llama al {phone} en su horario."),
    ("two-segments", "es", "Gracias. Queda dicho.", "Gracias, {first}. " + "Queda dicho. " * 9),
    ("unquoted", "en", "  unquoted: We've kept your words.\n", "", ),
    ("bare", "en", "unquoted: We've kept your words.", "unquoted: We've kept {hope}."),
    ("bare", "en", "You looked at it.", "You looked at {hope}."),
    ("discreet-names", "en", "  unquoted: We've kept your words.", "  unquoted: Kept.\n  discreet: Kept, {first}."),
    ("voice-quotes", "en", "  unquoted: We've kept your words.", "  unquoted: Kept.\n  voice: We've kept {hope}."),
    ("sedation", "protocol", "after: 3 hours", "after: 2 hours"),
    ("sedation", "protocol", "2 days before start, at preferred time", "1 hours after end"),
    ("touch-lines", "protocol", "    class: P4", "    class: P4\n    line: next_morning"),
    ("touch-flows", "protocol", "    flow: small", "    flow: landing"),
]  # fmt: skip


def test_whole_content_breaks_no_rule(tmp_path: Path) -> None:
    assert broken(write(tmp_path)) == set()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}: {planted[3][:30].strip()}")
def test_a_planted_fault_is_found_by_its_rule(tmp_path: Path, planted: tuple[str, ...]) -> None:
    rule, where, *changes = planted
    text = TEXTS[where]
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        text = changed(text, old, new)
    assert rule in broken(write(tmp_path, **{where: text}))


def test_a_statement_that_asks_is_found(tmp_path: Path) -> None:
    flow = "title: A thought\nkind: statement\nstart: sent\nends:\n  sent: {says: sent}\n"
    page = 'flow: small\nlanguage: %s\nsigned: {by: "", on: ""}\nsent: Is it so?\n'
    folder = write(tmp_path, flow=flow, en=page % "en", es=page % "es", protocol=PROTOCOL)
    assert "statement-asks" in broken(folder)


def test_a_page_that_is_hard_all_over_is_found(tmp_path: Path) -> None:
    page = "flow: small\nlanguage: es\n" + "".join(
        f"{name}: Quedan anotadas tus palabras importantes para cuando prefieras volver a leerlas alguna tarde.\n"
        for name in ("sent", "other")
    )
    ends = "ends:\n  sent: {says: sent}\n  other: {says: other}\n"
    flow = f"title: A\nkind: statement\nstart: sent\nentries: [other]\n{ends}"
    english = "flow: small\nlanguage: en\nsent: A.\nother: B.\n"
    assert "page-ease" in broken(write(tmp_path, flow=flow, en=english, es=page))


def test_a_system_line_that_could_fail_is_found(tmp_path: Path) -> None:
    write(tmp_path)
    for language in ("en", "es"):
        page = f"flow: system\nlanguage: {language}\nhelp: You have {{n}}.\n"
        (tmp_path / f"message_templates/{language}/system.yaml").write_text(page, "utf-8")
    assert {"system-names", "pages"} <= broken(tmp_path)


def test_the_fields_that_content_may_set_are_the_ones_that_are_acted_on() -> None:
    assert set(SETTABLE) == set(wishes.FIELDS)
    assert SETTABLE["consent"] == set(consent.ANSWERS)
    assert SETTABLE["pace"] == {*wishes.PACES, "fewer", "more"}
    assert SETTABLE["preferred_time"] == set(wishes.PREFERRED)
    assert SETTABLE["pause"] == {*wishes.PAUSES, "open", "over"}


CHAIN = """\
title: A long talk
kind: ask
close_after: 20h
skip: over
silence: over
start: s1
steps:
{steps}ends:
  over: {{says: over}}
"""


def chain(folder: Path, count: int, line: str = "s{}") -> Path:
    """A flow of so many questions in a row, each with a help line."""
    steps = "".join(
        f"  s{number}:\n    ask: yes_no\n    says: {line.format(number)}\n"
        f"    go: {{otherwise: {f's{number + 1}' if number < count else 'over'}}}\n"
        for number in range(1, count + 1)
    )
    lines = {line.format(number) for number in range(1, count + 1)}
    body = "over: Done.\n" + "".join(f"{name}:\n  text: Is it {name}?\n  help: One or two.\n" for name in sorted(lines))
    pages = {language: f"flow: small\nlanguage: {language}\n{body}" for language in ("en", "es")}
    return write(folder, flow=CHAIN.format(steps=steps), **pages)


def test_a_path_of_more_than_eight_texts_is_found(tmp_path: Path) -> None:
    assert longest(load(chain(tmp_path / "a", 4)).scripts["small"])[0] == 8
    assert "eight-texts" not in broken(tmp_path / "a")
    assert longest(load(chain(tmp_path / "b", 5)).scripts["small"])[0] == 9
    assert "eight-texts" in broken(tmp_path / "b")


def test_a_question_asked_again_on_the_same_path_is_found(tmp_path: Path) -> None:
    assert "asked-twice" in broken(chain(tmp_path, 2, line="same"))


def test_every_rule_has_a_sentence_and_a_planted_fault() -> None:
    named = {planted[0] for planted in PLANTED}
    elsewhere = {"statement-asks", "page-ease", "system-names", "pages", "eight-texts", "asked-twice", "signed"}
    assert named | elsewhere == {rule.id for rule in RULES}
    assert all(rule.about.endswith((".", ")")) for rule in RULES)


def test_the_hash_to_sign_is_told_and_silences_the_warning(tmp_path: Path) -> None:
    before = [one for one in check(load(write(tmp_path))) if one.rule == "signed"]
    hash = content_hash(load(tmp_path), "en", "small")
    assert len(before) == 2
    assert hash in before[0].fault.message
    signed = changed(ENGLISH, 'by: "", on: ""', f"by: Dana, on: 2026-11-20, hash: {hash}")
    assert len([one for one in check(load(write(tmp_path, en=signed))) if one.rule == "signed"]) == 1


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("something", 2),
        ("idea", 3),
        ("noticed", 2),
        ("little", 2),
        ("quiet", 2),
        ("being", 2),
        ("hope", 1),
        ("needed", 2),
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("día", 2), ("guerra", 2), ("quieras", 2), ("palabras", 3), ("muy", 1), ("leer", 2), ("agua", 2)],
)
def test_spanish_syllables(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_a_short_line_is_not_rated() -> None:
    assert grade("Considerable neurological adaptation.") == 0.0
    assert ease("Transformación emocional considerable.") == 100.0


@pytest.mark.parametrize(
    ("where", "old", "room"),
    [
        ("en", "Nothing more to do.", "Nothing you need to do tonight."),
        ("es", "Nada más que hacer.", "No tienes que decidir nada."),
        ("es", "Nada más que hacer.", "No le debes nada al plan."),
    ],
)
def test_a_phrase_that_gives_room_is_no_fault(tmp_path: Path, where: str, old: str, room: str) -> None:
    assert broken(write(tmp_path, **{where: changed(TEXTS[where], old, room)})) == set()
