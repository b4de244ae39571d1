"""`python -m tests.bench [PART ...]`: figures of the product as it runs, ratios within one interleaved run."""

import argparse
import sys
from collections.abc import Callable

import tests.bytecode  # noqa: F401  # before anything that is slow to compile
from tests.bench import ground, moving, processes, profile, pure, sending, timers, turns
from tests.bench.measure import Figure, as_json, table

Options = argparse.Namespace
AT_ONCE = 10_000
PARTS: dict[str, Callable[[str, Options], list[Figure]]] = {
    "turns": lambda kind, options: turns.measured(kind, options.seconds, options.patients, options.rounds),
    "burst": lambda kind, options: timers.burst(kind, options.touches or AT_ONCE),
    "idle": lambda kind, options: timers.idle(kind, options.waiting),
    "moving": lambda kind, options: moving.measured(kind, options.touches or options.waiting),
    "sending": lambda kind, options: sending.measured(kind, options.texts),
}
ALONE: dict[str, Callable[[], list[Figure]]] = {"processes": processes.measured, "pure": pure.measured}


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    figures: list[Figure] = []
    for part in options.parts:
        print(f"measuring {part} ...", file=sys.stderr)
        if part in ALONE:
            figures += ALONE[part]()
        elif part in PARTS:
            for kind in ground.kinds():
                figures += PARTS[part](kind, options)
    print(as_json(figures) if options.json else table(figures))
    if not options.json and "turns" in options.parts:
        print("\nWhat limits a turn (share of its time):\n" + profile.told())
    if ground.kinds() == ["sqlite"]:
        print(f"\n{ground.NO_POSTGRES}", file=sys.stderr)
    print("P2 is not measured: Node-RED and Rasa are not here.", file=sys.stderr)


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    every = [*PARTS, *ALONE]
    parser.add_argument("parts", nargs="*", default=every, metavar="PART", help=f"any of: {', '.join(every)}")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each run of the load")
    parser.add_argument("--rounds", type=int, default=2, help="of bare, full and textbook by turns")
    parser.add_argument("--patients", type=int, default=240, help="who write")
    parser.add_argument("--touches", type=int, help=f"due at one instant ({AT_ONCE:,}), or waiting while sessions move")
    parser.add_argument("--waiting", type=int, default=timers.MANY, help="touches not yet due")
    parser.add_argument("--texts", type=int, default=1_500, help="to send")
    parser.add_argument("--json", action="store_true", help="print figures for a machine")
    return parser.parse_args()


if __name__ == "__main__":
    main()
