"""Scores 0-10 week by week as a small inline SVG: eleven exact rows, a point for each week, gaps left empty."""

from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from backmove.core.paper import Plot, WeekPoint

ROWS: Final = 10
_LEFT, _RIGHT, _TOP, _ROW = 18.0, 4.0, 6.0, 7.0
_WIDE: Final = 200.0
_FOOT: Final = 16.0
_MOST_SIZE: Final = 3.0
_HIGH: Final = _TOP + ROWS * _ROW + _FOOT
_NAMED: Final = (0, 5, 10)


def plot_svg(plot: Plot, number: int) -> Markup:
    """The plot with its title and its sentence for a screen reader; ``number`` keeps its ids apart from the others'."""
    points = [(x, week) for x, week in _across(plot.weeks) if week.score is not None]
    parts = [*_grid(), *_lines(plot.weeks), *_points(points, len(plot.weeks)), *_ends(plot)]
    title, words = f"plot-{number}", f"plot-{number}-words"
    return Markup(
        f'<svg class="plot" role="img" aria-labelledby="{title} {words}" viewBox="0 0 {_WIDE:g} {_HIGH:g}">'
        f'<title id="{title}">{escape(plot.title)}</title>'
        f'<desc id="{words}">{escape(plot.sentence)}</desc>{"".join(parts)}</svg>'
    )


def _across(weeks: tuple[WeekPoint, ...]) -> list[tuple[float, WeekPoint]]:
    """Each week with its place from left to right."""
    step = (_WIDE - _LEFT - _RIGHT - 2 * _MOST_SIZE) / max(1, len(weeks) - 1)
    return [(_LEFT + _MOST_SIZE + number * step, week) for number, week in enumerate(weeks)]


def _y(score: float) -> float:
    return _TOP + (ROWS - score) * _ROW


def _grid() -> list[str]:
    lines = [
        f'<line class="{"named" if row in _NAMED else "row"}" x1="{_LEFT:g}" x2="{_WIDE - _RIGHT:g}" '
        f'y1="{_y(row):g}" y2="{_y(row):g}"/>'
        for row in range(ROWS + 1)
    ]
    names = [f'<text x="{_LEFT - 4:g}" y="{_y(row) + 3:g}" text-anchor="end">{row}</text>' for row in _NAMED]
    return [*lines, *names]


def _lines(weeks: tuple[WeekPoint, ...]) -> list[str]:
    """Between weeks that follow each other; never over a gap."""
    return [
        f'<line class="way" x1="{x:.1f}" y1="{_y(week.score):.1f}" x2="{x2:.1f}" y2="{_y(then.score):.1f}"/>'
        for (x, week), (x2, then) in pairwise(_across(weeks))
        if week.score is not None and then.score is not None
    ]


def _points(points: list[tuple[float, WeekPoint]], weeks: int) -> list[str]:
    size = max(0.8, min(_MOST_SIZE, (_WIDE - _LEFT - _RIGHT) / max(1, weeks) / 2.5))
    return [
        f'<circle class="point" cx="{x:.1f}" cy="{_y(week.score):.1f}" r="{size:.1f}"/>'
        for x, week in points
        if week.score is not None
    ]


def _ends(plot: Plot) -> list[str]:
    """The first day and the last week's Monday below the ends."""
    y = _HIGH - 4
    first, last = plot.ends
    found = [f'<text x="{_LEFT:g}" y="{y:g}">{escape(first)}</text>']
    if last != first:
        found.append(f'<text x="{_WIDE - _RIGHT:g}" y="{y:g}" text-anchor="end">{escape(last)}</text>')
    return found
