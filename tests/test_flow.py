"""A flow file is read whole, and every fault in it is told at its line in words a clinician understands."""

from pathlib import Path

import pytest

from smsbot.flow import Step
from tests.content_support import FLOW, changed, faults, load, write


def test_a_flow_is_read_as_it_is_written(tmp_path: Path) -> None:
    flow = load(write(tmp_path)).scripts["small"].flow
    step = flow.steps["came_up"]
    assert flow.start == (("plan", "came_up"), ("otherwise", "words"))
    assert step.choices == (("1", "did"), ("2", "missed"))
    assert step.go == (("did", "done"), ("missed", "words"), ("unclear", "noted"))
    assert (flow.close_after, flow.skip_to(step), flow.silent_to(step)) == (1200, "skipped", "quiet")
    assert flow.ends["done"].marks == ("plan_made",)
    assert isinstance(flow.place("words"), Step)


def test_every_way_on_is_told_with_skip_and_silence(tmp_path: Path) -> None:
    flow = load(write(tmp_path)).scripts["small"].flow
    assert flow.ways(flow.steps["words"]) == (
        ("none", "skipped"), ("otherwise", "kept"), ("skip", "skipped"), ("silence", "quiet"),
    )  # fmt: skip


PLANTED = [
    ("go: {did: done,", "go: {did: donne,", 17, "'donne' is not a step or an end of this flow. Did you mean 'done'?"),
    ("    ask: words", "    ask: wrods", 19, "'ask: wrods' is not known. Did you mean 'words'?"),
    ("keep: outcome", "keeps: outcome", 16, "the step 'came_up' has no 'keeps'. Did you mean 'keep'?"),
    ("kind: ask", "kind: question", 5, "'kind: question' is not known."),
    ("title: A small check\n", "", 1, "a flow needs 'title:'."),
    ("close_after: 20h", "close_after: soon", 7, "a length of time such as 20h"),
    ("close_after: 20h\n", "", 1, "needs 'close_after:'"),
    ("silence: quiet", "silence: words", 9, "silence closes the conversation"),
    ("skip: skipped", "skip: skiped", 8, "Did you mean 'skipped'?"),
    (
        "missed: words, unclear: noted}",
        "missed: words}",
        17,
        "where to go for: unclear. Add 'otherwise:'.",
    ),
    (
        "missed: words, unclear",
        "vage: words, unclear",
        17,
        "'vage' cannot be told from the answer to 'came_up'.",
    ),
    ("go: {none: skipped, otherwise", "go: {none: words, otherwise", 18, "'words' leads back to itself"),
    ("choices: {1: did, 2: missed}", "choices: {1: did, 3: missed}", 15, "numbered 1, 2, 3 in order, not '3'"),
    ("choices: {1: did, 2: missed}", "choices: {1: did, 2: did}", 15, "two choices of 'came_up' have the same name"),
    ("    choices: {1: did, 2: missed}\n", "", 14, "needs 'choices: {1: ..., 2: ...}'"),
    ("    ask: words", "    ask: number", 19, "needs a range such as 0-10"),
    ("    ask: words", "    ask: words\n    range: 0-10", 20, "asks words, so it has no 'range'"),
    ("    ask: words", "    ask: number\n    range: 10-0", 20, "should be two numbers such as 0-10"),
    ("start: {plan: came_up, otherwise: words}", "start: {plan: came_up}", 11, "Add 'otherwise:'."),
    (
        "start: {plan: came_up",
        "start: {plans: came_up",
        11,
        "'plans' is not among the facts of this flow.",
    ),
    ("facts: [plan]", "facts: [plan]\nrank: high", 7, "'rank' should be a whole number"),
    ("  words:\n", "  done:\n", 23, "'done' is a step and an end"),
    ("  words:\n", "  Words:\n", 18, "small letters, digits and _ only"),
    ("    keep: hope", "    keep: hope\n    alert: {lost: x}", 21, "'lost' is not a branch of this step"),
    ("    keep: hope", "    unless: nowhere", 20, "'nowhere' is not among the facts"),
    ("kept:    {says: kept}", "kept:    {says: kept, opens: big}", 24, "there is no flow 'big' to open"),
    ("kept:    {says: kept}", "kept:    {says: keep}", 24, "'keep' has no line in message_templates/en/small.yaml"),
    (
        "lead: praise",
        "lead: prays",
        23,
        "'prays' is no bank of message_templates/en/small.yaml.",
    ),
    ("kind: ask", "kind: statement", 1, "a statement asks nothing"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), PLANTED)
def test_a_planted_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    found = faults(write(tmp_path, flow=changed(FLOW, old, new)))
    assert any(one.startswith(f"flows/small.yaml:{line}: ") and message in one for one in found), found


def test_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    flow = changed(changed(FLOW, "skip: skipped", "skip: nowhere"), "facts: [plan]", "fact: [plan]")
    found = faults(write(tmp_path, flow=flow, en="flow: small\n", es="language: es: x\n"))
    assert {one.split(":")[0] for one in found} == {
        "flows/small.yaml", "message_templates/en/small.yaml", "message_templates/es/small.yaml",
    }  # fmt: skip


def test_a_flow_with_too_many_steps_is_refused(tmp_path: Path) -> None:
    steps = "".join(f"  s{number}:\n    ask: words\n    go: {{otherwise: kept}}\n" for number in range(61))
    found = faults(write(tmp_path, flow=changed(FLOW, "ends:\n", f"{steps}ends:\n")))
    assert any("at most 60 steps" in one for one in found)
