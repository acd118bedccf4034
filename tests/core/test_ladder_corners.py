"""Corners of the ladders and of what is told about changes: rows that were too much, and plans whose doses change."""

from itertools import pairwise
from random import Random

from msgspec.structs import replace

import shipped
from backmove.core.changes import Today, _by_plan
from backmove.core.choices import Category
from backmove.core.dose import start_dose
from backmove.core.ends import item_of
from backmove.core.exercise import Slot
from backmove.core.filling import fill
from backmove.core.ledger import Ledger
from backmove.core.lessons import Replay
from backmove.core.main_block import _slots
from backmove.core.placement import Steps, chains_of
from backmove.core.plan import BY_PLAN, Block, Plan
from backmove.core.plan_following import _joins, _without
from backmove.core.prescription import plan_session
from backmove.core.progression import Course as Progress
from backmove.core.progression import Earned, easier_instead
from backmove.core.record import Exclude, GivenDose, GivenItem, PlanRow, TherapistPlan
from backmove.core.reporting import Report
from backmove.core.rising import _next_row
from backmove.core.slots import MainSlot, Pick, is_minutes_block
from backmove.core.therapist_plan import Amount, dose_for
from backmove.core.variants import form_of, is_worse
from course import Course, day_of, main_of
from session_strategies import TODAY, frame_for, person, someone
from therapist_plans import plan_rows
from therapist_plans import with_plan as with_a_plan

CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
EQUALS = frozenset(PARAMETERS.placement.equals)
EASY = {"sit-to-stand": Amount(sets=2, reps=10), "bridge": Amount(sets=2, reps=9), "clam": Amount(reps=10)}


def use(course: Course, day: int, amounts: dict[str, Amount]) -> None:
    rows = tuple(PlanRow(row, dose_for(ROWS[row], amount)) for row, amount in amounts.items())
    course.records.append(TherapistPlan(**course.at(day, 7), by="Anna Weber", until=day_of(200), rows=rows))


def with_plan(amounts: dict[str, Amount] = EASY) -> Course:
    """Someone with three sessions behind them, and a plan from day 6."""
    course = Course(pain=2)
    course.lives([0, 2, 4])
    use(course, 6, amounts)
    return course


# --- too much -------------------------------------------------------------------------------------------------


def test_where_all_that_is_left_would_rest_it_comes_in_its_easier_form() -> None:
    """Somebody who left out every row but those of the first session, and for whom each of them was too much."""
    course = Course(pain=2)
    first = {item.exercise.id for item in course.plan(0).items}
    for name in ROWS:
        if name not in first:
            course.records.append(Exclude(**course.at(0, 8), exercise=name))
    for day in (0, 3, 6):
        plan = course.plan(day)
        course.does(day, Report(effort=5, peak=6, leg="usual", hurt=tuple(main_of(plan))))
    later = course.plan(9)
    assert main_of(later)
    assert {item.form for item in main_of(later).values()} == {"easier"}


def test_rows_that_rest_are_given_in_their_easier_form_where_nothing_else_is_left() -> None:
    steps = frame_for(someone()).wish.steps
    chain = ROWS["bridge"].chain
    alone = next(row.id for row in ROWS.values() if row.chain is None and Slot.MAIN in row.slots)
    assert chain is not None
    parked = {chain.id: "2026-04-01", alone: "2026-04-01"}
    then = easier_instead(Progress(steps, parked=parked, easier=frozenset({"plank"})), CATALOG)
    mates = {row.id for row in ROWS.values() if row.chain is not None and row.chain.id == chain.id}
    assert not then.parked
    assert then.easier == frozenset({"plank", alone, *mates})


def test_a_session_of_a_plan_that_was_too_much_without_a_name_rests_nothing() -> None:
    course = with_plan()
    for day in (6, 9, 12):
        course.does(day, Report(effort=5, peak=6, leg="usual"))
    plan = course.plan(15)
    mine = {item.exercise.id: item.form for item in plan.items if item.planned}
    assert mine == dict.fromkeys(EASY, "easier")


