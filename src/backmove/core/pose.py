"""Figures that move: a plan of positions made ready, and the pose at any moment.

For whoever shows one:

    figure = figure_of(album, "bird-dog")            # core: no disk; store/figures_file.py gives the album
    pose = frame_at(figure, seconds)                 # any time from 0 on; it comes round again
    lines = picture(pose, columns, rows, braille=True)   # term/picture.py

``figure.period_s`` is one round. ``held_at(figure)`` is the second at which the position that is held has been
reached: while a hold is counted, show ``frame_at(figure, held_at(figure))``, at rest ``frame_at(figure, 0)``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec import Struct

from backmove.core.body import Side
from backmove.core.keyframe import Album, Arm, FigurePlan, Keyframe
from backmove.core.skeleton import Joints, solve
from backmove.core.stance import UPRIGHT, Stance, mirrored, stance_of

MOVE_S: Final = 1.6
"""Seconds from one position to the next, unless the plan says otherwise."""
HOLD_S: Final = 0.7


class Step(Struct, frozen=True):
    """On the way from one stance to the next: when it begins, how long the way and the stay after it are."""

    start_s: float
    move_s: float
    hold_s: float
    a: int
    b: int


@dataclass(frozen=True, eq=False)
class Figure:
    """One exercise's figure, ready to be shown. ``stances`` are its positions in order; only itself is equal to it."""

    plan: FigurePlan
    stances: tuple[Stance, ...]
    steps: tuple[Step, ...]
    touches: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.plan.id

    @property
    def period_s(self) -> float:
        """Seconds of one round, over 0."""
        last = self.steps[-1]
        return last.start_s + last.move_s + last.hold_s

    @property
    def moves(self) -> bool:
        return len(self.stances) > 1

    @cached_property
    def moments(self) -> tuple["Pose", ...]:
        """The pose at every position and twice between: what the fixed camera must hold."""
        found = [self.at(number) for number in range(len(self.stances))]
        found += [
            Pose(self, solve(self.stances[s.a], self.stances[s.b], u))
            for s in self.steps
            for u in (0.33, 0.67)
        ]
        return tuple(found)

    def at(self, number: int) -> "Pose":
        """The pose at position ``number``, counted from 0."""
        stance = self.stances[number]
        return Pose(self, solve(stance, stance, 0.0), stance.focus, number)


class Pose(Struct, frozen=True):
    """One moment: the joints' places by name, and the figure that tells the props and the view."""

    figure: Figure
    joints: Joints
    focus: str | None = None
    """The joint that is ringed: something works there that does not show."""
    number: int | None = None
    """The position that this is, from 0; None on the way between two."""

    def figure_arm(self, side: Side) -> Arm:
        """What the plan says about an arm here (of the first position when this is none)."""
        return self.figure.stances[self.number or 0].arms[side]


def figure_of(album: Album, exercise: str) -> Figure | None:
    """The figure of an exercise; None when the album has none (an exercise of one's own)."""
    plan = album.figures.get(exercise)
    return None if plan is None else made(album, plan)


def made(album: Album, plan: FigurePlan) -> Figure:
    """A plan made ready. Raises KeyError when it names a position that is not there."""
    base = named_stance(album, plan.base)
    stances = stances_of(plan, base)
    touches = plan.touches
    if touches is None:
        touches = album.touches.get(plan.base, ())
    return Figure(plan, stances, _steps(plan), tuple(touches))


def named_stance(album: Album, name: str) -> Stance:
    """A named position, through all that it is made from."""
    entry = album.poses[name]
    start = UPRIGHT if entry.base is None else named_stance(album, entry.base)
    return stance_of(start, entry.pose)


def stances_of(plan: FigurePlan, base: Stance) -> tuple[Stance, ...]:
    """Every position in full. The first is laid over the base, each later one over the first."""
    first = stance_of(base, plan.frames[0])
    found = [first]
    for frame in plan.frames[1:]:
        found.append(mirrored(found[frame.mirror - 1]) if frame.mirror else stance_of(first, frame))
    return tuple(found)


def _steps(plan: FigurePlan) -> tuple[Step, ...]:
    count = len(plan.frames)
    order = [*range(count), 0] if plan.round else [*range(count), *range(count - 2, -1, -1)]
    if count == 1:
        order = [0, 0]
    steps: list[Step] = []
    now = 0.0
    for a, b in pairwise(order):
        frame: Keyframe = plan.frames[b]
        move = MOVE_S if frame.seconds is None else frame.seconds
        hold = (0.0 if plan.flow else HOLD_S) if frame.hold is None else frame.hold
        steps.append(Step(now, move, hold, a, b))
        now += move + hold
    return tuple(steps)


def frame_at(figure: Figure, seconds: float) -> Pose:
    """The pose ``seconds`` after the start of the figure; it repeats after ``figure.period_s``."""
    now = seconds % figure.period_s
    step = next(s for s in reversed(figure.steps) if s.start_s <= now)
    u = 1.0 if step.move_s <= 0 else min((now - step.start_s) / step.move_s, 1.0)
    eased = u if figure.plan.flow else (1 - math.cos(math.pi * u)) / 2
    a, b = figure.stances[step.a], figure.stances[step.b]
    return Pose(figure, solve(a, b, eased), a.focus if eased < 0.5 else b.focus)


def held_number(figure: Figure) -> int:
    """The position (from 0) that says most and is held: the plan's own choice, else the second, else the only one."""
    if figure.plan.still is not None:
        return figure.plan.still - 1
    return min(1, len(figure.stances) - 1)


def held_at(figure: Figure) -> float:
    """The second at which the held position has just been reached."""
    number = held_number(figure)
    if number == 0:
        return 0.0
    step = next(s for s in figure.steps if s.b == number)
    return step.start_s + step.move_s


def figures_of(album: Album) -> Mapping[str, Figure]:
    """All figures by exercise id."""
    return {name: made(album, plan) for name, plan in album.figures.items()}
