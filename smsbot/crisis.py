"""Which crisis line answers a finding: by kind, tier, whether the clinic could be told, and what was said lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

REPEAT = timedelta(hours=1)

# kind -> (line when the alert was accepted, line when it was not); CONTENT.md 3.1 and 11, RULINGS 3-4.
BY_KIND: Mapping[str, tuple[str, str]] = {
    "harm_other": ("crs_1h", "crs_1hb"),
    "medical_emergency": ("crs_1m", "crs_1mb"),
    "overdose": ("crs_1m", "crs_1mb"),
    "abuse": ("crs_2d", "crs_2db"),
    "unsafe_ride": ("rid_1", "rid_1b"),
    "hotline_digits": ("crs_9", "crs_9b"),
    "worry_urgent": ("crs_3m", "crs_3mb"),
    "disclosure": ("dis_1", "dis_1"),
    "misconduct": ("cmp_1", "cmp_1b"),
    "item9_unchanged": ("crs_2q", "crs_2q"),
}
BY_TIER: Mapping[int, tuple[str, str]] = {1: ("crs_1", "crs_1b"), 2: ("crs_2", "crs_2b"), 3: ("crs_3", "crs_3")}
# Lines that say nothing a repeat within the hour would add, by the tier they belong to.
REPEATED = "crs_r"


@dataclass(frozen=True)
class Standing:
    """What is known when a line is chosen; `last_by_tier` is when a crisis line of a tier last went to this person."""

    told: bool
    enrolled: bool
    open_now: bool
    after_hours: bool
    last_by_tier: Mapping[int, datetime]
    now: datetime


def line_for(tier: int, kind: str, standing: Standing) -> str:
    """The system line to answer with.

    1. Someone nobody enrolled gets the line that names no clinic.
    2. The same tier, or a lower one than was answered within the hour, gets the one-line repeat; a higher one never.
    3. A clinic with no after-hours response says so while it is closed (tier 2 without a kind of its own).
    4. Otherwise the kind's own line, else the tier's; the b-line wherever the clinic could not be told.
    """
    if not standing.enrolled:
        return "crs_9_unknown" if kind == "hotline_digits" else "crs_1_unknown" if tier == 1 else "crs_2_unknown"
    if any(said <= tier and standing.now - at < REPEAT for said, at in standing.last_by_tier.items()):
        return REPEATED
    if tier == 2 and kind not in BY_KIND and not standing.open_now and not standing.after_hours:
        return "crs_2n"
    told_line, untold_line = BY_KIND.get(kind) or BY_TIER[tier]
    return told_line if standing.told else untold_line
