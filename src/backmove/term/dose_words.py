"""A dose in plain words, the same in the library, in a session and in the guide.

Seconds stand in the names (``hold_s``, ``tempo_s``). A slow repeat is one of five seconds or more.
"""

from collections.abc import Sequence
from typing import Final

from backmove.core.exercise import Dose, DoseKind, Range

SLOW_S: Final = 5
_PYRAMID_START: Final = 3
"""The first dose of a pyramid leaves out three holds of every set (prescription R-F)."""


def dose_words(
    kind: str,
    *,
    counts: Sequence[int] = (),
    hold_s: int | None = None,
    tempo_s: int | None = None,
    sides: int = 1,
    minutes: int | None = None,
) -> str:
    """One dose: "2 sets of 8 each side, hold 5 seconds". ``counts``: the count of each set."""
    if kind == DoseKind.MINUTES:
        return _plural(minutes or 0, "minute")
    each = " each side" if sides == 2 else ""
    if kind == DoseKind.STRETCH:
        return f"hold {_plural(hold_s or 0, 'second')}, {_times(sum(counts))}{each}"
    if kind == DoseKind.PYRAMID:
        return f"{_falling(counts)}{each}, {_plural(hold_s or 0, 'second')} each"
    words = _sets(counts) + each
    if kind == DoseKind.HOLDS:
        return f"{words}, hold {_plural(hold_s or 0, 'second')}"
    return f"{words}, slowly" if (tempo_s or 0) >= SLOW_S else words


def first_dose(dose: Dose) -> str:
    """The dose of the first day in words."""
    return _dose_at(dose, 0)


def most_dose(dose: Dose) -> str:
    """The most that is ever given, in words."""
    return _dose_at(dose, 1)


def effort_words(effort: Range) -> str:
    """Effort 0-10 in words: "effort 3 to 5 of 10"."""
    low, high = effort
    return f"effort {low} of 10" if low == high else f"effort {low} to {high} of 10"


def _dose_at(dose: Dose, end: int) -> str:
    kind = dose.kind
    if kind is DoseKind.MINUTES:
        return dose_words(kind, minutes=_end(dose.minutes, end))
    if kind is DoseKind.STRETCH:
        times = (_end(dose.times, end),)
        return dose_words(kind, counts=times, hold_s=_end(dose.stretch_s, end), sides=dose.sides)
    counts: tuple[int, ...]
    if kind is DoseKind.PYRAMID:
        whole = dose.pyramid or ()
        started = tuple(n - _PYRAMID_START for n in whole if n > _PYRAMID_START) or whole[-1:]
        counts = whole if end else started
    else:
        each = dose.reps if kind is DoseKind.REPS else dose.holds
        counts = (_end(each, end),) * _end(dose.sets, end)
    return dose_words(kind, counts=counts, hold_s=dose.hold_s, tempo_s=dose.tempo_s, sides=dose.sides)


def _end(both: Range | None, end: int) -> int:
    return both[end] if both else 0


def _sets(counts: Sequence[int]) -> str:
    if len(counts) <= 1:
        return _times(sum(counts))
    if len(set(counts)) == 1:
        return f"{len(counts)} sets of {counts[0]}"
    return f"sets of {_and(counts)}"


def _falling(counts: Sequence[int]) -> str:
    first, *rest = counts or (0,)
    return ", then ".join([_plural(first, "hold"), *map(str, rest)])


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _and(counts: Sequence[int]) -> str:
    return f"{', '.join(map(str, counts[:-1]))} and {counts[-1]}"
