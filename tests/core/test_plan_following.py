"""Sessions by a physiotherapist's plan: its rows first, its doses, within every limit of the day; and what is said."""

import dataclasses
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.ends import item_of
from backmove.core.exercise import Slot
from backmove.core.ledger import Ledger
from backmove.core.lessons import Replay
from backmove.core.placement import chains_of, placed_rows
from backmove.core.plan import Block, Plan, PlannedItem, Refused
from backmove.core.plan_following import _at_most
from backmove.core.record import Exclude, PlanRow, TherapistPlan
from backmove.core.reporting import Report
from backmove.core.response import visits_of
from backmove.core.therapist_plan import Amount, dose_for, is_at_most
from course import Course, day_of, main_of, reasons
from session_strategies import frame_for
from session_strategies import someone as someone_at_home

CATALOG, PARAMETERS = shipped.library()
EASY = {"sit-to-stand": Amount(sets=2, reps=10), "bridge": Amount(sets=2, reps=9), "clam": Amount(reps=10)}
MANY = EASY | {
    "single-leg-support": Amount(reps=3),
    "quadruped-leg": Amount(sets=2, reps=6),
    "push-wall": Amount(sets=2, reps=10),
}


def use(
    course: Course,
    day: int,
    amounts: dict[str, Amount],
    *,
    until: int = 200,
    instead: dict[str, str] | None = None,
    **more: Any,
) -> None:
    """The plan is taken up in the morning of a day."""
    rows = tuple(
        PlanRow(
            row,
            dose_for(CATALOG.exercises[row], amount),
            note=f"note on {row}",
            instead_of=(instead or {}).get(row),
        )
        for row, amount in amounts.items()
    )
    course.records.append(
        TherapistPlan(**course.at(day, 7), by="Anna Weber", until=day_of(until), rows=rows, **more)
    )


def with_plan(amounts: dict[str, Amount] = EASY, *, pain: int = 2, **more: Any) -> Course:
    """Someone with three sessions behind them, and a plan from day 6."""
    course = Course(pain=pain)
    course.lives([0, 2, 4])
    use(course, 6, amounts, **more)
    return course


def planned(plan: Plan) -> dict[str, PlannedItem]:
    return {item.exercise.id: item for item in plan.items if item.planned}


def left_out(plan: Plan) -> dict[str, str]:
    assert plan.followed is not None
    return {one.exercise: one.code for one in plan.followed.left_out}


def told(plan: Plan) -> dict[str, str]:
    return {notice.code: notice.text for notice in plan.notices if notice.code.startswith("plan-")}


def test_the_plan_is_the_main_part_at_its_own_doses() -> None:
    plan = with_plan().plan(6)
    rows = planned(plan)
    doses = {row: item.dose.counts for row, item in rows.items()}
    assert doses == {"sit-to-stand": (10, 10), "bridge": (9, 9), "clam": (10,)}
    assert all(item.slot == "plan" and item.rung == 0 and not item.fill for item in rows.values())
    assert [item.note for item in rows.values()] == [f"note on {row}" for row in rows]
    assert [row for row in main_of(plan) if row not in rows] == ["seated-march"], "it fills the time"
    assert left_out(plan) == told(plan) == {}
    assert len(plan.block(Block.WARMUP)) > 0 and len(plan.block(Block.SETTLE)) > 0


def test_rows_keep_the_order_of_the_file_on_each_side_of_the_floor() -> None:
    rows = ["clam", "sit-to-stand", "bridge", "push-wall"]
    course = Course(pain=2)
    course.lives(list(range(0, 28, 2)))
    use(course, 28, {row: MANY[row] for row in rows})
    floor = [row for row in main_of(course.plan(28, minutes=30)) if row in ("clam", "bridge")]
    standing = [row for row in main_of(course.plan(28, minutes=30)) if row in ("sit-to-stand", "push-wall")]
    assert (floor, standing) == (["clam", "bridge"], ["sit-to-stand", "push-wall"])


