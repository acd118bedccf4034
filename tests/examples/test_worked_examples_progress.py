"""Worked examples 13 to 21: what good and bad sessions, and days without any, do to the next dose."""

import pytest
from regular import (
    TRUNK,
    again,
    easy_in,
    gives,
    heights,
    leg_rows_only,
    only,
    regular,
    trunk_rows_only,
    until,
)

from backmove.core.plan import Block
from backmove.core.slots import is_leg_row
from life import Life, Visit

Heights = dict[str, tuple[int, int]]


def with_bridge(*counts: int, row: str = "bridge", **profile: object) -> Life:
    """A person whose only leg row is the bridge, before a session that gives it at this dose for the first time."""
    life = regular(**({"dislikes": leg_rows_only("bridge")} | profile))  # type: ignore[arg-type]
    until(life, gives(row, *counts), "bridge")
    return life


def twice(life: Life, chain: str, efforts: tuple[int, int], *, pain: int = 3) -> Visit:
    """The session of today and the next that has the chain are reported with these efforts in it, and with 7 in all
    else; the next session with the chain after them."""
    life.done(**easy_in(life.visits[-1], chain, effort=efforts[0]))
    visit = next_with(life, chain, pain=pain)
    life.done(**easy_in(visit, chain, effort=efforts[1]))
    return next_with(life, chain, pain=pain)


def next_with(life: Life, chain: str, *, pain: int = 3, every: int = 2) -> Visit:
    """The next session with a main row of this chain; those before it were about right."""
    for _ in range(8):
        life.wait(every)
        if not life.standing.open:
            life.triage(onset_days=1000, pain_usual=pain)
        visit = life.session(pain)
        if visit.of_chain(chain):
            return visit
        life.done(effort=7)
    raise AssertionError(f"no {chain} in eight sessions; the last had {visit.rows}")


def raised(before: Heights, after: Heights) -> list[str]:
    return sorted(key for key in before if key in after and after[key] > before[key])


def test_example_13_two_good_sessions_bring_one_more_repeat() -> None:
    life = with_bridge(10)
    before = heights(life.visits[-1])
    visit = twice(life, "bridge", (4, 5))
    bridge = visit.item("bridge")
    assert bridge.rung == 2 and bridge.dose.counts[0] == 12 and (len(bridge.dose.counts) == 1 or bridge.fill)
    change = next(c for c in visit.plan.changes if c.exercise == "bridge")
    assert change.rule and change.why and change.before != change.after
    last = heights(life.visits[-2])
    assert "bridge" in raised(before | last, heights(visit)) and len(raised(last, heights(visit))) <= 2


def test_example_14_twice_at_the_top_brings_the_next_step() -> None:
    life = with_bridge(12, 12, equipment=[])
    visit = twice(life, "bridge", (5, 5))
    before = {key: step for v in life.visits[:-1] if v.first for key, (step, _) in heights(v).items()}
    assert visit.of_chain("bridge") is not None
    march = visit.item("bridge-march")
    assert march.rung == 0 and march.dose.counts[0] == 5
    steps = [key for key, (step, _) in heights(visit).items() if step > before.get(key, step)]
    assert steps == ["bridge"]


def test_example_15_with_more_effort_the_step_waits() -> None:
    life = with_bridge(12, 12, equipment=[])
    visit = twice(life, "bridge", (7, 7))
    assert visit.item("bridge").dose.counts[:2] == (12, 12)


def with_dead_bug() -> Life:
    """A person who has come to the dead bug, one rung up, before they do it."""
    life = regular(dislikes=[*trunk_rows_only("deadbug", also=("wall-plank",)), *leg_rows_only("bridge")])
    until(life, lambda v: any(i.exercise.id == "dead-bug" and i.rung == 2 for i in v.plan.items), "deadbug")
    return life


def test_example_16_too_much_in_one_row_takes_that_row_down() -> None:
    life = with_dead_bug()
    before = heights(life.visits[-1])
    life.done(peak=6, hurt=["dead-bug"], effort=5)
    life.wait(1, hour=8)
    life.log(4, morning=True)
    life.wait(1, hour=12)
    visit = life.session(3)
    now = heights(visit)
    assert now["deadbug"] == (before["deadbug"][0], before["deadbug"][1] - 1)
    assert all(now[key] == was for key, was in before.items() if key in now and key != "deadbug")
    assert raised(before, now) == []


def hurt_again(life: Life) -> Visit:
    """The dead bug's chain hurts today; the next session that has it."""
    at_fault = life.visits[-1].of_chain("deadbug")
    assert at_fault is not None
    life.done(peak=6, hurt=[at_fault.exercise.id], effort=5)
    life.wait(2)
    return life.session(3)


