"""Every shipped figure, and the moments at which it is looked at."""

from collections.abc import Iterator
from functools import cache

from backmove.core.exercise import Exercise
from backmove.core.keyframe import Album, FigurePlan
from backmove.core.pose import Figure, Pose, Step, figures_of, made
from backmove.core.skeleton import solve
from backmove.store.figures_check import read_album
from backmove.store.resources import resource
from shipped import catalog

SAMPLES = 8
"""Moments on each way between two positions, beside its start."""


@cache
def album() -> Album:
    path = resource("figures.yaml")
    return read_album(path.read_bytes(), path)


@cache
def figures() -> dict[str, Figure]:
    return dict(figures_of(album()))


def row(figure: Figure) -> Exercise:
    return catalog().exercises[figure.id]


@cache
def moments(exercise: str) -> tuple[tuple[Step, float, Pose], ...]:
    """The pose at many moments of one round, with its step and how far it is on it."""
    return tuple(_moments(figures()[exercise]))


def _moments(figure: Figure) -> Iterator[tuple[Step, float, Pose]]:
    for step in figure.steps:
        if step.move_s > 0:
            for i in range(SAMPLES + 1):
                u = i / SAMPLES
                yield step, u, Pose(figure, solve(figure.stances[step.a], figure.stances[step.b], u))


def changed(exercise: str, text: str) -> Figure:
    """A figure made from the YAML of one entry, in the place of the shipped one: to see a check fail."""
    path = resource("figures.yaml")
    head = path.read_text().split("figures:\n  #")[0]
    plan: FigurePlan = read_album(f"{head}figures:\n  - {{id: {exercise}, {text}}}\n".encode(), path).figures[
        exercise
    ]
    return made(album(), plan)