def test_what_does_not_fit_takes_turns_and_everything_comes() -> None:
    course = with_plan(MANY)
    plans = course.lives([6, 8, 10, 12])
    seen = [set(planned(plan)) for plan in plans]
    assert seen[0] | seen[1] == set(MANY), "after two sessions each row was there"
    assert seen[0] != seen[1]
    assert all(set(left_out(plan)) == set(MANY) - set(planned(plan)) for plan in plans)
    assert set(left_out(plans[0]).values()) == {"turns"}
    assert "another day" in told(plans[0])["plan-turns"]


def test_a_row_that_was_skipped_still_waits() -> None:
    course = with_plan(MANY)
    first = course.plan(6)
    skipped = next(iter(planned(first)))
    course.does(6, Report(effort=4, skipped=(skipped,)))
    assert skipped in planned(course.plan(8))


def test_rows_that_stand_at_an_end_come_at_the_end() -> None:
    course = with_plan({"sit-to-stand": Amount(reps=10), "figure-four-supine": Amount(reps=2, hold_s=30)})
    seen = [item for plan in course.lives([6, 8, 10, 12]) for item in planned(plan).values()]
    stretches = [item for item in seen if item.exercise.id == "figure-four-supine"]
    assert len(stretches) >= 2
    assert {(item.block, item.dose.hold_s, item.dose.counts) for item in stretches} == {
        (Block.SETTLE, 30, (2,))
    }


def test_a_single_row_gets_the_company_that_a_session_needs() -> None:
    plan = with_plan({"bridge": Amount(reps=8)}).plan(6)
    assert "bridge" in planned(plan)
    kinds = {item.exercise.category for item in plan.block(Block.MAIN)}
    assert len(kinds) > 1 and len(main_of(plan)) >= 3
    assert plan.estimated_s >= 0.75 * 20 * 60


def test_the_shortest_session_has_one_set_of_each() -> None:
    plan = with_plan().plan(6, minutes=5)
    assert {item.dose.counts for item in planned(plan).values()} <= {(10,), (9,)} and planned(plan)


@pytest.mark.parametrize(("pain", "code"), [(4, "amber"), (6, "red")])
def test_on_a_sore_day_the_start_dose_is_the_most(pain: int, code: str) -> None:
    course = with_plan(EASY | {"seated-march": Amount(minutes=5)})
    course.pain = pain
    plan = course.plan(6)
    assert plan.zone == code
    assert planned(plan)
    for item in planned(plan).values():
        assert is_at_most(
            item.dose, dose_for(item.exercise, (EASY | {"seated-march": Amount(minutes=5)})[item.exercise.id])
        )
        assert len(item.dose.counts) <= 1 and (item.dose.minutes or 0) <= 2
    assert "start dose, or less" in told(plan)["plan-eased"]
    if code == "red":
        assert left_out(plan) == dict.fromkeys(EASY, "sore-day"), "also what is easy, but no easy movement"
        assert "(on a sore day only easy moves)" in told(plan)["plan-left-out"]


def test_after_days_away_the_plan_begins_lower_too() -> None:
    course = with_plan()
    course.does(6, Report(effort=4))
    plan = course.plan(16)  # ten days later
    assert {row: planned(plan)[row].dose.counts for row in ("sit-to-stand", "bridge")} == {
        "sit-to-stand": (6,),
        "bridge": (8,),
    }
    assert "plan-eased" in told(plan)


def test_a_row_that_was_too_much_is_eased_and_named() -> None:
    course = with_plan()
    course.does(6, Report(peak=7, hurt=("bridge",)))
    plan = course.plan(8)
    assert planned(plan)["bridge"].form == "easier"
    assert planned(plan)["bridge"].dose.counts == (8,)
    assert planned(plan)["sit-to-stand"].dose.counts == (10, 10)
    assert told(plan)["plan-too-much"] == (
        "Too much last time, so easier today: Bridge. Tell the person who wrote your plan."
    )
    assert reasons(plan)["bridge"] == ("F5", "it was too much last time, so its easier form")
    course.does(8, Report(effort=4))
    course.pain = 2
    again = course.plan(10)
    assert planned(again)["bridge"].dose.counts == (9, 9)
    assert reasons(again)["bridge"] == ("F5", "it went well in its easier form, so the usual one again")


