"""How much of a row is given: its ladder of doses, and how long a dose takes.

A ladder is built from the row's ``(start, top)`` ranges so that one thing changes from rung to rung (R-F).
Rung 0 is the first dose ever given. A rung whose total is not above the one before is left out; halves round
down (rulings 4.4). Seconds follow rulings 3.10. Source of the numbers: parameters.yaml.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from backmove.core.choices import Category
from backmove.core.exercise import Dose, DoseKind, Exercise, Range
from backmove.core.parameters import Parameters, SecondsFigures, StretchFigures
from backmove.core.record import GivenDose

_GRADUATION_SETS = 2
_UNDER_TEN = 10
_KEPT: Final = 1024
"""Ladders that are kept: more than the library has."""


def ladder(exercise: Exercise, *, older: bool, parameters: Parameters) -> tuple[GivenDose, ...]:
    """Every dose of a row, the smallest first. ``older`` people hold stretches longer (rulings 4.5)."""
    if exercise.dose.kind is not DoseKind.STRETCH:
        return _ladder(exercise.dose, False, None)
    return _ladder(exercise.dose, older and exercise.category is Category.STRETCH, parameters.stretch)


def start_dose(exercise: Exercise, *, older: bool, parameters: Parameters) -> GivenDose:
    """Rung 0."""
    return ladder(exercise, older=older, parameters=parameters)[0]


def start_seconds(exercise: Exercise, *, older: bool, parameters: Parameters) -> int:
    """How long the shortest sessions take for a row: one set at rung 0 (B3)."""
    return _start_seconds(start_dose(exercise, older=older, parameters=parameters), parameters.seconds)


@lru_cache(_KEPT)
def _start_seconds(dose: GivenDose, figures: SecondsFigures) -> int:
    return seconds(one_set(dose), figures)


def one_set(dose: GivenDose) -> GivenDose:
    """The first set alone: what the shortest sessions give of any dose (B3)."""
    return msgspec.structs.replace(dose, counts=dose.counts[:1])


@lru_cache(_KEPT)
def _ladder(dose: Dose, longer: bool, figures: StretchFigures | None) -> tuple[GivenDose, ...]:
    """The ladder of a dose; ``longer`` and ``figures`` are for stretches. A plan asks for the same few again and
    again."""
    if dose.kind is DoseKind.MINUTES:
        return tuple(GivenDose(kind="minutes", minutes=minutes) for minutes in _minutes(_range(dose.minutes)))
    if dose.kind is DoseKind.PYRAMID:
        return tuple(_given(dose, counts, dose.hold_s) for counts in _pyramids(dose.pyramid or ()))
    if figures is not None:
        return tuple(_given(dose, (times,), hold) for times, hold in _stretches(dose, longer, figures))
    counts = _range(dose.reps if dose.kind is DoseKind.REPS else dose.holds)
    return tuple(_given(dose, sets, dose.hold_s) for sets in _sets(_range(dose.sets), counts))


def graduation(rungs: tuple[GivenDose, ...]) -> int:
    """The rung after which the next step may come: the top count at two sets, or at the most sets if fewer.

    Sets of three are extras for people who stay; pyramids, stretches and minutes end at their last rung.
    """
    if rungs[0].kind not in ("reps", "holds"):
        return len(rungs) - 1
    return max(
        i for i, rung in enumerate(rungs) if len(rung.counts) <= max(_GRADUATION_SETS, len(rungs[0].counts))
    )


def one_set_top(rungs: tuple[GivenDose, ...]) -> int:
    """The highest rung with no more sets than the first: where the shortest sessions end (rulings 3.5)."""
    return max(i for i, rung in enumerate(rungs) if len(rung.counts) <= len(rungs[0].counts))


def middle(rungs: tuple[GivenDose, ...]) -> int:
    """The rung to come back to after a step down (rulings 4.4)."""
    return graduation(rungs) // 2


def more_sets(dose: GivenDose, exercise: Exercise) -> GivenDose | None:
    """One more set at the start count, if the row allows it: time filled, not progression (rulings 3.4)."""
    sets = exercise.dose.sets
    if sets is None or dose.kind not in ("reps", "holds") or len(dose.counts) >= sets[1]:
        return None
    start, _ = _range(exercise.dose.reps if dose.kind == "reps" else exercise.dose.holds)
    return _given(exercise.dose, (*dose.counts, start), exercise.dose.hold_s)


def amount(dose: GivenDose) -> int:
    """All repetitions, seconds held, or minutes: more is more to do, within one row."""
    return dose.minutes or sum(dose.counts) * (dose.hold_s or 1)


def seconds(dose: GivenDose, figures: SecondsFigures) -> int:
    """How long a row takes: work on both sides, rests between sets, and the change-over."""
    if dose.minutes is not None:
        return dose.minutes * 60 + figures.change_over.value
    if dose.kind == "reps":
        each = dose.tempo_s or 0
    elif dose.kind == "stretch":
        each = (dose.hold_s or 0) + figures.stretch_change.value
    else:
        each = (dose.hold_s or 0) + figures.hold_change.value
    work = sum(dose.counts) * each * dose.sides
    return work + (len(dose.counts) - 1) * dose.rest_s + figures.change_over.value


def _given(dose: Dose, counts: tuple[int, ...], hold_s: int | None) -> GivenDose:
    return GivenDose(
        kind=str(dose.kind),
        counts=counts,
        hold_s=hold_s,
        tempo_s=dose.tempo_s,
        rest_s=dose.rest_s or 0,
        sides=dose.sides,
    )


def _range(pair: Range | None) -> tuple[int, int]:
    if pair is None:
        raise ValueError("the dose of this row has no such range")
    return pair[0], pair[1]


def _rising(totals: Iterable[tuple[int, tuple[int, ...]]]) -> Iterator[tuple[int, ...]]:
    best = 0
    for total, rung in totals:
        if total > best:
            best = total
            yield rung


def _sets(sets: tuple[int, int], counts: tuple[int, int]) -> Iterator[tuple[int, ...]]:
    three = (counts[0], sum(counts) // 2, counts[1])
    rungs = [(count,) * number for number in range(sets[0], sets[1] + 1) for count in three]
    return _rising((sum(rung), rung) for rung in rungs)


def _pyramids(full: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    rungs = [tuple(holds - less for holds in full if holds > less) for less in (3, 2, 1, 0)]
    return _rising((sum(rung), rung) for rung in rungs)


def _stretches(dose: Dose, longer: bool, figures: StretchFigures) -> list[tuple[int, ...]]:
    """More times first, then longer holds, until more is no use. ``longer``: the start of older people."""
    low, high = _range(dose.times)
    first, top = _range(dose.stretch_s)
    if longer:
        first = max(first, min(figures.older_start.value, top))
    enough = (figures.older_total if longer else figures.total).value
    rungs = [(times, first) for times in range(low, high + 1)]
    rungs += [(high, hold) for hold in ((first + top) // 2, top)]
    rising = list(_rising((times * hold, (times, hold)) for times, hold in rungs))
    last = next((i for i, (times, hold) in enumerate(rising) if times * hold >= enough), len(rising) - 1)
    return rising[: last + 1]


def _minutes(pair: tuple[int, int]) -> Iterator[int]:
    """One minute more below ten, two more from there."""
    now, top = pair
    while now < top:
        yield now
        now += 1 if now < _UNDER_TEN else 2
    yield top
