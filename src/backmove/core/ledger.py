"""Where a person stands after the sessions so far: rungs, steps, and what rests (R-F, R-G).

A rung counts from 0 on the dose ladder of its row (core/dose.py); a step from 1 on its chain. Built up by
core/lessons.py; read-only for everyone else.
"""

from typing import Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from backmove.core.exercise import Exercise

_USUAL_EFFORT: Final = 5
"""Effort that was not said: "about right". Most people say nothing, and their plan goes on (rulings 4.1)."""


class Run(Struct):
    """Good exposures in a row at the rung in force: their efforts, None where it was not said."""

    efforts: list[int | None] = field(default_factory=list)

    def all_below(self, most: int, last: int) -> bool:
        """Whether there are so many, each of the last of them with this effort or less."""
        recent = self.efforts[-last:]
        return len(recent) >= last and all((_USUAL_EFFORT if e is None else e) <= most for e in recent)


class Marks(NamedTuple):
    """The rungs of a ladder that matter: its last, graduation, the middle, and the last one of one set each."""

    last: int
    graduation: int
    middle: int
    one_set: int


class Ledger(Struct):
    """Where a person stands after some reported sessions.

    ``own``: the row of each open chain. ``rungs``: rows above rung 0. ``given``: the rung at which
    each was last given. ``easier``: rows to give in their easier form.
    ``parked``: the first day on which a chain (or a row without one) comes back. ``changed``: the day of the last
    rise or fall of a row or chain. ``lowered``: rows that were too much and have not
    gone well since, with the row that they stand for. ``step_ups``: days of rises.
    ``levels``: for each chain the day on which a level was first worked at. ``last_day``: of a session done.
    """

    own: dict[str, Exercise]
    rungs: dict[str, int] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    easier: set[str] = field(default_factory=set)
    easier_used: set[str] = field(default_factory=set)
    trouble: dict[str, list[str]] = field(default_factory=dict)
    parked: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    lowered: dict[str, str] = field(default_factory=dict)
    step_ups: list[str] = field(default_factory=list)
    levels: dict[str, dict[int, str]] = field(default_factory=dict)
    last_day: str | None = None

    def run(self, row: str) -> Run:
        return self.runs.setdefault(row, Run())

    def copy(self) -> "Ledger":
        """The same, to go on with."""
        return replace(
            self,
            own=dict(self.own),
            rungs=dict(self.rungs),
            runs={row: Run(list(run.efforts)) for row, run in self.runs.items()},
            given=dict(self.given),
            easier=set(self.easier),
            easier_used=set(self.easier_used),
            trouble={key: list(days) for key, days in self.trouble.items()},
            parked=dict(self.parked),
            changed=dict(self.changed),
            lowered=dict(self.lowered),
            step_ups=list(self.step_ups),
            levels={chain: dict(days) for chain, days in self.levels.items()},
        )