def test_a_row_that_was_too_much_three_times_rests() -> None:
    course = with_plan()
    for day in (6, 9, 12):
        course.does(day, Report(effort=5, leg="usual", hurt=("bridge",), peak=6))
    plan = course.plan(15)
    assert left_out(plan) == {"bridge": "resting"}
    assert f"rests until {day_of(26)}" in told(plan)["plan-left-out"]


def ledger_of(course: Course) -> Ledger:
    """What the sessions so far have taught."""
    chains = chains_of(CATALOG)
    placed = placed_rows(course.diary.profile, chains, PARAMETERS)
    replay = Replay(Ledger(own=dict(placed)), CATALOG, chains, PARAMETERS, older=False)
    return replay.read(visits_of(course.diary, day_of(100), 2))


def test_doing_the_plan_teaches_the_ladder_nothing() -> None:
    course = with_plan(MANY)
    known = {item.exercise for session in course.diary.sessions for item in session.items}
    course.lives([6, 8, 10, 12, 14], effort=3)
    after, fresh = ledger_of(course), set(MANY) - known
    assert len(fresh) > 2
    assert fresh.isdisjoint({*after.given, *after.rungs, *after.runs, *after.changed})


def test_a_row_above_the_own_step_that_was_too_much_raises_nothing_below() -> None:
    course = with_plan({"bird-dog": Amount(pyramid=(6, 4, 2)), "sit-to-stand": Amount(reps=10)})
    own = ledger_of(course).own["birddog"]
    for day in (6, 9):
        course.does(day, Report(effort=8, peak=6, hurt=("bird-dog",)))
    after = ledger_of(course)
    assert after.own["birddog"] == own
    assert not any(after.rungs.get(row.id) for row in CATALOG.chain("birddog"))
    assert "bird-dog" in after.easier and "bird-dog" in after.lowered


def test_a_rise_that_was_earned_before_waits_until_the_plan_is_over() -> None:
    course = Course(pain=2)
    course.lives([0, 2, 4], effort=3)
    due = [c.exercise for c in course.plan(6).changes if c.rule == "F3"]
    row = next(row for row in due if CATALOG.exercises[row].dose.kind == "reps")
    use(course, 6, {row: Amount(reps=3)})
    for item in planned(course.plan(6)).values():
        assert (item.rung, item.dose.counts) == (0, (3,))


def test_of_one_ladder_one_row_comes_and_the_others_wait() -> None:
    rows = {"sit-to-stand-hands": Amount(reps=8), "sit-to-stand": Amount(reps=8), "bridge": Amount(reps=8)}
    course = with_plan(rows)
    assert set(planned(course.does(6, Report(effort=4)))) == {"sit-to-stand-hands", "bridge"}
    assert set(planned(course.plan(8))) == {"sit-to-stand", "bridge"}


def test_a_stretch_need_not_be_the_own_step() -> None:
    course = with_plan({"hamstring-wall": Amount(reps=2, hold_s=20), "sit-to-stand": Amount(reps=8)})
    assert any("hamstring-wall" in planned(plan) for plan in course.lives([6, 8, 10]))


def test_weeks_away_hold_a_harder_row_back_at_first() -> None:
    course = with_plan({"bird-dog": Amount(pyramid=(3, 1)), "sit-to-stand": Amount(reps=8)})
    course.does(6, Report(effort=4))
    assert left_out(course.plan(40)) == {"bird-dog": "long-away"}
    course.does(40, Report(effort=4))
    assert "bird-dog" in planned(course.plan(43))


