"""Worked examples 1 to 12: what pain, the stage of a spell and a flare-up make of a day (prescription.md 5)."""

import pytest
from regular import again, gives, heights, leg_rows_only, regular, until

from backmove.core.exercise import Feature, Position
from backmove.core.logbook import notices
from backmove.core.plan import Block, Plan
from backmove.core.profile import Place
from backmove.core.record import Direction
from backmove.core.zone import Mode, Zone
from life import Life, Visit

ALREADY = "already-done"
LYING = {Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED, Position.KNEELING}


def codes(visit: Visit) -> set[str]:
    return {notice.code for notice in visit.plan.notices}


def test_example_01_the_very_first_session_is_short_and_easy() -> None:
    visit = regular(sessions=0).session(3)
    plan = visit.plan
    learn = [i for i in plan.block(Block.MAIN) if i.exercise.dose.kind != "minutes"]
    assert plan.zone is Zone.GREEN and len(learn) <= 3
    assert all(item.exercise.level <= 2 and item.rung == 0 for item in plan.items)
    assert any(i.exercise.category == "aerobic" and i.dose.minutes for i in plan.block(Block.MAIN))
    assert plan.card in (6, 1)
    assert 15 * 60 <= plan.estimated_s <= 20 * 60


def test_example_02_five_minutes_in_the_office_are_four_rows_off_the_floor() -> None:
    visit = regular(goals=["sit"]).session(1, minutes=5, place=Place.UPRIGHT)
    rows = [item.exercise for item in visit.plan.items]
    assert len(rows) == 4 and not any(row.position in LYING for row in rows)
    assert visit.plan.estimated_s <= 300
    assert any({"sit", "desk"} & set(row.goals) for row in rows)
    assert all(len(item.dose.counts) <= 1 for item in visit.plan.block(Block.MAIN))


def acute(pain: int, usual: int) -> tuple[Life, Visit]:
    """Day 2 of a new spell, the questions answered two days ago; thirty minutes are asked for."""
    life = regular(sessions=0, onset=2, triaged=2, usual=usual)
    return life, life.session(pain, minutes=30)


def test_example_03_an_acute_day_with_a_high_usual_is_amber_and_short() -> None:
    life, visit = acute(pain=6, usual=6)
    plan = visit.plan
    assert (plan.zone, plan.stage, plan.effective) == (Zone.AMBER, "acute", 15)
    for item in plan.items:
        assert item.exercise.level <= 2 and item.exercise.dose.effort[1] <= 4
        assert Feature.FLEX_LOAD not in item.exercise.hazards
    assert plan.card == 1 and "heat" in codes(visit)
    assert not any("rate" in notice.text or "diary" in notice.text for notice in plan.notices)
    before = life.diary
    life.log(5)
    said = notices(
        (life.diary.pains[-1],), before, life.diary, life.standing, today=life.today, number=lambda: "112"
    )
    assert [notice.code for notice in said] == ["quiet"]


def test_example_04_a_sore_acute_day_is_red_and_comes_in_up_to_three_rounds() -> None:
    life, visit = acute(pain=7, usual=3)
    plan = visit.plan
    assert plan.zone is Zone.RED and plan.effective <= 10
    assert all(i.exercise.level == 1 and "flare" in i.exercise.stages for i in plan.items)
    assert plan.card in (1, 14)
    assert any("three" in notice.text for notice in plan.notices)
    for _ in range(2):
        life.done()
        another = life.session()
        assert ALREADY not in codes(another) and another.plan.zone is Zone.RED
    life.done()
    assert ALREADY in codes(life.session())


def test_example_05_a_steady_five_is_a_normal_day_that_may_progress() -> None:
    life = regular(usual=5, answers={"pain_now": 5})
    visit = until(life, lambda v: any(i.exercise.level == 3 for i in v.plan.block(Block.MAIN)), pain=5)
    assert (visit.plan.zone, visit.plan.mode, visit.plan.d) == (Zone.GREEN, Mode.NORMAL, 0)
    plans = [v.plan for v in life.visits if isinstance(v.outcome, Plan)]
    assert any(item.rung > 0 for plan in plans for item in plan.block(Block.MAIN))


