"""Where a person stands on each chain.

It begins with five questions (R-O2, rulings 3.9): nothing is ever placed above level 2, and an answer that was not
given counts as no. What sessions teach (R-F) moves the steps from there (core/lessons.py).

Steps count from 1; step 0 is a chain that is not open."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct, field

from backmove.core.choices import Category
from backmove.core.course_figures import WalkFigures
from backmove.core.exercise import Catalog, Exercise, Position, Status
from backmove.core.parameters import Parameters
from backmove.core.profile import Profile

LYING: Final = frozenset(
    {Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED, Position.KNEELING}
)
"""Positions that need the floor (or, some rows, a bed)."""

WALKING: Final = "walk"
"""The chain that comfortable walking minutes place."""


class Steps(Struct, frozen=True):
    """A person's own step of each chain, the level that it has, and the highest level reached in each
    category.

    ``rising``: the level that is open beside, for chains whose next step may come today.
    """

    step: Mapping[str, int] = field(default_factory=dict)
    level: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[Category, int] = field(default_factory=dict)
    rising: Mapping[str, int] = field(default_factory=dict)

    def admit(self, exercise: Exercise) -> bool:
        """Whether the row is no harder than the person's own step of its chain, or than what its category
        reached."""
        if exercise.chain is None:
            return exercise.level <= self.reached.get(exercise.category, 1)
        chain = exercise.chain.id
        return exercise.level <= max(self.level.get(chain, 0), self.rising.get(chain, 0))


Chains = Mapping[str, Sequence[Exercise]]


@lru_cache(maxsize=4)
def chains_of(catalog: Catalog) -> Chains:
    """The rows of every chain by its id, the lowest step first."""
    chains: dict[str, list[Exercise]] = {}
    for row in catalog.exercises.values():
        if row.chain is not None and row.status is Status.ACTIVE:
            chains.setdefault(row.chain.id, []).append(row)
    for rows in chains.values():
        rows.sort(key=step_of)
    return chains


def placed_rows(profile: Profile, chains: Chains, parameters: Parameters) -> dict[str, Exercise]:
    """The row at which the five questions place a person on each chain that is open."""
    own: dict[str, Exercise] = {}
    for chain, rows in chains.items():
        answer = _answer(chain, rows[0], profile, parameters)
        placed = _placed(chain, rows, answer, parameters)
        if placed is not None:
            own[chain] = placed
    return own


def own_steps(
    profile: Profile, catalog: Catalog, parameters: Parameters, moved: Mapping[str, Exercise] | None = None
) -> Steps:
    """The person's own step of every chain. ``moved``: the rows that sessions led to, by chain."""
    chains = chains_of(catalog)
    return steps_at(placed_rows(profile, chains, parameters) | dict(moved or {}), profile, chains, parameters)


def steps_at(rows: Mapping[str, Exercise], profile: Profile, chains: Chains, parameters: Parameters) -> Steps:
    """The steps of a person whose own rows these are. Chains that no question opens are open at their first row once
    their category has reached its level."""
    own = dict(rows)
    unasked = [
        (chain, found[0])
        for chain, found in chains.items()
        if chain not in own and _answer(chain, found[0], profile, parameters) is None
    ]
    reached = _reached(own, chains)
    for chain, first in unasked:
        # no question asks for this chain: its first row is open like a row without a chain
        if first.level <= reached.get(first.category, 1):
            own[chain] = first
    return Steps(
        step={chain: step_of(row) for chain, row in own.items()},
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
        return usual_start(profile.walk_minutes, parameters.walk) > parameters.walk.start.value
    return profile.floor_and_up is True if first.position in LYING else None


def usual_start(comfortable: int | None, walk: WalkFigures) -> int:
    """The minutes to begin with: a share of what is comfortable, or the usual start (I1)."""
    if comfortable is None:
        return walk.start.value
    share = comfortable * walk.start_share.value // 100
    return min(max(share, walk.easy_least.value), walk.most.value)


def _placed(
    chain: str, rows: Sequence[Exercise], answer: bool | None, parameters: Parameters
) -> Exercise | None:
    """The person's own row of a chain, or None when the chain begins above level 1 and nothing opened it."""
    most = parameters.level.placement.value if answer else 1
    open_rows = [row for row in rows if row.level <= most]
    if not open_rows:
        return None
    if answer or (answer is None and chain in parameters.placement.equals):
        return open_rows[-1]
    return rows[0]


def _reached(own: Mapping[str, Exercise], chains: Chains) -> dict[Category, int]:
    """The highest level of any row up to the own step, by category."""
    reached: dict[Category, int] = {}
    for chain, placed in own.items():
        for row in chains[chain]:
            if step_of(row) <= step_of(placed):
                reached[row.category] = max(row.level, reached.get(row.category, 1))
    return reached


def step_of(row: Exercise) -> int:
    """The row's place in its chain, from 1; 0 without one."""
    return row.chain.step if row.chain is not None else 0
