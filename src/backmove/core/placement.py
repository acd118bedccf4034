"""Where a person stands on each chain: the seam between the placement questions and progression.

Today the answer comes from five questions alone (R-O2, rulings 3.9): nothing is ever placed above level 2,
and an answer that was not given counts as no. What sessions teach (R-F) will change what ``own_steps``
returns, nothing else.

Steps count from 1; step 0 is a chain that is not open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from backmove.core.choices import Category
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise, Position, Status
from backmove.core.parameters import Parameters
from backmove.core.profile import Profile

LYING: Final = frozenset(
    {Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED, Position.KNEELING}
)
"""Positions that need the floor (or, some rows, a bed)."""

WALKING: Final = "walk"
"""The chain that comfortable walking minutes place."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A person's own step of each chain, the level that it has, and the highest level reached in each
    category.

    ``rungs`` holds the rung of the dose ladder for each exercise that is above 0.
    """

    step: Mapping[str, int] = field(default_factory=dict)
    level: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[Category, int] = field(default_factory=dict)
    rungs: Mapping[str, int] = field(default_factory=dict)

    def admit(self, exercise: Exercise) -> bool:
        """Whether the row is no harder than the person's own step of its chain, or than what its category
        reached."""
        if exercise.chain is None:
            return exercise.level <= self.reached.get(exercise.category, 1)
        return exercise.level <= self.level.get(exercise.chain.id, 0)

    def rung(self, exercise: Exercise) -> int:
        return self.rungs.get(exercise.id, 0)


def own_steps(profile: Profile, diary: Diary, catalog: Catalog, parameters: Parameters) -> Steps:
    """The person's own step of every chain.

    ``diary`` is not read yet: progression (R-F), gaps (R-G) and flares (R-E) will move steps and rungs from
    here.
    """
    chains: dict[str, list[Exercise]] = {}
    for row in catalog.exercises.values():
        if row.chain is not None and row.status is Status.ACTIVE:
            chains.setdefault(row.chain.id, []).append(row)
    own: dict[str, Exercise] = {}
    unasked: list[tuple[str, Exercise]] = []
    for chain, rows in chains.items():
        rows.sort(key=_step)
        answer = _answer(chain, rows[0], profile, parameters)
        placed = _placed(chain, rows, answer, parameters)
        if placed is not None:
            own[chain] = placed
        elif answer is None:
            unasked.append((chain, rows[0]))
    reached = _reached(own, chains)
    for chain, first in unasked:
        # no question asks for this chain: its first row is open like a row without a chain
        if first.level <= reached.get(first.category, 1):
            own[chain] = first
    return Steps(
        step={chain: _step(row) for chain, row in own.items()},
        level={chain: row.level for chain, row in own.items()},
        reached=reached,
    )


def _answer(chain: str, first: Exercise, profile: Profile, parameters: Parameters) -> bool | None:
    """What a person said about a chain; not said is no. None when no question asks for it."""
    placement = parameters.placement
    if chain in placement.stand_no_hands:
        return profile.stand_no_hands is True
    if chain in placement.one_leg_5s:
        return profile.one_leg_5s is True
    if chain in placement.counter_plank_10s:
        return profile.counter_plank_10s is True
    if chain in placement.direction:
        return None
    if chain == WALKING:
        return start_minutes(profile, parameters) > parameters.walk.start.value
    return profile.floor_and_up is True if first.position in LYING else None


def start_minutes(profile: Profile, parameters: Parameters) -> int:
    """The minutes that walking starts with: a share of what is comfortable, or the usual start (I1)."""
    walk = parameters.walk
    if profile.walk_minutes is None:
        return walk.start.value
    return min(profile.walk_minutes * walk.start_share.value // 100, walk.most.value)


def _placed(chain: str, rows: list[Exercise], answer: bool | None, parameters: Parameters) -> Exercise | None:
    """The person's own row of a chain, or None when the chain begins above level 1 and nothing opened it."""
    most = parameters.level.placement.value if answer else 1
    open_rows = [row for row in rows if row.level <= most]
    if not open_rows:
        return None
    if answer or (answer is None and chain in parameters.placement.equals):
        return open_rows[-1]
    return rows[0]


def _reached(own: Mapping[str, Exercise], chains: Mapping[str, list[Exercise]]) -> dict[Category, int]:
    """The highest level of any row up to the own step, by category."""
    reached: dict[Category, int] = {}
    for chain, placed in own.items():
        for row in chains[chain]:
            if _step(row) <= _step(placed):
                reached[row.category] = max(row.level, reached.get(row.category, 1))
    return reached


def _step(row: Exercise) -> int:
    return row.chain.step if row.chain is not None else 0
