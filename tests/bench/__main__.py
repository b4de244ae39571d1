"""`python -m tests.bench`: choose parts, read the table; `--json` for a machine."""

import argparse
import sys

from tests.bench import ground, turns
from tests.bench.measure import Figure, as_json, table


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    figures: list[Figure] = []
    if "turns" in options.parts:
        for kind in ground.kinds():
            figures += turns.measured(kind, options.seconds, options.patients, options.rounds)
    print(as_json(figures) if options.json else table(figures))
    if ground.kinds() == ["sqlite"]:
        print(f"\n{ground.NO_POSTGRES}", file=sys.stderr)


PARTS = ("turns",)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"which to measure: {' '.join(PARTS)}")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each run of the load")
    parser.add_argument("--rounds", type=int, default=2, help="of bare, full and textbook by turns")
    parser.add_argument("--patients", type=int, default=240, help="who write")
    parser.add_argument("--json", action="store_true", help="print figures for a machine")
    return parser.parse_args()


if __name__ == "__main__":
    main()
