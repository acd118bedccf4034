"""Sessions by random plans for random people: every invariant of a session, and what a plan may and may not do.

The checks are those of ``test_session_invariants`` and of ``holds``. Left aside is what a plan decides in
the program's place: doses and steps of the ladder (I30, the own step of I6), goals and balance (I22, I23), the order of
neighbours (B7), and what is new on a sore day, because somebody has shown it. Its own caps stand below.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import Final

import msgspec
import pytest
from holds import ANY
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from one_day import one_session_holds

import test_session_invariants as one_session
from backmove.core.dose import start_dose
from backmove.core.plan import Block, Plan, Refused
from backmove.core.record import GivenDose, PlanRow, TherapistPlan
from backmove.core.therapist_plan import is_at_most
from backmove.core.visit import todays_session
from backmove.core.zone import Mode, Zone
from campaign import size
from life import CATALOG, PARAMETERS, Life
from lives_at_random import days_of, someone
from living import lived
from session_strategies import Person, person
from story import Story
from therapist_plans import plan_rows, with_plan

LADDERS: Final = ("i06", "i22", "i23", "i30", "b7", "amber", "rung-0")
"""Checks that speak of what a plan decides."""
SESSION_CHECKS: Final = [name for name in one_session.CHECKS if name not in LADDERS]
UNFILLED: Final = (20_087, 20_849, 20_948)
"""Five minutes that no row of the plan lets fill: they go without it (I13)."""
WAITING: Final = ("turns", "time")
"""Reasons that say nothing against a row."""


class Case(Struct, frozen=True):
    """A person with a plan, the session without it and with it."""

    who: Person
    rows: tuple[PlanRow, ...]
    plain: Plan | Refused
    session: Plan | Refused

    @property
    def plan(self) -> Plan:
        assert isinstance(self.session, Plan)
        return self.session

    @property
    def given(self) -> set[str]:
        return {item.exercise.id for item in self.plan.items if item.planned}

    @property
    def left_out(self) -> dict[str, str]:
        assert self.plan.followed is not None
        return {one.exercise: one.code for one in self.plan.followed.left_out}

    @property
    def admitted(self) -> set[str]:
        """The rows against which nothing stands today."""
        return {row.exercise for row in self.rows if self.left_out.get(row.exercise, "turns") in WAITING}


def case_of(rng: Random, *tags: str) -> Case:
    who = person(rng, CATALOG)
    rows = plan_rows(rng, CATALOG)
    return both(who.carrying(*tags), rows)


def both(who: Person, rows: tuple[PlanRow, ...]) -> Case:
    holding = with_plan(who, rows)
    return Case(holding, rows, one_session.plan(who), one_session.plan(holding))


def faults(case: Case) -> Iterator[str]:
    """What one case breaks."""
    if isinstance(case.plain, Refused) or isinstance(case.session, Refused):
        if type(case.plain) is not type(case.session):
            yield f"without the plan {type(case.plain).__name__}, with it {type(case.session).__name__}"
        return
    for name in SESSION_CHECKS:
        if not one_session.CHECKS[name](one_session.Case(case.who, case.plan)):
            yield name
    yield from _caps(case)
    yield from _doses(case)
    accounted = [*case.given, *case.left_out]
    if sorted(accounted) != sorted(row.exercise for row in case.rows):
        yield f"given and left out are {sorted(accounted)}"
    if "other" in case.left_out.values():
        yield f"without a reason of its own: {case.left_out}"


def _caps(case: Case) -> Iterator[str]:
    session = case.plan
    caps = {
        "zone": {Zone.GREEN: 5, Zone.AMBER: 2, Zone.RED: 1}[session.zone],
        "stage": {"acute": 2, "subacute": 3}.get(session.stage, 5),
        "careful": 2 if case.who.standing.careful else 5,
        "hard rows are earned": 3,
        "the first session": 5 if one_session.sessions_done(case.who) else 2,
    }
    for item in session.items:
        for name, cap in caps.items():
            if item.exercise.level > cap:
                yield f"{item.exercise.id} of level {item.exercise.level}: {name} allows {cap}"
        if not one_session.in_stage(session, item.exercise):
            yield f"{item.exercise.id} is not for this stage or zone"
        if item.exercise.dose.effort[1] > one_session.effort_cap(session, item.block):
            yield f"{item.exercise.id} takes too much effort"


def _doses(case: Case) -> Iterator[str]:
    """Never more than the plan says, wherever its exercise stands; on a lighter day never more than the start."""
    doses = {row.exercise: row.dose for row in case.rows}
    lighter = case.plan.zone is not Zone.GREEN or case.plan.mode is not Mode.NORMAL
    for item in case.plan.items:
        row = item.exercise
        if row.id in doses and not is_at_most(item.dose, doses[row.id]):
            yield f"{row.id} {item.dose} is more than the plan's {doses[row.id]}"
        start = start_dose(row, older=case.who.older, parameters=PARAMETERS)
        if item.planned and lighter and not is_at_most(item.dose, start):
            yield f"{row.id} {item.dose} on a {case.plan.zone} {case.plan.mode} day"
        if item.planned and (item.fill or item.rung):
            yield f"{row.id} was filled, or has a rung"


@settings(max_examples=50)
@given(st.randoms(use_true_random=False))
def test_no_plan_of_nobody_breaks_anything(rng: Random) -> None:
    assert list(faults(case_of(rng))) == []


@cache
def crowd() -> tuple[Case, ...]:
    return tuple(case_of(Random(seed)) for seed in (*range(300), *UNFILLED))


def test_the_crowd_breaks_nothing() -> None:
    assert [(seed, found) for seed, case in enumerate(crowd()) if (found := list(faults(case)))] == []


def test_the_crowd_meets_every_kind_of_day_and_reason() -> None:
    """Without this the others could be about nothing."""
    sessions = [case for case in crowd() if isinstance(case.session, Plan)]
    zones = Counter(case.plan.zone for case in sessions if case.given)
    assert min(zones[zone] for zone in Zone) >= 10, zones
    codes = Counter(code for case in sessions for code in case.left_out.values())
    for code in ("precaution", "sore-day", "place", "equipment", "stage", "gentle", "turns", "step"):
        assert codes[code] >= 1, (code, codes)


def test_rows_really_come_when_nothing_stands_against_them() -> None:
    """A main row that only waits has another one of the plan before it. Sessions of five minutes are too short for
    some of them."""
    for case in crowd():
        if isinstance(case.session, Refused) or case.plan.effective < 6:
            continue
        waiting = [row for row, code in case.left_out.items() if code == "turns"]
        if any("main" in CATALOG.exercises[row].slots for row in waiting):
            assert case.given, (case.rows, case.left_out)


def test_a_precaution_more_never_lets_a_row_in() -> None:
    rng = Random(77)
    for case in crowd()[:100]:
        if isinstance(case.session, Refused):
            continue
        more = both(
            replace(case.who, diary=replace(case.who.diary, plans=())).carrying(*_tags(rng)), case.rows
        )
        if isinstance(more.session, Plan):
            assert more.admitted <= case.admitted
            assert more.given <= case.admitted


def _tags(rng: Random) -> list[str]:
    return rng.sample(list(CATALOG.precautions), rng.choice((1, 1, 2)))


def test_more_pain_never_gives_a_row_more() -> None:
    for case in crowd()[:40]:
        who = replace(case.who, diary=replace(case.who.diary, plans=()))
        days = [both(who.asking(pain=pain, variant=0), case.rows) for pain in (1, 4, 6, 7)]
        given_days = [day for day in days if isinstance(day.session, Plan)]
        for less, more in pairwise(given_days):
            harder = {Zone.GREEN: 0, Zone.AMBER: 1, Zone.RED: 2}
            assert harder[less.plan.zone] <= harder[more.plan.zone]
            assert more.admitted <= less.admitted


def test_the_same_plan_gives_the_same_session() -> None:
    for case in crowd()[:40]:
        assert one_session.plan(case.who) == case.session


# --- lives ---------------------------------------------------------------------------------------------------


def life_with_plan(seed: int, days: int = 40) -> Life:
    """A life that takes up a plan somewhere, perhaps another, perhaps puts it away."""
    rng = Random(seed)
    who, doings = someone(rng), days_of(rng, days)
    at = rng.randrange(0, max(1, len(doings) // 2))
    again, off = rng.choice((None, at + 12)), rng.choice((None, None, at + 8))
    life = lived(who, doings[:at])
    for number, doing in enumerate(doings[at:], at):
        if number in (at, again):
            until = date.fromisoformat(life.today) + timedelta(days=rng.choice((10, 30, 90)))
            rows, often = plan_rows(rng, CATALOG), rng.choice((None, None, 1, 3, 5, 7))
            life.write(TherapistPlan, rows=rows, until=until.isoformat(), by="Anna", days_per_week=often)
        if number == off:
            life.write(TherapistPlan, on=False)
        lived(who, [doing], life)
    return life


def found_in(story: Story) -> Iterator[str]:
    for rule, day, words in one_session_holds(story):
        if not words.startswith(LADDERS) and not (rule == "I13" and _is_short_anyway(story, day)):
            yield story.tell(rule, day, words)
    for rule, checks in ANY.items():
        for check in checks if rule != "I30" else ():
            for day, words in check(story):
                yield story.tell(rule, day, words)


def _is_short_anyway(story: Story, day: str) -> bool:
    """Whether the day's session could not be filled without the plan either: after one that was too much for every row
    nothing is filled up."""
    visit = next(v for v in story.life.visits if v.day == day and v.first)
    before = replace(visit.before, plans=())
    plain = todays_session(CATALOG, PARAMETERS, before, visit.standing, visit.request, day)
    return isinstance(plain, Plan) and 100 * plain.estimated_s < 75 * 60 * plain.effective


def stories(seeds: range) -> Iterator[Story]:
    for seed in seeds:
        yield Story(life_with_plan(seed), f"seed {seed}")


def test_no_life_with_a_plan_breaks_anything() -> None:
    planned = 0
    for story in stories(range(6)):
        assert list(found_in(story)) == []
        planned += sum(any(item.planned for item in one.plan.items) for one in story.given)
    assert planned > 20


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_lives_with_plans_break_nothing() -> None:
    for story in stories(range(1000, 1000 + size(full=1500, small=200))):
        assert list(found_in(story)) == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_plans_break_nothing() -> None:
    for seed in range(10_000, 10_000 + size(full=30_000, small=3_000)):
        assert list(faults(case_of(Random(seed)))) == [], seed


def test_the_checks_see_faults() -> None:
    """Each is shown a session that it must refuse: one that was given, spoiled."""
    case = next(c for c in crowd() if isinstance(c.session, Plan) and c.given and c.plan.zone is Zone.AMBER)
    plan = case.plan
    assert plan.followed is not None
    mine = next(item for item in plan.items if item.planned)
    jog = CATALOG.exercises["walk-jog"]
    spoiled = {
        "more": tuple(replace(i, dose=_twice(i.dose)) if i is mine else i for i in plan.items),
        "filled": tuple(replace(i, fill=True) if i is mine else i for i in plan.items),
        "hard": tuple(replace(i, exercise=jog) if i is mine else i for i in plan.items),
        "gone": tuple(i for i in plan.items if i is not mine),
        "short": tuple(i for i in plan.items if i.block is not Block.SETTLE),
    }
    assert list(faults(case)) == []
    for name, items in spoiled.items():
        assert list(faults(replace(case, session=replace(plan, items=items)))), name
    assert list(faults(replace(case, plain=Refused("x", ()))))


def _twice(dose: GivenDose) -> GivenDose:
    if dose.minutes is not None:
        return msgspec.structs.replace(dose, minutes=2 * dose.minutes)
    return msgspec.structs.replace(dose, counts=(*dose.counts, *dose.counts))
