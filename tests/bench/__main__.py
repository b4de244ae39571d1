"""`python -m tests.bench [PART ...]`: figures of the product as it runs, ratios within one interleaved run."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import tests.bytecode  # noqa: F401  # before anything that is slow to compile
from tests.bench import aims, ground, moving, processes, profile, pure, sending, timers, turns
from tests.bench.measure import Figure, as_json, number, table

Options = argparse.Namespace
AT_ONCE = 10_000
BEGAN = time.monotonic()
PARTS: dict[str, Callable[[str, Options], list[Figure]]] = {
    "turns": lambda kind, options: turns.measured(kind, options.seconds, options.patients, options.rounds),
    "burst": lambda kind, options: timers.burst(kind, options.touches or AT_ONCE),
    "idle": lambda kind, options: timers.idle(kind, options.waiting),
    "moving": lambda kind, options: moving.measured(kind, options.touches or options.waiting),
    "sending": lambda kind, options: sending.measured(kind, options.texts),
}
LIMITS = {"turns": profile.turn, "burst": profile.touch}
ALONE: dict[str, Callable[[], list[Figure]]] = {"processes": processes.measured, "pure": pure.measured}


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    figures: list[Figure] = []
    work = list(_work(options))
    for place, (name, measured) in enumerate(work):
        print(f"{_elapsed()}  {place + 1} of {len(work)}: measuring {name} ...", file=sys.stderr, flush=True)
        found = measured()
        for one in found:
            if one.goal and one.met is not None:
                print(f"         {one.name}: {number(one.value)} {one.unit}", file=sys.stderr, flush=True)
        figures += found
    if options.json:
        print(as_json(figures))
        return
    print(table(figures))
    print("\n" + aims.told(figures))
    for title, told in LIMITS.items():
        if title in options.parts:
            print(f"{_elapsed()}  what limits {title} ...", file=sys.stderr, flush=True)
            print("\n" + told())
    if ground.kinds() == ["sqlite"]:
        print(f"\n{ground.NO_POSTGRES}", file=sys.stderr)
    print(f"{_elapsed()}  done", file=sys.stderr)


def _work(options: Options) -> Iterator[tuple[str, Callable[[], list[Figure]]]]:
    """Every measurement that was asked for, by name, on each database that is here."""
    for part in options.parts:
        if part in ALONE:
            yield part, ALONE[part]
        elif part in PARTS:
            for kind in ground.kinds():
                yield f"{part} on {kind}", partial(PARTS[part], kind, options)


def _elapsed() -> str:
    return f"{int(time.monotonic() - BEGAN) // 60:2d}:{int(time.monotonic() - BEGAN) % 60:02d}"


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
