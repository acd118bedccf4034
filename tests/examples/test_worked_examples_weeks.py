"""Worked examples 33 to 42: walking, staying well, other forms of a session, nights, and a torn journal."""

from itertools import pairwise
from typing import Any

import pytest
from regular import again, heights, leg_rows_only, regular, until

from backmove.core.choices import Category
from backmove.core.exercise import Feature
from backmove.core.plain_words import banned_words
from backmove.core.plan import Block, Outing, Plan
from backmove.core.record import Seal
from backmove.core.slots import is_leg_row
from backmove.core.visit import todays_session
from backmove.core.zone import Zone
from conftest import World
from life import CATALOG, HOUSEHOLD, PARAMETERS, Life, Visit, shown
from triage_answers import day, triage

LEG_AND_TRUNK = ("motor-control", "core")


# --- walking: weeks from Monday to Sunday, sessions on Monday, Wednesday and Friday -----------------------------


def a_week(life: Life, walks: tuple[int, ...], *, pain: int = 3, **report: Any) -> Visit:
    """Monday to Sunday: a session on Monday, Wednesday and Friday, and these walks; the next Monday's session.

    Begins on a Monday; that day's session is given and reported first, if it was not yet."""
    assert life.now.weekday() == 0
    for weekday in range(7):
        if weekday in (0, 2, 4):
            if not life.standing.open:
                life.triage(onset_days=1000)
            if life.diary.session_on(life.today) is None:
                life.session(pain)
            life.done(**(report if weekday == 4 else {}))
        if weekday < len(walks):
            life.log(walk=walks[weekday])
        life.wait(1)
    if not life.standing.open:
        life.triage(onset_days=1000)
    return life.session(pain)


def walk_of(visit: Visit) -> Outing:
    assert visit.plan.outings, visit.plan.notices
    return visit.plan.outings[0]


def in_week_three() -> Life:
    """Two weeks of all that was planned: 10, then 12, now 14 minutes on 4 days."""
    life = regular(sessions=0, triaged=0)
    for _ in range(2):
        planned = walk_of(life.visits[-1]) if life.visits else None
        minutes, days = (planned.minutes, planned.days_per_week) if planned else (10, 4)
        a_week(life, (minutes,) * days)
    return life


def test_example_33_a_walking_week_that_was_done_brings_a_sixth_more() -> None:
    life = in_week_three()
    now = walk_of(life.visits[-1])
    assert (now.minutes, now.days_per_week) == (14, 4)
    after = walk_of(a_week(life, (14, 14, 14, 8)))  # 50 of 56 minutes
    assert (after.minutes, after.days_per_week) == (16, 5)


def test_example_33_half_a_week_holds() -> None:
    after = walk_of(a_week(in_week_three(), (10, 10, 10)))  # 30 of 56 minutes
    assert after.minutes == 14


def test_example_33_too_much_takes_a_fifth_away() -> None:
    after = walk_of(a_week(in_week_three(), (14, 14, 14, 14), peak=7))
    assert after.minutes == 11


def test_example_34_a_sore_shin_holds_the_walk_and_brings_something_else() -> None:
    kit = [*HOUSEHOLD, "bike"]
    life = in_week_three()
    life.set(equipment=kit)
    life.log(walk=14, limb=4)
    visit = a_week(life, (14, 14, 14, 14))
    assert visit.plan.outings[0].minutes <= 14
    other = [
        o.exercise for o in visit.plan.outings if not (o.exercise.chain and o.exercise.chain.id == "walk")
    ]
    assert other and all(Feature.IMPACT not in row.hazards and row.id != "step-touch" for row in other)
    given = [v.plan.card for v in life.visits if isinstance(v.outcome, Plan)]
    assert 10 in given[-3:], given


# --- staying well ---------------------------------------------------------------------------------------------


def well(usual: int = 0, **profile: Any) -> Life:
    """Four weeks and more at pain 0 or 1, with a word about it in each week."""
    life = regular(usual=usual, minutes=..., **profile)
    for number in range(12):
        again(life, number % 2, every=3, effort=7)
    return life


def test_example_35_four_good_weeks_are_followed_by_two_short_sessions_a_week() -> None:
    life = well()
    visit = life.wait(2).session(1)
    assert visit.plan.stage == "maintenance" and visit.plan.requested == 15
    assert visit.plan.outings, "walking goes on"
    cards = [
        v.plan.card for v in life.visits if isinstance(v.outcome, Plan) and v.plan.stage == "maintenance"
    ]
    assert 18 in cards
    life.done()
    third = life.wait(1).session(1)
    life.done()
    fourth = life.wait(1).session(1)
    assert {"rest-day"} & ({n.code for n in third.plan.notices} | {n.code for n in fourth.plan.notices})


def test_example_36_a_new_spell_after_good_weeks_starts_with_the_questions() -> None:
    life = well()
    before = heights(life.visits[-1])
    refused = life.wait(2).session(3).refused
    assert refused.code == "triage-stale" and not banned_words(refused.text)
    life.triage(onset_days=1, pain_usual=0, pain_now=3)
    visit = life.session(3)
    assert (visit.plan.stage, visit.plan.zone) == ("acute", Zone.AMBER)
    assert visit.plan.card in (7, 1)
    life.done()
    following = life.wait(1).session(3)
    assert {visit.plan.card, following.plan.card} == {7, 1}
    assert not any(banned_words(notice.text) for notice in visit.plan.notices)
    life.done()
    steps = {key: step for key, (step, _) in before.items()}
    for _ in range(40):
        visit = again(life, 1, effort=7)
        if visit.plan.stage != "acute":
            break
    now = {key: step for key, (step, _) in heights(visit).items()}
    assert steps.keys() & now.keys() and all(now[key] >= steps[key] for key in steps.keys() & now.keys())


