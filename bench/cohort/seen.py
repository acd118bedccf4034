"""What is kept of a session while the next one is awaited."""

from dataclasses import dataclass

from backmove.core.plan import PlannedItem
from backmove.core.record import Done
from backmove.core.zone import Mode, Zone


@dataclass
class Row:
    """Where a main row stood when it was last given."""

    day: int
    step: int
    rung: int
    level: int
    total: int
    easier: bool


@dataclass
class Given:
    """The last session, as far as the next one is bound by it."""

    day: int
    zone: Zone
    mode: Mode
    pain: int
    rows: tuple[str, ...]
    done: Done | None = None


def chain_of(item: PlannedItem) -> str:
    """The chain of a row; a row without one stands for itself."""
    return item.exercise.chain.id if item.exercise.chain else item.exercise.id


def total_of(item: PlannedItem) -> int:
    """All repeats, holds, seconds of a stretch or minutes of a row, with what only fills the time."""
    if item.dose.kind == "stretch":
        return sum(item.dose.counts) * (item.dose.hold_s or 1)
    return sum(item.dose.counts) or item.dose.minutes or 0
