"""Which positions of a figure a page shows, and the way from one to the next."""

import math
from typing import Final

from backmove.core.drawing import Point, camera_of
from backmove.core.pose import Figure, Pose, held_number
from backmove.core.skeleton import DIRECTIONS, solve


def way_between(figure: Figure, a: int, b: int) -> tuple[Pose, ...]:
    """Poses on the way from position ``a`` to ``b``, counted from 0, without the last."""
    first, last = figure.stances[a], figure.stances[b]
    return tuple(Pose(figure, solve(first, last, u / 8)) for u in range(8))


ALIKE: Final = 0.018
"""Two positions of which no joint is further apart on paper look the same."""


def panels(figure: Figure, most: int = 4) -> tuple[int, ...]:
    """The positions (from 0) that a page shows: every one that is stayed in and looks
    new, at most ``most``, in order."""
    camera = camera_of(figure.plan)
    chosen: list[int] = []
    seen: list[tuple[str | None, list[Point]]] = []
    for number in range(len(figure.stances)):
        if figure.plan.frames[number].hold == 0 and not figure.plan.flow:
            continue  # passed through, not stayed in
        pose = figure.at(number)
        names = [name for name in pose.joints if name not in DIRECTIONS]
        spots = [camera.flat(pose.joints[name]) for name in names]
        here = (pose.focus, spots)
        if not any(_alike(here, other) for other in seen):
            chosen.append(number)
            seen.append(here)
    return _thinned(chosen, held_number(figure), most)


def _alike(a: tuple[str | None, list[Point]], b: tuple[str | None, list[Point]]) -> bool:
    return a[0] == b[0] and all(math.dist(p, q) <= ALIKE for p, q in zip(a[1], b[1], strict=True))


def _thinned(numbers: list[int], keep: int, most: int) -> tuple[int, ...]:
    """At most ``most`` of the positions; the first and the held one stay."""
    spare = [n for n in numbers if n not in (numbers[0], keep)]
    while len(numbers) > most:
        numbers = [n for n in numbers if n != spare[0]]
        spare = spare[1:]
    return tuple(numbers)
