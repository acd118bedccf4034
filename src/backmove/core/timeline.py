"""A session as time: each row becomes phases and cues at seconds from its beginning.

The seconds of a row are those of ``core/dose.py``, so that a session lasts as long as it was said to (I15). The
change-over is the time to get ready and the lead-in; the change between holds is used to let go or to change sides;
a change of side between repeats comes out of the change-over, and from the second set on out of the rest.

Reading is not on the clock: a row with a ``wait`` stands still at its beginning until the person says "go on" (a row
that is new, a way down to the floor or up from it, and once the stop signs).
"""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from backmove.core.exercise import Position
from backmove.core.parameters import SecondsFigures
from backmove.core.plan import Block, PlannedItem

LEAD_S: Final = 3
"""3, 2, 1."""
SIDE_S: Final = 3
"""To change sides between two repeats."""
BREATH_HOLD_S: Final = 5
"""A hold this long has a breath prompt. Source: prescription R-Q4."""
BREATH_AT_S: Final = 2
BREATH_EVERY_S: Final = 10
HALF_FROM_S: Final = 20
"""Shorter phases have no half time: the call would run into the next one."""
SOON_FROM_S: Final = 60
SOON_S: Final = 10
"""So long before the end of a long phase the next exercise is announced."""
COUNT_FROM_S: Final = 6
"""Rests this long end with 3, 2, 1."""


class Kind(StrEnum):
    """What a phase is."""

    READY = "ready"
    LEAD = "lead"
    REPEAT = "repeat"
    HOLD = "hold"
    LET_GO = "let-go"
    SIDE = "side"
    REST = "rest"
    STEADY = "steady"
    """Minutes of one thing, at one's own pace."""


WORK: Final = frozenset({Kind.REPEAT, Kind.HOLD, Kind.STEADY})


class Wait(StrEnum):
    """Why a row stands still before it begins."""

    SIGNS = "signs"
    NEW = "new"
    DOWN = "down"
    UP = "up"
    READ = "read"


class Phase(Struct, frozen=True):
    """A piece of a row, from ``at`` for ``seconds``. ``number`` of ``of`` counts repeats or holds in this set on this
    side, ``set`` of ``sets`` and ``side`` of ``sides`` from 1."""

    kind: Kind
    at: float
    seconds: float
    number: int = 0
    of: int = 0
    set: int = 1
    sets: int = 1
    side: int = 1
    sides: int = 1

    @property
    def end(self) -> float:
        return self.at + self.seconds


class Call(StrEnum):
    """What a cue says."""

    PHASE = "phase"
    """The phase begins."""
    COUNT = "count"
    BREATHE = "breathe"
    HALF = "half"
    SOON = "soon"


class Cue(Struct, frozen=True):
    """Something to say at a second of the row. ``number``: what is counted (3, 2, 1)."""

    call: Call
    at: float
    phase: Phase
    number: int = 0


class Row(Struct, frozen=True):
    """One exercise in time. ``wait`` None: the clock runs on into it."""

    item: PlannedItem
    phases: tuple[Phase, ...]
    cues: tuple[Cue, ...]
    wait: Wait | None = None

    @property
    def seconds(self) -> float:
        return self.phases[-1].end

    def phase_at(self, at: float) -> Phase:
        """The phase that runs at this second; the last one at the end."""
        return next((phase for phase in self.phases if at < phase.end), self.phases[-1])


def timeline(
    items: Sequence[PlannedItem], figures: SecondsFigures, *, known: Collection[str], read_all: bool = False
) -> tuple[Row, ...]:
    """The rows of a session in order. ``known``: exercises that the person has done before; ``read_all``: every row
    waits until it was read (where the words are spoken or read line by line)."""
    first_main = next((i for i, item in enumerate(items) if item.block is Block.MAIN), None)
    rows = []
    for place, item in enumerate(items):
        wait = Wait.SIGNS if place == first_main else _wait(items, place, known)
        rows.append(row_of(item, figures, wait=wait or (Wait.READ if read_all else None)))
    return tuple(rows)


def row_of(item: PlannedItem, figures: SecondsFigures, *, wait: Wait | None = None) -> Row:
    """One exercise in time."""
    phases = tuple(_placed(_phases(item, figures)))
    return Row(item, phases, tuple(cue for phase in phases for cue in _cues(phase)), wait)


def total_seconds(rows: Sequence[Row]) -> float:
    """What all rows take, without reading."""
    return sum(row.seconds for row in rows)


_FLOOR: Final = frozenset(
    {Position.FLOOR_SUPINE, Position.PRONE, Position.QUADRUPED, Position.SIDE_LYING, Position.KNEELING}
)


