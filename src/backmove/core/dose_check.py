"""What must hold inside one dose: the fields that its kind needs, ranges that rise, holds that stay short."""

from collections.abc import Iterable, Mapping
from typing import Final

from backmove.core.choices import Category
from backmove.core.exercise import Dose, DoseKind, Range
from backmove.core.fault import Fault

HOLD_MAX_S: Final = 10
"""Longest hold outside stretches and standing still. Source: MCG98 (by secondary pages)."""

_DOSE_FIELDS: Final[Mapping[DoseKind, tuple[str, ...]]] = {
    DoseKind.REPS: ("sets", "reps", "tempo_s", "rest_s"),
    DoseKind.HOLDS: ("sets", "holds", "hold_s", "rest_s"),
    DoseKind.STRETCH: ("times", "stretch_s"),
    DoseKind.PYRAMID: ("pyramid", "hold_s", "rest_s"),
    DoseKind.MINUTES: ("minutes",),
}
_ALL_DOSE_FIELDS: Final = tuple(dict.fromkeys(f for fields in _DOSE_FIELDS.values() for f in fields))


def dose_faults(dose: Dose, category: Category) -> Iterable[Fault]:
    """Faults of one dose: the fields its kind needs, ranges that rise, holds that stay short."""
    needed = _DOSE_FIELDS[dose.kind]
    for name in _ALL_DOSE_FIELDS:
        given = getattr(dose, name) is not None
        if name in needed and not given:
            yield Fault((name,), f"kind {dose.kind} needs {name}")
        if given and name not in needed:
            yield Fault((name,), f"kind {dose.kind} has no {name} (it has {', '.join(needed)})")
    for name in (
        "effort",
        "sets",
        "reps",
        "holds",
        "times",
        "stretch_s",
        "minutes",
        "days_per_week",
        "times_per_day",
    ):
        yield from _range_faults(name, getattr(dose, name))
    if dose.pyramid is not None and (
        not dose.pyramid or list(dose.pyramid) != sorted(dose.pyramid, reverse=True)
    ):
        yield Fault(("pyramid",), "the numbers of a pyramid fall, such as [6, 4, 2]")
    if dose.hold_s is not None and dose.hold_s > HOLD_MAX_S and category is not Category.BALANCE:
        yield Fault(("hold_s",), f"{dose.hold_s} s; holds are {HOLD_MAX_S} s at most: add holds, not seconds")


_LIMITS: Final[Mapping[str, tuple[int, int]]] = {
    "effort": (0, 10),
    "days_per_week": (1, 7),
    "times_per_day": (1, 12),
}


def _range_faults(name: str, value: Range | None) -> Iterable[Fault]:
    if value is None:
        return
    start, top = value
    low, high = _LIMITS.get(name, (1, 1000))
    if start > top:
        yield Fault((name,), f"[{start}, {top}]: the first number is the smaller one")
    if min(value) < low or max(value) > high:
        yield Fault((name,), f"[{start}, {top}]: from {low} to {high}")