def test_example_06_a_steady_six_is_amber_and_seven_is_red() -> None:
    life = regular(usual=6)
    seven = life.looking_ahead(0, 7)
    visit = life.session(6)
    main = visit.plan.block(Block.MAIN)
    assert visit.plan.zone is Zone.AMBER and visit.plan.effective <= 20
    assert all(item.exercise.level <= 2 for item in visit.plan.items)
    assert all(item.rung == 0 and not item.fill for item in main)
    assert len({item.exercise.category for item in main}) >= 2
    assert seven.plan.zone is Zone.RED


def test_example_07_two_more_than_usual_is_amber_although_it_is_under_five() -> None:
    visit = regular(usual=2).session(4)
    assert visit.plan.d == 2 and visit.plan.zone is Zone.AMBER


@pytest.mark.parametrize(("usual", "triaged"), [(3, 5), (7, 3)])
def test_example_08_and_09_eight_waits_for_clear_answers_of_today_and_is_red_then(
    usual: int, triaged: int
) -> None:
    life = regular(usual=usual, triaged=triaged, sessions=3)
    assert life.session(8).refused.code == "pain-too-high"
    life.triage(onset_days=1000, pain_now=8, pain_usual=usual)
    assert life.session(8).plan.zone is Zone.RED


@pytest.mark.parametrize("triaged", [0, 1, 5, 20])
def test_example_10_nine_is_refused_whatever_the_age_of_the_triage(triaged: int) -> None:
    life = regular(triaged=triaged, sessions=3)
    assert life.session(9).refused.code == "pain-too-high"
    life.triage(onset_days=1000, pain_now=9)
    assert life.session(9).refused.code == "pain-too-high"


def test_example_11_a_flare_up_brings_relief_half_the_walk_and_a_week_without_ups() -> None:
    life = regular(usual=2, walks=12)
    life.write(Direction, bending="better", arching="worse")
    walk = life.looking_ahead(0, 2).plan.outings[0].minutes
    life.log(flare=True)
    visit = life.session(3)
    assert visit.plan.zone is Zone.RED and visit.plan.card == 7
    assert {"rest-90-90", "knee-to-chest-single", "knee-rolls"} & set(visit.rows)
    assert any(item.exercise.category == "relaxation" for item in visit.plan.items), visit.rows
    assert not any(Feature.EXT_END in item.exercise.hazards for item in visit.plan.items)
    assert visit.plan.outings[0].minutes == max(walk // 2, 3)
    life.done()
    before = heights(life.visits[-2])
    for _ in range(2):
        again(life, 2, effort=3)
    life.wait(1).log(flare=False)
    for _ in range(3):
        now = heights(again(life, 2, effort=3))
        assert all(now[key] <= was for key, was in before.items() if key in now), now
        before |= {key: new for key, new in now.items() if key not in before}


def test_example_12_after_a_flare_up_the_former_level_comes_back_in_two_sessions() -> None:
    life = regular(dislikes=leg_rows_only("bridge"))
    until(life, gives("bridge-single", 10, 10), "bridge", most=90)
    life.done(effort=6)
    life.wait(2).log(flare=True)
    life.session(6).plan  # noqa: B018 - the day of the flare-up has its relief session
    life.done()
    life.wait(3).log(4)
    life.wait(1)
    day_five = life.session(4)
    assert day_five.plan.zone is Zone.GREEN and day_five.plan.d == 1
    march = day_five.item("bridge-march")
    assert march.rung == 0 and march.dose.counts[0] == 5
    life.done(effort=5)
    back = again(life, 3, effort=5)
    assert back.item("bridge-single").rung == 0
    former = again(life, 3, effort=5)
    single = former.item("bridge-single")
    assert single.rung == 2 and single.dose.counts[:2] == (10, 10)


def test_notices_are_told_apart_by_code() -> None:
    """What the examples look for is a code of a notice, so the code must be one that exists."""
    life = regular()
    life.session(3)
    life.done()
    assert ALREADY in codes(life.session())