def _wait(items: Sequence[PlannedItem], place: int, known: Collection[str]) -> Wait | None:
    here = items[place].exercise
    down = here.position in _FLOOR
    was_down = place > 0 and items[place - 1].exercise.position in _FLOOR
    if here.id not in known:
        return Wait.NEW
    if down != was_down:
        return Wait.DOWN if down else Wait.UP
    return None


# --- phases -----------------------------------------------------------------------------------------------


def _placed(phases: Iterator[Phase]) -> Iterator[Phase]:
    at = 0.0
    for phase in phases:
        if phase.seconds > 0:
            yield Phase(
                phase.kind,
                at,
                phase.seconds,
                phase.number,
                phase.of,
                phase.set,
                phase.sets,
                phase.side,
                phase.sides,
            )
            at += phase.seconds


def _phases(item: PlannedItem, figures: SecondsFigures) -> Iterator[Phase]:
    """The phases in order, all at second 0. A phase may be empty."""
    dose = item.dose
    over = figures.change_over.value
    if dose.minutes is not None:
        yield from _lead(over)
        yield Phase(Kind.STEADY, 0, dose.minutes * 60)
        return
    sets, sides = len(dose.counts), dose.sides
    turns = dose.kind == "reps" and sides > 1
    yield from _lead(over - (SIDE_S if turns else 0))
    for number, count in enumerate(dose.counts, 1):
        if number > 1:
            rest = dose.rest_s - (SIDE_S if turns else 0)
            yield Phase(Kind.REST, 0, rest, set=number, sets=sets, sides=sides)
        for side in range(1, sides + 1):
            last = side == sides
            if dose.kind == "reps":
                yield from _repeats(count, dose.tempo_s or 0, number, sets, side, sides)
                if not last:
                    yield Phase(Kind.SIDE, 0, SIDE_S, set=number, sets=sets, side=side + 1, sides=sides)
            else:
                change = (figures.stretch_change if dose.kind == "stretch" else figures.hold_change).value
                yield from _holds(count, dose.hold_s or 0, change, number, sets, side, sides)


def _lead(seconds: float) -> Iterator[Phase]:
    yield Phase(Kind.READY, 0, seconds - LEAD_S)
    yield Phase(Kind.LEAD, 0, min(LEAD_S, seconds))


def _repeats(count: int, tempo_s: int, number: int, sets: int, side: int, sides: int) -> Iterator[Phase]:
    for n in range(1, count + 1):
        yield Phase(Kind.REPEAT, 0, tempo_s, n, count, number, sets, side, sides)


def _holds(
    count: int, hold_s: int, change_s: int, number: int, sets: int, side: int, sides: int
) -> Iterator[Phase]:
    """Holds of one set on one side. The change after the last one is the change of side, where one follows."""
    for n in range(1, count + 1):
        yield Phase(Kind.HOLD, 0, hold_s, n, count, number, sets, side, sides)
        if n == count and side < sides:
            yield Phase(Kind.SIDE, 0, change_s, set=number, sets=sets, side=side + 1, sides=sides)
        else:
            yield Phase(Kind.LET_GO, 0, change_s, n, count, number, sets, side, sides)


# --- cues -------------------------------------------------------------------------------------------------


def _cues(phase: Phase) -> list[Cue]:
    """What is said in one phase, in order of time."""
    if phase.kind is Kind.LEAD:
        whole = int(phase.seconds)
        return [Cue(Call.COUNT, phase.end - n, phase, n) for n in range(whole, 0, -1)]
    cues = [Cue(Call.PHASE, phase.at, phase)]
    half = phase.at + phase.seconds / 2
    halved = phase.kind in WORK and phase.seconds >= HALF_FROM_S
    if halved:
        cues.append(Cue(Call.HALF, half, phase))
    if phase.kind is Kind.HOLD and phase.seconds >= BREATH_HOLD_S:
        breaths = _breaths(phase)
        cues += [
            Cue(Call.BREATHE, at, phase) for at in breaths if not (halved and abs(at - half) <= BREATH_AT_S)
        ]
    if phase.kind is Kind.STEADY and phase.seconds >= SOON_FROM_S:
        cues.append(Cue(Call.SOON, phase.end - SOON_S, phase))
    if phase.kind is Kind.REST and phase.seconds >= COUNT_FROM_S:
        cues += [Cue(Call.COUNT, phase.end - n, phase, n) for n in range(LEAD_S, 0, -1)]
    return sorted(cues, key=lambda cue: cue.at)


def _breaths(phase: Phase) -> Iterator[float]:
    at = phase.at + BREATH_AT_S
    while at <= phase.end - BREATH_AT_S:
        yield at
        at += BREATH_EVERY_S
