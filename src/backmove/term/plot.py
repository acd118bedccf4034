"""A plot of pain from 0 to 10 in a terminal: eleven exact rows, one column for each stretch, gaps left empty.

A figure is a whole number and stands on its own row, so every mark can be read back. The sentence that says the same
always stands beside it (``term/progress_view.py``).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from backmove.core.pain_course import Grain, PainPoint

ROWS: Final = range(10, -1, -1)
MARGIN: Final = 4
"""Columns before the first place for a mark: the number of the row, and the line."""
WIDEST: Final = 4
"""Columns for one stretch at most."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNS: Final = {True: ("*", "|", "+", "-"), False: ("●", "│", "└", "─")}


def can_show_plot(encoding: str | None) -> bool:
    """The stream's encoding can carry the signs."""
    try:
        "".join(_SIGNS[False]).encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def places(width: int) -> int:
    """How many stretches fit side by side."""
    return width - MARGIN


def step_for(count: int, width: int) -> int:
    """Columns from one stretch to the next."""
    return max(1, min(WIDEST, places(width) // max(1, count)))


def plot(points: Sequence[PainPoint], grain: Grain, *, width: int, ascii_only: bool) -> list[str]:
    """Eleven rows, the axis, and the months or years below. No line is wider than ``width`` if ``places`` holds."""
    mark, wall, corner, floor = _SIGNS[ascii_only]
    step = step_for(len(points), width)
    lines = []
    for row in ROWS:
        marks = (mark if point.pain == row else " " for point in points)
        cells = "".join(" " * (step // 2) + sign + " " * (step - step // 2 - 1) for sign in marks)
        lines.append(f"{row:2d} {wall}{cells}".rstrip())
    lines.append(f"   {corner}{floor * (step * len(points))}")
    lines.append(_labels([point.first_day for point in points], grain, step, width))
    return lines


def _labels(days: Sequence[str], grain: Grain, step: int, width: int) -> str:
    """Names of months or years where they begin. Years come first; a name that has no room is left out."""
    line = [" "] * width
    marks = [(MARGIN + place * step + step // 2, name) for place, name in _named(days, grain)]
    if len(marks) > 1 and marks[1][0] - marks[0][0] <= len(marks[0][1]):
        del marks[0]
    for at, name in sorted(marks, key=lambda mark: not mark[1].isdecimal()):
        around = line[max(0, at - 1) : at + len(name) + 1]
        if at + len(name) <= width and set(around) == {" "}:
            line[at : at + len(name)] = name
    return "".join(line).rstrip()


def _named(days: Sequence[str], grain: Grain) -> Iterator[tuple[int, str]]:
    """Places at which a month or a year begins, the first place included. January is told by its year."""
    before = ""
    for place, day in enumerate(days):
        by_year = grain in (Grain.QUARTER, Grain.YEAR)
        there = day[:4] if by_year else day[:7]
        if there != before:
            month = date.fromisoformat(day).month
            yield place, day[:4] if by_year or (month == 1 and before) else _MONTHS[month - 1]
        before = there
