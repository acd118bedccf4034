"""Levels climbed, from the records alone: no library is read.

A level is a step of a chain. One was climbed when a harder step than ever was done on a good day, after the one below
had been done at least twice at the same place with more than its start dose (every step is earned at a higher one).
So a place, a bad day or a first week with easier rows is no descent and the way back from it no climb. A step that was
lost and came back is counted once, and rows that a therapist's plan asks for are no climb of one's own.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.record import Done, GivenItem, Session

EQUALS: Final = frozenset({"brace", "breath", "desk", "ham", "standdog", "standhip"})
"""Chains whose rows are equals and no ladder. ``data/parameters.yaml`` says the same (placement.equals)."""
BY_PLAN: Final = "plan"
"""The slot of a row that stands there because a therapist's plan says so (``core/plan.py`` says the same)."""
EXPOSURES: Final = 2
"""A step rises after so many good sessions (R-F3); the parameters say the same (progress.exposures)."""


class Climb(Struct, frozen=True):
    """A chain on which a harder step was reached. Steps count from 1; exercises are ids; ``day``: when ``to`` was
    first done."""

    chain: str
    from_exercise: str
    from_step: int
    to_exercise: str
    to_step: int
    day: str


class _Top(Struct):
    """The highest step so far, and how often it was done at each place above its start dose."""

    exercise: str
    step: int
    times: dict[str, int]


def climbs_of(
    sessions: Iterable[Session], reports: Mapping[str, Done], first_day: str, last_day: str
) -> tuple[Climb, ...]:
    """What was climbed in the period, in the order of the chains' names; one climb for steps that follow each other.

    ``sessions``: all of them, in the order of time; those before the period say where it begins.
    """
    tops: dict[str, _Top] = {}
    climbed: dict[str, list[Climb]] = {}
    for session in sessions:
        report = reports.get(session.id)
        if report is None or session.day > last_day or session.zone != "green" or session.mode != "normal":
            continue
        for item in _completed(session, report):
            if item.chain is None or item.step is None or item.chain in EQUALS:
                continue
            top = tops.get(item.chain)
            if top is not None and item.step == top.step:
                top.times[session.place] = top.times.get(session.place, 0) + (item.rung > 0)
            elif top is None or item.step > top.step:
                if (
                    top is not None
                    and top.times.get(session.place, 0) >= EXPOSURES
                    and session.day >= first_day
                ):
                    step = Climb(item.chain, top.exercise, top.step, item.exercise, item.step, session.day)
                    _add(climbed.setdefault(item.chain, []), step)
                tops[item.chain] = _Top(item.exercise, item.step, {session.place: int(item.rung > 0)})
    return tuple(climb for chain in sorted(climbed) for climb in climbed[chain])


def _add(climbed: list[Climb], step: Climb) -> None:
    """One more step; with the one before it, where it goes on from there."""
    if climbed and climbed[-1].to_step == step.from_step:
        last = climbed.pop()
        step = replace(step, from_exercise=last.from_exercise, from_step=last.from_step)
    climbed.append(step)


def _completed(session: Session, report: Done) -> list[GivenItem]:
    """The main rows that were done as given. Of a session that was not done to its end only rows that were named."""
    if report.status == "stopped":
        return []
    words = {row.exercise: row.status for row in report.rows}
    otherwise = "completed" if report.status == "done" else "skipped"
    return [
        item
        for item in session.items
        if item.block == "main"
        and not (item.easier or item.slot == BY_PLAN)
        and words.get(item.exercise, otherwise) == "completed"
    ]