def test_example_37_twice_five_minutes_are_a_leg_and_a_trunk_row() -> None:
    life = regular(minutes=5, days_per_week=2)
    for number in range(6):
        visit = again(life, 2, every=3 + number % 2, effort=5)
        main = [item.exercise for item in visit.plan.block(Block.MAIN)]
        assert len(main) == 2
        assert any(is_leg_row(row) for row in main) and any(row.category in LEG_AND_TRUNK for row in main)
        assert {row.category for row in main} != {Category.STRETCH}
        assert visit.plan.outings


def test_example_38_another_three_times_gives_three_sessions_that_can_be_repeated() -> None:
    life = regular()
    visits = [life.session(2)] + [life.session(another=True) for _ in range(3)]
    assert len({visit.rows for visit in visits}) == 4
    for a, b in pairwise(visits):
        assert len(set(b.main) - set(a.main)) <= 1
    for visit in visits:
        repeated = todays_session(CATALOG, PARAMETERS, visit.before, visit.standing, visit.request, visit.day)
        assert repeated == visit.outcome
    shown_again = life.session()
    assert shown_again.rows == visits[-1].rows, "plain session shows the form that was asked for"


def test_example_39_all_that_keeps_one_off_the_floor_leaves_two_kinds() -> None:
    tags = ["cannot-kneel", "no-prone", "no-supine", "wrist-problem", "shoulder-problem", "neck-problem"]
    life = regular(place="upright", precautions=tags)
    for _ in range(6):
        visit = again(life, 2, effort=5)
        assert len({item.exercise.category for item in visit.plan.block(Block.MAIN)}) >= 2


# --- running, nights, a torn line -----------------------------------------------------------------------------


def runner(*tags: str) -> list[Visit]:
    """Well for weeks, and three weeks of thirty minutes on five days; the visits after that."""
    life = well(walk_minutes=45, goals=["run"], precautions=list(tags))
    life.wait((7 - life.now.weekday()) % 7)
    for _ in range(4):
        a_week(life, (30, 30, 30, 30, 30), pain=0)
    start = len(life.visits)
    for _ in range(2):
        a_week(life, (30, 30, 30, 30, 30), pain=0)
    return life.visits[start:]


def offers_a_jog(visit: Visit) -> bool:
    outings = {o.exercise.id for o in visit.plan.outings}
    return "walk-jog" in outings or any("walk-jog" in n.text or "jog" in n.text for n in visit.plan.notices)


def test_example_40_a_runner_who_is_well_may_be_offered_a_jog() -> None:
    assert any(offers_a_jog(visit) for visit in runner())


@pytest.mark.parametrize("tag", ["knee-problem", "new-to-exercise"])
def test_example_40_not_with_a_sore_knee_or_as_a_beginner(tag: str) -> None:
    assert not any(offers_a_jog(visit) for visit in runner(tag))


def test_example_41_two_poor_nights_lower_the_dose_and_end_in_calm() -> None:
    life = regular(dislikes=leg_rows_only("bridge"))
    until(life, lambda v: heights(v).get("bridge", (0, 0))[1] >= 2 and 11 not in cards_of(life)[-8:])
    life.done(effort=3)
    life.wait(1).log(3, sleep=2)
    life.wait(1).log(3, sleep=2)
    poor = life.session(3)
    assert poor.plan.zone is Zone.GREEN and poor.plan.card == 11
    settle = {item.exercise.id for item in poor.plan.block(Block.SETTLE)}
    assert settle & {"breathing-diaphragm", "body-scan-short", "body-scan-seated"}, settle
    slept = regular_night(life)
    rested, tired = heights(slept), heights(poor)
    assert any(rung for _, rung in rested.values())
    for key, (step, rung) in rested.items():
        if key in tired:
            assert tired[key] <= (step, max(0, rung - 1)) or rung == 0, (key, tired[key], rested[key])


def cards_of(life: Life) -> list[int | None]:
    return [v.plan.card for v in life.visits if isinstance(v.outcome, Plan)]


def regular_night(life: Life) -> Visit:
    """The same day after good nights."""
    other = Life(now=life.now, records=[r for r in life.records if not getattr(r, "sleep", None)])
    other.records = [r for r in other.records if r.day != life.today]
    return other.session(3)


def test_example_42_after_a_torn_line_nothing_rises_in_the_next_session() -> None:
    life = regular(dislikes=leg_rows_only("bridge"))
    for _ in range(40):
        again(life, effort=3)
        calm, sealed = Life(life.now, list(life.records)), Life(life.now, list(life.records))
        sealed.write(Seal, kept="journal.torn", size=12)
        was = heights(life.visits[-1])
        up, held = heights(again(calm, effort=3)), heights(again(sealed, effort=3))
        if any(up[key] > was[key] for key in was.keys() & up.keys()):
            assert all(held[key] <= was[key] for key in was.keys() & held.keys()), (was, held)
            assert held.keys() & was.keys()
            return
    raise AssertionError(f"nothing rose in forty sessions\n{shown(life.records[-6:])}")


def test_example_42_the_torn_line_is_told_and_the_rest_is_used(world: World) -> None:
    world.run("triage", "--answers", "-", stdin=triage())
    world.run("session", "--answers", "-", "--json", stdin=day(2))
    world.run("done", "--effort", "5")
    whole = world.records
    with world.journal_file.open("ab") as file:
        file.write(b'{"v":1,"id":"torn')
    world.sleep_days(2)
    result = world.run("session", "--answers", "-", "--json", stdin=day(2))
    assert result.data["outcome"] == "session" and "torn" in result.err
    assert world.records[: len(whole)] == whole
    assert isinstance(world.records[len(whole)], Seal)