def test_a_plan_makes_no_session_where_there_is_none() -> None:
    course = Course(pain=2)
    course.lives([0, 2, 4])
    main = [row for row in CATALOG.exercises.values() if Slot.MAIN in row.slots]
    course.told(5, dislikes=[row.id for row in main if row.id not in ("sit-to-stand", "bird-dog")])
    assert isinstance(course.asks(6), Refused)
    use(course, 6, {"sit-to-stand": Amount(reps=8), "bird-dog": Amount(pyramid=(3, 1))})
    refused = course.asks(6)
    assert isinstance(refused, Refused) and refused.code == "no-safe-session"


def test_a_day_without_the_plan_has_none_of_its_exercises_at_more_than_its_dose() -> None:
    frame = frame_for(someone_at_home())
    bridge = CATALOG.exercises["bridge"]
    item = item_of(bridge, Block.MAIN, frame, "B11", "why", dose_for(bridge, Amount(sets=2, reps=12)))
    less = _at_most(replace(item, rung=3, fill=True), dose_for(bridge, Amount(reps=5)), frame)
    assert (less.dose.counts, less.rung, less.fill) == ((5,), 0, False)
    assert less.seconds < item.seconds
    assert _at_most(item, dose_for(bridge, Amount(sets=3, reps=12)), frame) is item
    assert _at_most(item, None, frame) is item


def test_plan_doses_move_no_ladder() -> None:
    with_one, without = with_plan(), Course(pain=2)
    without.lives([0, 2, 4])
    with_one.lives([6, 8, 10, 12])
    with_one.records.append(TherapistPlan(**with_one.at(14, 7), on=False))
    after, before = with_one.plan(14), without.plan(6)
    for row in set(main_of(after)) & set(main_of(before)):
        assert main_of(after)[row].rung <= main_of(before)[row].rung + 1, row
    bridge = main_of(after).get("bridge")
    assert bridge is None or bridge.rung <= 1
    assert after.followed is None


def test_the_plan_ends_by_itself_and_says_so_once() -> None:
    course = with_plan(until=9)
    course.lives([6, 8])
    plan = course.does(10, Report(effort=4))
    assert plan.followed is None and planned(plan) == {}
    assert told(plan)["plan-ended"].startswith(
        "Anna Weber's plan ran until Wednesday 14 January and is over."
    )
    assert told(course.plan(12)) == {}
    gone = {row: why for row, (rule, why) in reasons(plan).items() if rule == "plan"}
    assert set(gone.values()) <= {"your plan is over"} and gone


def test_what_it_stands_in_for_is_not_given() -> None:
    course = Course(pain=2)
    usual = main_of(course.lives([0, 2, 4])[-1])
    other = next(row for row, item in usual.items() if item.exercise.category != "aerobic")
    use(course, 6, {"clam": Amount(reps=10)}, instead={"clam": other})
    for day in (6, 8, 10):
        plan = course.does(day, Report(effort=4))
        assert "clam" in planned(plan)
        assert other not in {item.exercise.id for item in plan.items}


def test_another_changes_the_ends_and_keeps_the_plan() -> None:
    course = with_plan()
    first, other = course.plan(6), course.plan(6, variant=1)
    assert set(main_of(first)) == set(main_of(other))
    assert {i.exercise.id for i in first.items} != {i.exercise.id for i in other.items}
    assert course.plan(6, variant=1) == other


def test_the_days_of_the_week_are_the_plans() -> None:
    assert with_plan(days_per_week=5).plan(6).days_planned == 5
    assert with_plan().plan(6).days_planned == 3


def test_the_session_record_says_what_the_plan_had_for_which_there_was_no_place() -> None:
    course = with_plan(EASY | {"plank": Amount(pyramid=(5, 3, 1))})
    course.does(6, Report(effort=4))
    given = course.diary.sessions[-1]
    assert given.therapist_plan == course.diary.plans[-1].id
    assert [(one.exercise, one.code) for one in given.left_out][-1] == ("plank", "step")
    assert {item.note for item in given.items if item.slot == "plan"} == {f"note on {row}" for row in EASY}