def test_a_row_that_was_too_much_twice_leaves_an_own_step_alone_that_is_no_higher() -> None:
    """A row two steps above the own one: the step between is no step down for this person."""
    chain, (own, below, row, *_) = next(
        (name, rows) for name, rows in chains_of(CATALOG).items() if name not in EQUALS and len(rows) > 2
    )
    ledger = Ledger(own={chain: own})
    replay = Replay(ledger, CATALOG, chains_of(CATALOG), PARAMETERS, older=False)
    given = GivenItem(row.id, "main", start_dose(row, older=False, parameters=PARAMETERS), 60)
    replay._one_step_down(given, row, "2026-03-02")
    assert ledger.own == {chain: own}
    assert row.id in ledger.easier and ledger.lowered[below.id] == row.id


# --- what is told ---------------------------------------------------------------------------------------------


def test_where_only_the_seconds_of_a_hold_change_both_are_told() -> None:
    course = with_plan({"bird-dog": Amount(reps=5, hold_s=5), "sit-to-stand": Amount(reps=8)})
    course.does(6, Report(effort=4))
    use(course, 8, {"bird-dog": Amount(reps=5, hold_s=8), "sit-to-stand": Amount(reps=8)})
    change = next(one for one in course.plan(8).changes if one.exercise == "bird-dog")
    assert (change.before, change.after) == ("1x5 of 5s", "1x5 of 8s")


def test_a_row_of_a_plan_that_waits_lower_is_told_as_too_much() -> None:
    plan = with_plan().plan(6)
    item = next(item for item in plan.items if item.planned and item.block is Block.MAIN)
    frame = frame_for(someone())
    today = Today(
        catalog=CATALOG,
        bounds=frame.bounds,
        course=replace(frame.wish.course, lowered={item.exercise.id: "another"}),
        zone=frame.zone,
        variant=0,
        longer=0,
        coming_back=False,
        by_plan=True,
        ladder=lambda row: (),
    )
    assert _by_plan(item, None, today) == ("F5", "it was too much last time, so a little less")


def test_two_rows_of_one_ladder_never_stand_in_one_block() -> None:
    frame = frame_for(someone())
    rows = next(rows for name, rows in chains_of(CATALOG).items() if len(rows) > 1)
    assert not _joins(rows[1], [Pick(rows[0], MainSlot.NEED)], frame)
    assert _joins(ROWS["clam"], [Pick(ROWS["bridge"], MainSlot.NEED)], frame)


# --- a session of one set each, and a step toward a feared move ---------------------------------------------


def test_a_given_dose_of_sets_at_an_end_is_one_set_in_the_shortest_session() -> None:
    stretch, sets = ROWS["figure-four-supine"], GivenDose("stretch", (1, 1), hold_s=20, sides=2)
    for minutes, counts in ((5, (1,)), (20, (1, 1))):
        frame = replace(frame_for(someone()), minutes=minutes)
        assert item_of(stretch, Block.SETTLE, frame, BY_PLAN, "", sets).dose.counts == counts


def test_with_two_rows_to_learn_older_people_meet_a_feared_move_when_the_week_has_its_strength() -> None:
    wish = replace(frame_for(someone()).wish, older=True, learn_max=2)
    strength = next(need for need in wish.needs if Category.STRENGTH in need.categories)
    for done, first in ((0, MainSlot.LEG), (strength.days, MainSlot.EXPOSURE)):
        slots = _slots(ROWS["bridge"], replace(wish, needs=(replace(strength, done=done),)))
        assert (MainSlot.EXPOSURE in slots, slots[0]) == (bool(done), first)


# --- what does not rise, and what is not filled ---------------------------------------------------------------


def test_a_row_below_the_own_step_does_not_bring_the_next_one() -> None:
    """The step was earned with the own row; the row below it leads to that one and not past it."""
    chain, rows = next((name, rows) for name, rows in chains_of(CATALOG).items() if len(rows) > 2)
    steps = Steps(step={chain: rows[1].chain.step}, rising={chain: 5})  # type: ignore[union-attr]
    course = Progress(steps, step_ups={chain: Earned((3, 3))})
    wish = replace(frame_for(someone()).wish, course=course)
    assert _next_row(rows[1], rows, wish) == rows[2]
    assert _next_row(rows[0], rows, wish) is None
    assert _next_row(rows[2], rows, wish) is None


