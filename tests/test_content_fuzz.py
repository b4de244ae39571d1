"""However a file is spoiled, the loader answers with faults and never with a crash; what loads can be used."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot import engine
from smsbot.checks import check
from smsbot.content import Content, ContentFaults, Fault
from smsbot.drawing import mermaid, svg
from smsbot.engine import Facts, Heard
from tests.content_support import ENGLISH, FLOW, SPANISH, load, write

FILES = {"flow": FLOW, "en": ENGLISH, "es": SPANISH}
PIECES = st.sampled_from(
    (
        "",
        ":",
        "{",
        "}",
        "[",
        "]",
        "- ",
        "'",
        '"',
        "\n",
        "  ",
        "\t",
        "#",
        "x: y\n",
        "done",
        "otherwise",
        "{hope}",
        "é",
        "1",
        "~",
    )
)


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, str]:
    """The three files with up to three cuts or insertions in one of them."""
    where = draw(st.sampled_from(sorted(FILES)))
    text = FILES[where]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.sampled_from((0, 0, 1, 2, 8, 30))) :]
    return {where: text}


@settings(max_examples=120, deadline=None)
@given(spoiled())
def test_spoiled_files_give_faults_and_never_a_crash(files: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        faults, found = _loaded(write(Path(folder), **files))
    assert (found is None) == bool(faults)
    assert all(fault.line >= 1 and fault.message for fault in faults)
    if found is not None:
        _use(found)


def _loaded(folder: Path) -> tuple[list[Fault], Content | None]:
    try:
        return [], load(folder)
    except ContentFaults as error:
        return error.faults, None


def _use(found: Content) -> None:
    """Checks, draws and talks through whatever did load."""
    check(found)
    for script in found.scripts.values():
        svg(script)
        mermaid(script, "es")
        for facts in (Facts(), Facts(language="es", values={"plan": "x"}, echo=True)):
            turn = engine.start(script, facts)
            for answer in ("1", "purple", "", "a walk by the river", "purple"):
                turn = engine.reply(script, turn.state, Heard(answer), facts)
            assert turn.state.end