def test_a_dose_beyond_the_library_gives_way_where_strain_is_forbidden() -> None:
    course = with_plan({"bridge": Amount(sets=3, reps=20), "sit-to-stand": Amount(reps=10)})
    assert planned(course.plan(6, minutes=30))["bridge"].dose.counts == (20, 20, 20)
    course.tags = ("high-blood-pressure",)
    assert planned(course.plan(6, minutes=30))["bridge"].dose.counts == (12, 12, 12)


# --- why a row stays away ------------------------------------------------------------------------------------


def someone(**more: Any) -> Course:
    course = Course(pain=2)
    course.lives([0, 2, 4])
    return dataclasses.replace(course, **more)


def excluding(row: str) -> Course:
    course = someone()
    course.records.append(Exclude(**course.at(5), exercise=row))
    return course


def disliking(row: str) -> Course:
    course = someone()
    course.told(5, dislikes=[row])
    return course


@pytest.mark.parametrize(
    ("code", "row", "amount", "course", "request_"),
    [
        ("precaution", "bridge", Amount(reps=8), lambda: someone(tags=("no-supine",)), {}),
        ("place", "bridge", Amount(reps=8), someone, {"place": "upright"}),
        ("place", "sit-to-stand", Amount(reps=8), someone, {"place": "chair"}),
        ("equipment", "pallof-standing", Amount(reps=8), someone, {}),
        ("excluded", "bridge", Amount(reps=8), lambda: excluding("bridge"), {}),
        ("disliked", "bridge", Amount(reps=8), lambda: disliking("bridge"), {}),
        ("step", "plank", Amount(pyramid=(3, 1)), someone, {}),
        ("sore-day", "bird-dog", Amount(pyramid=(3, 1)), lambda: someone(pain=4), {}),
        ("gentle", "clam", Amount(reps=8), someone, {"gentle": True}),
        ("time", "seated-march", Amount(minutes=10), someone, {"minutes": 10}),
        ("stage", "bird-dog", Amount(pyramid=(3, 1)), lambda: someone(onset=day_of(-20)), {}),
        ("on-request", "sciatic-slider", Amount(reps=5), someone, {}),
    ],
)
def test_every_limit_has_its_own_words(
    code: str, row: str, amount: Amount, course: Any, request_: dict[str, Any]
) -> None:
    if "place" in request_:
        from backmove.core.profile import Place

        request_ = {"place": Place(request_["place"])}
    one = course()
    amounts = {row: amount, "push-wall": Amount(reps=10)}
    use(one, 6, amounts)
    found = left_out(one.plan(6, **request_))
    assert found.get(row, "given") == code


def test_the_first_session_brings_nothing_hard_and_the_next_does() -> None:
    course = Course(pain=2)
    use(course, 0, {"bird-dog": Amount(pyramid=(3, 1)), "sit-to-stand": Amount(reps=8)})
    first = course.does(0, Report(effort=4))
    assert left_out(first) == {"bird-dog": "first-session"}
    second = course.plan(2)
    assert "bird-dog" in planned(second) and planned(second)["bird-dog"].exercise.level == 3


def test_hard_rows_rest_for_two_days() -> None:
    course = with_plan({"bird-dog": Amount(pyramid=(3, 1)), "sit-to-stand": Amount(reps=8)})
    assert "bird-dog" in planned(course.does(6, Report(effort=4)))
    assert left_out(course.plan(7)) == {"bird-dog": "rested"}
    assert "bird-dog" in planned(course.plan(8))


def test_a_plan_of_an_end_alone_leaves_the_main_part_to_the_day() -> None:
    plan = with_plan({"figure-four-supine": Amount(reps=2, hold_s=30)}).plan(6)
    assert [item.block for item in planned(plan).values()] == [Block.SETTLE]
    assert len(main_of(plan)) >= 3
