"""The numbers that move a plan from day to day, as ``data/parameters.yaml`` gives them.

Conventions as in ``core/figure.py``: a class is one group of the file, a field one entry; the reasons stand in the
file, beside the numbers. What a response is (ok, watch, overload) can lock a session, so those numbers stand in
code (docs/decisions/0007).
"""

from collections.abc import Mapping

from msgspec import Struct

from backmove.core.choices import Fear
from backmove.core.figure import Figure, Words


class ProgressFigures(Struct, frozen=True):
    """How rungs and steps go up and down (R-F, rulings 4.1-4.4)."""

    exposures: Figure
    easy_exposures: Figure
    easy_effort: Figure
    effort_max: Figure
    step_effort_max: Figure
    rung_ups: Figure
    step_ups: Figure
    step_ups_week: Figure
    again_days: Figure
    park_days: Figure
    parked_help: Figure
    hard_sessions: Figure
    hard_days: Figure
    impact_usual_max: Figure
    impact_days: Figure


class GapFigures(Struct, frozen=True):
    """Missed days (R-G): from so many days since the last session on."""

    hold: Figure
    rung: Figure
    step: Figure
    restart: Figure
    step_level: Figure
    restart_level: Figure
    minutes: Figure
    walk_rung: Figure
    walk_step: Figure
    walk_restart: Figure
    walk_least: Figure


class FlareFigures(Struct, frozen=True):
    """Flare-ups (R-E)."""

    red_days: Figure
    rise: Figure
    amber_from: Figure
    amber_rise: Figure
    over_rise: Figure
    over_entries: Figure
    quiet_days: Figure
    review_days: Figure
    plan_after: Figure


class WalkFigures(Struct, frozen=True):
    """Walking, or what stands for it (R-I, E2, rulings 3.15 and 4.8)."""

    start: Figure
    start_share: Figure
    baseline: Figure
    easy_least: Figure
    easy_most: Figure
    steady_most: Figure
    days: Figure
    most: Figure
    flare_share: Figure
    enough: Figure
    half: Figure
    step_share: Figure
    step_least: Figure
    step_most: Figure
    back_share: Figure
    more_days_from: Figure
    goal_days: Figure
    limb: Figure
    goal_weeks: Figure


class SpacingFigures(Struct, frozen=True):
    """Days between hard rows, and when a set of rows changes (H4, R-K)."""

    hard_level: Figure
    hard_days: Figure
    two_sets_after: Figure
    swap_days: Figure


class DirectionFigures(Struct, frozen=True):
    """The way of moving that helps, and the way that does not (R-J)."""

    blocked_days: Figure
    dropped_days: Figure
    reopen_days: Figure
    repeats: Figure
    reopen_level: Figure


class FearFigures(Struct, frozen=True):
    """Steps towards a feared move (R-O4)."""

    low: Figure
    fall: Figure
    exposures: Figure


class FearLadders(Struct, frozen=True):
    """The rows of each ladder, the easiest first."""

    source: Words
    rows: Mapping[Fear, tuple[str, ...]]


class MaintenanceFigures(Struct, frozen=True):
    """Staying well (R-N)."""

    sessions: Figure
    light_after: Figure


class MaintenanceWeeks(Struct, frozen=True):
    """Weeks with a planning question and with a question about what got in the way."""

    source: Words
    planning: tuple[int, ...]
    barrier: tuple[int, ...]


class CheckinFigures(Struct, frozen=True):
    """The weekly look back (R-P2, triage.md c). ``poor``: from here on, on a scale where 10 is worst."""

    every: Figure
    poor: Figure
    poor_items: Figure
    flags_every: Figure
