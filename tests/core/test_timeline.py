"""A session as time: as long as it was said to be, with every side, rest and breath in it."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shipped
from backmove.core.dose import ladder, more_sets, one_set, seconds
from backmove.core.exercise import Exercise, Position
from backmove.core.plan import Block, Plan, PlannedItem
from backmove.core.prescription import plan_session
from backmove.core.record import GivenDose
from backmove.core.timeline import (
    BREATH_HOLD_S,
    HALF_FROM_S,
    WORK,
    Call,
    Kind,
    Row,
    Wait,
    row_of,
    timeline,
    total_seconds,
)
from session_strategies import SEED, TODAY, person

CATALOG, PARAMETERS = shipped.library()
FIGURES = PARAMETERS.seconds
ROWS = list(CATALOG.exercises.values())
every_row = pytest.mark.parametrize("exercise", ROWS, ids=lambda e: e.id)


def doses(exercise: Exercise) -> list[GivenDose]:
    """Every dose that the row can be given in."""
    found = [dose for older in (False, True) for dose in ladder(exercise, older=older, parameters=PARAMETERS)]
    found += [one_set(dose) for dose in found if dose.counts]
    found += [more for dose in found if (more := more_sets(dose, exercise)) is not None]
    return found


def planned(exercise: Exercise, dose: GivenDose | None = None, block: Block = Block.MAIN) -> PlannedItem:
    given_dose = dose or doses(exercise)[0]
    return PlannedItem(
        exercise, block, given_dose, seconds(given_dose, FIGURES), 0, None, False, "usual", "B11", "why"
    )


def row(name: str, dose: GivenDose | None = None) -> Row:
    return row_of(planned(CATALOG.exercises[name], dose), FIGURES)


@every_row
def test_a_row_lasts_as_long_as_the_estimate_at_every_rung(exercise: Exercise) -> None:
    for dose in doses(exercise):
        item = planned(exercise, dose)
        assert abs(row_of(item, FIGURES).seconds - item.seconds) <= 0.05 * item.seconds, dose


@every_row
def test_phases_follow_each_other_and_count_all_the_work_on_both_sides(exercise: Exercise) -> None:
    for dose in doses(exercise):
        made = row_of(planned(exercise, dose), FIGURES)
        assert made.phases[0].at == 0
        assert all(a.end == b.at for a, b in pairwise(made.phases))
        work = [p for p in made.phases if p.kind in WORK]
        if dose.minutes is not None:
            assert [p.seconds for p in work] == [dose.minutes * 60]
            continue
        assert len(work) == sum(dose.counts) * dose.sides
        for number, count in enumerate(dose.counts, 1):
            for side in range(1, dose.sides + 1):
                mine = [p.number for p in work if (p.set, p.side) == (number, side)]
                assert mine == list(range(1, count + 1))


@every_row
def test_a_change_of_side_stands_between_the_sides_and_a_rest_between_the_sets(exercise: Exercise) -> None:
    for dose in doses(exercise):
        made = row_of(planned(exercise, dose), FIGURES)
        kinds = [p.kind for p in made.phases]
        assert kinds.count(Kind.SIDE) == (len(dose.counts) if dose.sides == 2 else 0)
        assert kinds.count(Kind.REST) == (len(dose.counts) - 1 if dose.rest_s and dose.counts else 0)
        for before, change, after in zip(made.phases, made.phases[1:], made.phases[2:], strict=False):
            if change.kind is Kind.SIDE:
                assert (before.side, after.side) == (1, 2) and before.set == after.set


@every_row
def test_every_hold_of_five_seconds_has_a_breath_prompt(exercise: Exercise) -> None:
    for dose in doses(exercise):
        made = row_of(planned(exercise, dose), FIGURES)
        prompted = {cue.phase for cue in made.cues if cue.call is Call.BREATHE}
        holds = {p for p in made.phases if p.kind is Kind.HOLD and p.seconds >= BREATH_HOLD_S}
        assert prompted == holds


@every_row
def test_cues_come_in_order_inside_their_phase_and_three_two_one_comes_before_the_work(
    exercise: Exercise,
) -> None:
    for dose in doses(exercise):
        made = row_of(planned(exercise, dose), FIGURES)
        assert [c.at for c in made.cues] == sorted(c.at for c in made.cues)
        assert all(c.phase.at <= c.at < c.phase.end for c in made.cues)
        begun = next(p.at for p in made.phases if p.kind in WORK)
        counts = [(c.number, begun - c.at) for c in made.cues if c.call is Call.COUNT and c.at < begun]
        assert counts == [(3, 3), (2, 2), (1, 1)]
        halves = {c.phase for c in made.cues if c.call is Call.HALF}
        assert halves == {p for p in made.phases if p.kind in WORK and p.seconds >= HALF_FROM_S}


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_a_planned_session_lasts_as_long_as_its_estimate(rng: Random) -> None:
    someone = person(rng, CATALOG)
    plan = plan_session(CATALOG, PARAMETERS, someone.diary, someone.standing, someone.request, TODAY, SEED)
    if isinstance(plan, Plan):
        whole = total_seconds(timeline(plan.items, FIGURES, known=()))
        assert abs(whole - plan.estimated_s) <= 0.05 * plan.estimated_s


def test_a_rest_ends_with_three_two_one() -> None:
    exercise = next(e for e in ROWS if e.dose.kind == "reps" and (e.dose.rest_s or 0) >= 20)
    dose = next(d for d in doses(exercise) if len(d.counts) == 2)
    made = row_of(planned(exercise, dose), FIGURES)
    rest = next(p for p in made.phases if p.kind is Kind.REST)
    cues = [c for c in made.cues if c.phase == rest]
    assert [(c.call, c.number) for c in cues] == [
        (Call.PHASE, 0),
        (Call.COUNT, 3),
        (Call.COUNT, 2),
        (Call.COUNT, 1),
    ]


def test_minutes_have_half_time_and_announce_what_comes_next() -> None:
    exercise = next(e for e in ROWS if e.dose.kind == "minutes")
    made = row_of(planned(exercise, GivenDose(kind="minutes", minutes=3)), FIGURES)
    steady = made.phases[-1]
    assert [(c.call, c.at - steady.at) for c in made.cues if c.phase == steady] == [
        (Call.PHASE, 0),
        (Call.HALF, 90),
        (Call.SOON, 170),
    ]


# --- reading is not on the clock ----------------------------------------------------------------------------


def of_position(position: Position) -> list[Exercise]:
    return [e for e in ROWS if e.position is position]


def waits(
    *exercises: Exercise, known: bool = True, read_all: bool = False, main: int = 0
) -> list[Wait | None]:
    items = [planned(e, block=Block.MAIN if n >= main else Block.WARMUP) for n, e in enumerate(exercises)]
    ids = {e.id for e in exercises} if known else set()
    return [r.wait for r in timeline(items, FIGURES, known=ids, read_all=read_all)]


def test_a_new_row_waits_until_it_was_read() -> None:
    one, two, three = of_position(Position.STANDING)[:3]
    assert waits(one, two, three, known=False, main=9) == [Wait.NEW] * 3
    assert waits(one, two, three, main=9) == [None] * 3


def test_the_way_down_to_the_floor_and_up_again_is_not_on_the_clock() -> None:
    up, again = of_position(Position.STANDING)[:2]
    down, there = of_position(Position.FLOOR_SUPINE)[0], of_position(Position.PRONE)[0]
    assert waits(up, down, there, again, main=9) == [None, Wait.DOWN, None, Wait.UP]
    assert waits(down, up, main=9) == [Wait.DOWN, Wait.UP]


def test_the_first_main_row_waits_with_the_stop_signs() -> None:
    rows = of_position(Position.STANDING)[:4]
    assert waits(*rows, main=1) == [None, Wait.SIGNS, None, None]
    assert waits(*rows, known=False, main=1)[1] is Wait.SIGNS


def test_line_by_line_every_row_waits() -> None:
    rows = of_position(Position.STANDING)[:3]
    assert waits(*rows, read_all=True, main=1) == [Wait.READ, Wait.SIGNS, Wait.READ]


def test_the_phase_at_a_second_is_the_one_that_runs() -> None:
    made = row("bird-dog") if "bird-dog" in CATALOG.exercises else row(ROWS[0].id)
    for phase in made.phases:
        assert made.phase_at(phase.at) == phase
        assert made.phase_at(phase.end - 0.01) == phase
    assert made.phase_at(made.seconds + 5) == made.phases[-1]