def test_example_17_a_second_time_goes_one_step_down_and_a_third_time_rests() -> None:
    life = with_dead_bug()
    life.triage(onset_days=1000)
    assert hurt_again(life).item("dead-bug").rung == 1
    second = hurt_again(life)
    toe_tap = second.item("toe-tap")
    assert toe_tap.rung > 0, "a step down comes back at the middle rung"
    assert "dead-bug" not in second.rows
    third = hurt_again(life)
    assert third.of_chain("deadbug") is None
    trunk = [i.exercise for i in third.plan.block(Block.MAIN) if i.exercise.category in TRUNK]
    assert trunk and all(row.position != "floor-supine" for row in trunk), third.rows
    for _ in range(6):
        assert again(life, 3, effort=7).of_chain("deadbug") is None


def test_example_18_three_in_twelve_days_in_different_rows_ask_for_a_look() -> None:
    life = regular()
    for number in range(3):
        visit = life.session(3)
        row = visit.plan.block(Block.MAIN)[number].exercise.id
        life.done(peak=6, hurt=[row])
        life.wait(4)
    assert life.session(3).refused.code == "three-overloads"


def test_example_19_one_bad_morning_holds_and_a_second_lowers() -> None:
    life = with_bridge(10)
    life.done(**easy_in(life.visits[-1], "bridge"))
    life.wait(1, hour=8).log(5, morning=True)
    life.wait(1, hour=12)
    held = next_with(life, "bridge")
    assert held.item("bridge").rung == 1 and raised(heights(life.visits[-2]), heights(held)) == []
    life.done(**easy_in(life.visits[-1], "bridge"))
    life.wait(1, hour=8).log(5, morning=True)
    life.wait(1, hour=12)
    lower = next_with(life, "bridge")
    assert lower.item("bridge").rung == 0


def test_example_20_without_a_morning_the_next_pain_decides() -> None:
    life = with_bridge(10)
    visit = twice(life, "bridge", (4, 5), pain=3)
    assert visit.item("bridge").rung == 2


def away(days: int, *, walk: int = 29) -> tuple[Heights, int, Life]:
    """Sessions for seven weeks with a walk of 20 minutes that neither grows nor shrinks; then days without any.

    Returns where they stood and the minutes of the walk before, and the life on the day of the return."""
    life = regular(walk_minutes=walk, dislikes=leg_rows_only("bridge"))
    for _ in range(18):
        again(life, effort=3)
        life.log(walk=18)
    visit = life.visits[-1]
    minutes = visit.plan.outings[0].minutes
    return heights(visit), minutes, life.wait(days)


def test_example_21_six_days_hold_everything() -> None:
    before, _, life = away(6)
    assert max(rung for _, rung in before.values()) > 0
    now = heights(life.session(3))
    assert now.keys() & before.keys()
    assert all(now[key] == was for key, was in before.items() if key in now)


def test_example_21_ten_days_take_one_rung_and_a_tenth_of_the_walk() -> None:
    before, minutes, life = away(10)
    visit = life.session(3)
    now = heights(visit)
    lower = {key: (step, max(0, rung - 1)) for key, (step, rung) in before.items()}
    assert all(now[key] == lower[key] for key in lower.keys() & now.keys())
    assert abs(visit.plan.outings[0].minutes - minutes * 0.9) <= 1
    assert visit.plan.effective <= 15


def test_example_21_twenty_days_take_a_step_of_hard_rows_and_a_third_of_the_walk() -> None:
    life = regular(walk_minutes=29, dislikes=leg_rows_only("bridge"))
    until(life, gives("bridge-single"), "bridge", most=90)
    life.done(effort=5)
    minutes = life.visits[-1].plan.outings[0].minutes
    life.wait(20)
    if not life.standing.open:
        life.triage(onset_days=1000)
    visit = life.session(3)
    march = visit.item("bridge-march")
    assert march.rung == 0 and march.dose.counts[0] == 5
    assert all(rung == 0 for _, rung in heights(visit).values())
    assert abs(visit.plan.outings[0].minutes - minutes * 0.7) <= 1


def test_example_21_forty_days_ask_the_questions_and_begin_low() -> None:
    life = regular(walk_minutes=29, dislikes=leg_rows_only("bridge"))
    until(life, gives("bridge-march"), most=90)
    life.done(effort=5)
    minutes = life.visits[-1].plan.outings[0].minutes
    life.wait(40)
    assert life.session(3).refused.code == "triage-stale"
    life.triage(onset_days=1000)
    visit = life.session(3)
    assert all(item.exercise.level <= 2 for item in visit.plan.items)
    assert all(item.rung == 0 for item in visit.plan.block(Block.MAIN))
    assert visit.plan.effective <= 15
    assert abs(visit.plan.outings[0].minutes - max(5, minutes * 0.5)) <= 1


@pytest.mark.parametrize("chains", [("bridge",), ("squat", "hinge")])
def test_the_person_of_the_examples_can_be_held_to_one_kind_of_leg_row(chains: tuple[str, ...]) -> None:
    """The builder works: without it examples 12 to 21 would look at rows that never come."""
    life = regular(dislikes=only(*chains, among=is_leg_row))
    rows = {key for _ in range(4) for key in heights(again(life))}
    assert rows & set(chains)