def test_minutes_are_filled_up_to_the_limit_of_the_session_and_not_beyond() -> None:
    frame = frame_for(someone(minutes=45))
    row = next(
        row
        for row in ROWS.values()
        if is_minutes_block(row) and row.dose.minutes is not None and row.dose.minutes[1] >= 10
    )
    item = item_of(row, Block.MAIN, frame, "B11", "why")
    assert item.dose.minutes is not None
    for more in (0, 1, 2):
        rest = frame.limit_s - item.seconds - 60 * more - 30
        others = replace(item, block=Block.WARMUP, seconds=rest, slot=BY_PLAN)
        _, filled = fill([others, item], frame)
        assert filled.dose.minutes == item.dose.minutes + more
        assert rest + filled.seconds <= frame.limit_s


def test_where_nothing_else_can_be_put_together_the_days_own_session_keeps_to_the_doses_of_the_plan() -> None:
    frame = frame_for(someone())
    plain, _ = form_of(frame, 0, "seed")
    assert plain is not None
    row = next(item for item in plain.items if item.block is Block.MAIN and item.dose.counts)
    least = replace(row.dose, counts=tuple(count - 1 for count in row.dose.counts))
    plan = TherapistPlan(
        **Course().at(6, 7), by="Anna", until=day_of(60), rows=(PlanRow(row.exercise.id, least),)
    )
    bare = replace(frame, pools=dict.fromkeys(frame.pools, ()))
    draft, differs = _without(plan, bare, (plain, True), "seed")
    assert differs
    assert [item.exercise.id for item in draft.items] == [item.exercise.id for item in plain.items]
    doses = {item.exercise.id: item.dose for item in draft.items}
    assert doses.pop(row.exercise.id) == least
    assert doses.items() <= {item.exercise.id: item.dose for item in plain.items}.items()


# --- another session ------------------------------------------------------------------------------------------


def test_another_form_is_never_poorer_than_the_one_before() -> None:
    """With hardly any tries, many other forms come out poorer; then the same is given again."""
    frame = frame_for(someone(minutes=15))
    blocks = frame.parameters.blocks
    few = replace(blocks, attempts=replace(blocks.attempts, value=3))
    frame = replace(frame, parameters=replace(frame.parameters, blocks=few))
    again = 0
    for seed in map(str, range(30)):
        forms = [form_of(frame, number, seed) for number in range(4)]
        for (before, _), (draft, differs) in pairwise(forms):
            assert before is not None and draft is not None
            assert not is_worse(draft, before, frame)
            assert differs == (draft.ids(*Block) != before.ids(*Block))
            again += not differs
    assert again


def test_another_session_by_a_plan_is_the_same_where_nothing_sounder_can_be_made() -> None:
    """Somebody who left out most of the library, and has a plan."""
    rng = Random(200295)
    who = person(rng, CATALOG)
    names = rng.sample(list(ROWS), int(len(ROWS) * rng.uniform(0.5, 0.93)))
    gone = tuple(
        Exclude(v=1, id=f"x{n:011d}", at="2026-01-01T07:00:00+01:00", day="2026-01-01", exercise=name)
        for n, name in enumerate(names)
    )
    who = with_a_plan(replace(who, diary=replace(who.diary, excludes=gone)), plan_rows(rng, CATALOG))
    forms = []
    for variant in range(3):
        request = replace(who.request, variant=variant)
        plan = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, request, TODAY, "seed")
        assert isinstance(plan, Plan)
        forms.append(plan)
    for before, after in pairwise(forms):
        planned = [[item.exercise.id for item in plan.items if item.planned] for plan in (before, after)]
        assert planned[0] == planned[1] != []
        same = {item.exercise.id for item in before.items} == {item.exercise.id for item in after.items}
        assert same == ("no-other" in {notice.code for notice in after.notices})


def test_a_plan_that_no_draft_can_hold_soundly_waits_for_another_day() -> None:
    """Five minutes on the morning after a bad night: each draft with a row of the plan breaks something."""
    rng = Random(6664)
    who = person(rng, CATALOG)
    rows = plan_rows(rng, CATALOG)
    who = with_a_plan(who, rows)
    plan = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, "6664")
    assert isinstance(plan, Plan) and plan.followed is not None
    assert not any(item.planned for item in plan.items)
    assert {one.exercise for one in plan.followed.left_out} == {row.exercise for row in rows}
