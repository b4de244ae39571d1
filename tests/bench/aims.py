"""How a run stands against the aims P1-P8: one line each, met or missed by how much, and what to look at next."""

from collections.abc import Sequence

from tests.bench.measure import Figure, number

TITLES = {
    "P1": "inbound turn against a bare view and the textbook stack",
    "P2": "against Node-RED and Rasa",
    "P3": "tails of the inbound turn",
    "P4": "10,000 touches due at one instant",
    "P5": "with 1,000,000 touches waiting",
    "P6": "sending",
    "P7": "memory and start",
    "P8": "pure parts",
}
NOT_HERE = {"P2": "not measured: neither is here"}


def told(figures: Sequence[Figure]) -> str:
    """Every aim with its figures; the missed ones say what share of the aim was reached."""
    lines = ["Aims"]
    for goal, title in TITLES.items():
        mine = [one for one in figures if one.goal == goal and one.aim is not None]
        missed = sum(one.met is False for one in mine)
        state = (f"{missed} of {len(mine)} missed" if missed else "met") if mine else NOT_HERE.get(goal, "not run")
        lines.append(f"  {goal}  {title}: {state}")
        lines += [f"      {_line(one)}" for one in mine]
    return "\n".join(lines)


def _line(one: Figure) -> str:
    bound = f"{'>=' if one.better == 'more' else '<='} {number(one.aim or 0.0)} {one.unit}".rstrip()
    verdict = "met" if one.met else f"MISSED, {_reached(one)}"
    return (
        f"{one.part.split(',')[-1].strip()}: {one.name} {number(one.value)} {one.unit}".rstrip()
        + f" ({bound}) {verdict}"
    )


def _reached(one: Figure) -> str:
    aim = one.aim or 0.0
    share = one.value / aim if one.better == "more" and aim else aim / one.value if one.value else 0.0
    return f"{100 * share:.0f} % of the way"
