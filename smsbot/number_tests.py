"""The named tests a branch table may put to a number; the docstring of each is its documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

LOW = 2
DROP = 3
LOW_MEDIAN = 3
# Fewer ratings than these show no usual day: somebody new whose first days are low is not somebody used to them.
ENOUGH_RATINGS = 3

NumberTest = Callable[[float, str, Mapping[str, float]], bool]


def low(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """A low day: 0-2, or 3 or more under the patient's own median; where that median is 3 or less, 2 or more under
    it or a first 0 (CONTENT 6 and 11.7), once there are three ratings to go by. Facts: `<name>_median`, `<name>_zeros`
    and `<name>_ratings` (how many 0s, and how many at all, came before)."""
    median = numbers.get(f"{name}_median")
    known = numbers.get(f"{name}_ratings", ENOUGH_RATINGS) >= ENOUGH_RATINGS
    if median is not None and median <= LOW_MEDIAN and known:
        return value <= median - 2 or (value == 0 and not numbers.get(f"{name}_zeros"))
    return value <= LOW or drop(value, name, numbers)


def drop(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """3 or more under the patient's own median (2 or more where that median is 3 or less). Fact: `<name>_median`."""
    median = numbers.get(f"{name}_median")
    if median is None:
        return False
    return value <= median - (2 if median <= LOW_MEDIAN else DROP)


def rise(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """2 or more over the patient's own median (CONTENT 6.2). Fact: `<name>_median`."""
    median = numbers.get(f"{name}_median")
    return median is not None and value >= median + 2


def high(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """7 or more, or the clinic's own mark. Fact: `<name>_high`."""
    return value >= numbers.get(f"{name}_high", 7)


def shaky(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """Under 7, or the clinic's own mark: a plan that should be made smaller (CONTENT F16). Fact: `<name>_shaky`."""
    return value < numbers.get(f"{name}_shaky", 7)


def little(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """0-2, whatever is usual for the patient (CONTENT 11.17)."""
    return value <= LOW


def zero(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """Exactly 0."""
    return value == 0


def some(value: float, name: str, numbers: Mapping[str, float]) -> bool:
    """1 or more (item 9 of the PHQ-9)."""
    return value >= 1


NUMBER_TESTS: dict[str, NumberTest] = {
    test.__name__: test for test in (low, drop, rise, high, shaky, little, zero, some)
}


def passed(value: float, name: str, numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Every test that a number passes, in the order of the table."""
    return tuple(test for test, holds in NUMBER_TESTS.items() if holds(value, name, numbers))
