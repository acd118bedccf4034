"""How doses and steps go up and down (R-F, R-G, C4; rulings 4.1-4.5), told as lives on the plan."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from backmove.core.dose import amount, graduation, ladder, middle, one_set
from backmove.core.ledger import Ledger
from backmove.core.lessons import Replay
from backmove.core.placement import chains_of
from backmove.core.plan import Plan, PlannedItem, Refused
from backmove.core.record import DoneRow, GivenItem
from backmove.core.reporting import Report
from backmove.core.response import Response, Visit
from course import CATALOG, PARAMETERS, Course, day_of, main_of, reasons
from given import Stamp, done, session


def rung_of(plan: Plan, row: str) -> int:
    return main_of(plan)[row].rung


def shared(first: Plan, second: Plan) -> list[str]:
    """Main rows of both, without the minutes rows."""
    rows = main_of(second)
    return [row for row, item in main_of(first).items() if row in rows and item.dose.minutes is None]


def risen(before: Plan, after: Plan) -> list[str]:
    return [
        row for row in main_of(after) if row in main_of(before) and rung_of(after, row) > rung_of(before, row)
    ]


def graduated_bridge() -> tuple[Course, int]:
    """Somebody whose bridge stands at its graduation rung with two good sessions there, and the next day to plan."""
    person = Course()
    for day in range(0, 60, 2):
        plan = person.does(day, Report(effort=4))
        if "bridge-march" in main_of(plan):
            person.records = person.records[:-2]
            return person, day
    raise AssertionError("the bridge never graduated")


# --- up -----------------------------------------------------------------------------------------------------


def test_two_good_sessions_bring_one_rung_with_its_reason() -> None:
    person = Course()
    first, second, third = (
        person.does(day, Report(effort=effort)) for day, effort in ((0, 4), (2, 5), (4, 5))
    )
    up = risen(second, third)
    assert up
    assert set(up) <= set(shared(first, second))
    assert not risen(first, second)
    rule, why = reasons(third)[up[0]]
    assert rule == "F3"
    assert why.startswith("two good sessions at effort 4 and 5, so ")


@pytest.mark.parametrize(("effort", "rises"), [(None, True), (4, True), (6, True), (7, False), (10, False)])
def test_effort_over_six_stays(effort: int | None, rises: bool) -> None:
    plans = Course().lives(range(0, 12, 2), effort)
    assert any(risen(a, b) for a, b in pairwise(plans)) is rises


def test_one_easy_session_is_enough() -> None:
    person = Course()
    first = person.does(0, Report(effort=3))
    second = person.does(2, Report(effort=3))
    up = risen(first, second)
    assert up
    assert reasons(second)[up[0]][1].startswith("it felt easy last time (effort 3), so ")


def test_the_effort_of_a_row_goes_before_that_of_the_session() -> None:
    person = Course()
    first = person.does(0, Report(effort=5))
    row = shared(first, first)[0]
    for day in (2, 4, 6, 8):
        given = person.does(
            day, Report(effort=5, efforts=(f"{row}=8",) if row in main_of(person.plan(day)) else ())
        )
        assert row not in main_of(given) or rung_of(given, row) == 0


def test_at_most_two_rows_rise_in_a_session_and_none_twice_as_fast() -> None:
    plans = Course().lives(range(0, 80, 2), 3)
    for before, after in pairwise(plans):
        assert len(risen(before, after)) <= 2
        assert all(rung_of(after, row) - rung_of(before, row) <= 1 for row in risen(before, after))


def test_at_the_end_of_its_ladder_the_next_step_comes_at_its_start() -> None:
    person, day = graduated_bridge()
    plan = person.plan(day)
    assert (rung_of(plan, "bridge-march"), "bridge" in main_of(plan)) == (0, False)
    rule, why = reasons(plan)["bridge-march"]
    assert (rule, why) == ("F3", "two good sessions at effort 4, so the next step of this exercise")
    steps = [c for c in plan.changes if c.rule == "F3" and "next step" in c.why]
    assert len(steps) == 1


def test_a_step_needs_less_effort_than_a_rung_and_nobody_is_pushed_past_graduation_instead() -> None:
    person = Course()
    plans = person.lives(range(0, 70, 2), 6)
    bridge = CATALOG.exercises["bridge"]
    top = graduation(ladder(bridge, older=False, parameters=PARAMETERS))
    rungs = [rung_of(plan, "bridge") for plan in plans if "bridge" in main_of(plan)]
    assert max(rungs) == top
    assert all("bridge-march" not in main_of(plan) for plan in plans)


def test_two_steps_at_most_in_seven_days() -> None:
    person = Course()
    plans = person.lives(range(140), 4)
    days = [
        number
        for number, plan in enumerate(plans)
        for c in plan.changes
        if c.rule == "F3" and "next step" in c.why
    ]
    assert len(days) > 3
    assert len(set(days)) == len(days), "more than one step in a session"
    assert all(third - first >= 7 for first, third in zip(days, days[2:], strict=False))


def test_level_four_needs_twelve_sessions_and_two_weeks_at_level_three() -> None:
    person = Course()
    first_three: dict[str, int] = {}
    for number, day in enumerate(range(0, 120, 2)):
        plan = person.does(day, Report(effort=4))
        for item in main_of(plan).values():
            chain = item.exercise.chain
            if chain and item.exercise.level == 3:
                first_three.setdefault(chain.id, day)
            if chain and item.exercise.level == 4:
                assert number >= 12
                assert day - first_three[chain.id] >= 14
                return
    raise AssertionError("level 4 was never reached")


def test_the_shortest_sessions_take_steps_too() -> None:
    person = Course()
    plans = person.lives(range(0, 80, 2), 4, minutes=5)
    assert any(c.rule == "F3" and "next step" in c.why for plan in plans for c in plan.changes)
    assert all(len(item.dose.counts) <= 1 for plan in plans for item in main_of(plan).values())


# --- held ---------------------------------------------------------------------------------------------------


def sore(person: Course) -> dict[str, Any]:
    person.does(4, Report(effort=4, soreness=True))
    return {}


def too_much(person: Course) -> dict[str, Any]:
    person.does(4, Report(effort=4, peak=6))
    return {}


def amber_today(person: Course) -> dict[str, Any]:
    return {"pain": 5}


def red_today(person: Course) -> dict[str, Any]:
    return {"pain": 7}


def amber_last(person: Course) -> dict[str, Any]:
    person.does(4, Report(effort=4), pain=5)
    return {}


def in_a_flare(person: Course) -> dict[str, Any]:
    person.flare(4)
    return {}


def after_a_flare(person: Course) -> dict[str, Any]:
    person.flare(4)
    person.flare(5, on=False)
    return {}


def after_four_days(person: Course) -> dict[str, Any]:
    return {"day": 8}


def after_a_bad_night(person: Course) -> dict[str, Any]:
    return {"sleep": 2}


def after_a_torn_line(person: Course) -> dict[str, Any]:
    person.torn(4)
    return {}


@pytest.mark.parametrize(
    "why",
    [
        sore,
        too_much,
        amber_today,
        red_today,
        amber_last,
        in_a_flare,
        after_a_flare,
        after_four_days,
        after_a_bad_night,
        after_a_torn_line,
    ],
)
def test_nothing_rises(why: Callable[[Course], dict[str, Any]]) -> None:
    person = Course()
    person.lives((0, 2), 4)
    assert risen(person.plan(2), person.plan(5)), "without the reason something rises"
    asked = why(person)
    best = {i.exercise: i.rung for r in person.diary.sessions for i in r.items}
    plan = person.plan(asked.pop("day", 6), **asked)
    assert all(item.rung <= best.get(row, 0) for row, item in main_of(plan).items())
    assert not [c for c in plan.changes if c.rule == "F3"]


def test_the_first_weeks_of_a_spell_stay_at_the_start() -> None:
    person = Course(onset="2026-01-01", pain=2)
    plans = person.lives(range(0, 30, 2), 3)
    assert {item.rung for plan in plans for item in main_of(plan).values()} == {0}


def test_a_rise_that_was_given_but_not_done_is_given_again() -> None:
    person = Course()
    person.lives((0, 2), 4)
    given = person.does(4)
    again = person.plan(5)
    assert {r: i.rung for r, i in main_of(again).items() if i.rung} == {
        r: i.rung for r, i in main_of(given).items() if i.rung
    }


def test_rows_that_were_skipped_or_not_named_move_nothing() -> None:
    person = Course()
    rows = shared(person.plan(0), person.plan(0))
    for day in (0, 2, 4, 6):
        there = [row for row in rows if row in main_of(person.plan(day))]
        person.does(day, Report(effort=3, skipped=tuple(there)))
    assert all(rung_of(person.plan(8), row) == 0 for row in rows if row in main_of(person.plan(8)))
    partly = Course()
    partly.does(0, Report(effort=3, partly=True))
    assert all(item.rung == 0 for item in main_of(partly.plan(2)).values())


def test_the_easier_form_twice_running_ends_the_run_and_once_does_not() -> None:
    for easier, expected in (((2,), True), ((2, 4), False)):
        person = Course()
        row = shared(person.plan(0), person.plan(0))[0]
        for day in (0, 2, 4, 6):
            used = (row,) if day in easier and row in main_of(person.plan(day)) else ()
            person.does(day, Report(effort=5, easier=used))
        assert (rung_of(person.plan(8), row) > 0) is expected


def test_a_dose_that_was_cut_to_fit_moves_nothing() -> None:
    person, day = graduated_bridge()
    rows = {row: item.rung for row, item in main_of(person.plan(day)).items()}
    for short in (day, day + 2, day + 4):
        person.does(short, Report(effort=3), minutes=5)
    back = main_of(person.plan(day + 6))
    assert all(back[row].rung >= rung for row, rung in rows.items() if row in back and row == "bridge")


# --- too much -----------------------------------------------------------------------------------------------


def less(after: PlannedItem, before: PlannedItem) -> bool:
    return after.form == "easier" or (after.rung < before.rung and not after.fill)


def test_a_session_that_was_too_much_lowers_every_main_row() -> None:
    person = Course()
    person.lives(range(0, 10, 2), 4)
    before = main_of(person.does(10, Report(effort=7, peak=7)))
    plan = person.plan(12)
    same = [row for row in main_of(plan) if row in before]
    assert same
    assert all(less(main_of(plan)[row], before[row]) for row in same)
    assert {reasons(plan)[row][0] for row in same} == {"F5"}


def test_a_row_that_hurt_goes_down_alone() -> None:
    person = Course()
    person.lives(range(0, 20, 2), 4)
    before = main_of(person.plan(20))
    row = next(row for row, item in before.items() if item.rung > 0 and item.dose.minutes is None)
    person.does(20, Report(effort=5, peak=6, hurt=(row,)))
    plan = person.plan(22)
    after = main_of(plan)
    assert less(after[row], before[row])
    assert reasons(plan)[row] == ("F5", "it was too much last time, so a little less")
    others = [r for r in after if r in before and r != row]
    assert all(after[r].rung == before[r].rung for r in others)


def test_too_much_at_the_start_dose_brings_the_easier_form_and_a_good_session_ends_it() -> None:
    person = Course()
    row = shared(person.plan(0), person.plan(0))[0]
    person.does(0, Report(peak=6, hurt=(row,)))
    given = main_of(person.does(2, Report(effort=4)))[row]
    assert (given.form, given.rung, given.fill) == ("easier", 0, False)
    after = person.plan(4)
    assert main_of(after)[row].form == "usual"
    assert reasons(after)[row] == ("F5", "it went well in its easier form, so the usual one again")


def hurting(person: Course, day: int, row: str) -> Plan:
    """Days on which one row hurt: a report of it wherever the plan has it."""
    return person.does(day, Report(effort=5, peak=6, hurt=(row,)))


@pytest.mark.parametrize(
    ("report", "rises"),
    [({}, True), ({"hurt": True}, False), ({"status": "stopped", "reason": "time"}, False)],
)
def test_a_row_that_hurt_and_a_session_that_was_stopped_earn_nothing(
    stamp: Stamp, report: dict[str, Any], rises: bool
) -> None:
    row = CATALOG.exercises["bridge"]
    dose = ladder(row, older=False, parameters=PARAMETERS)[0]
    given = session(stamp, GivenItem(row.id, "main", dose, 60))
    word = DoneRow(row.id, effort=3, hurt=report.pop("hurt", False))
    visit = Visit(given, done(stamp, given, effort=3, **{"rows": (word,)} | report), Response.OK)
    replay = Replay(Ledger(own={"bridge": row}), CATALOG, chains_of(CATALOG), PARAMETERS, older=False)
    replay.read([visit])
    assert replay.rung_earned(row) is rises


def test_too_much_in_a_session_of_one_set_brings_the_easier_form_where_the_lower_dose_has_more_sets(
    stamp: Stamp,
) -> None:
    row = CATALOG.exercises["bag-lift"]
    rungs = ladder(row, older=False, parameters=PARAMETERS)
    assert amount(rungs[0]) > amount(one_set(rungs[1]))
    for dose, eased in ((one_set(rungs[1]), True), (rungs[1], False)):
        item = GivenItem(row.id, "main", dose, 60, rung=1)
        given = session(stamp, item)
        visit = Visit(given, done(stamp, given, row.id, peak=6), Response.OVERLOAD, (item,))
        start = Ledger(own={}, rungs={row.id: 1})
        replay = Replay(start, CATALOG, chains_of(CATALOG), PARAMETERS, older=False)
        ledger = replay.read([visit])
        assert ledger.rungs[row.id] == 0
        assert (row.id in ledger.easier) is eased


def test_too_much_twice_in_two_weeks_is_one_step_down_and_three_times_is_a_rest() -> None:
    person, day = graduated_bridge()
    person.lives((day, day + 2, day + 4, day + 6), 4)
    row = "bridge-march"
    assert row in main_of(person.plan(day + 8))
    hurting(person, day + 8, row)
    again = person.plan(day + 10)
    assert row in main_of(again)
    hurting(person, day + 10, row)
    down = person.plan(day + 12)
    bridge = CATALOG.exercises["bridge"]
    rungs = ladder(bridge, older=False, parameters=PARAMETERS)
    assert rung_of(down, "bridge") == middle(rungs)
    assert reasons(down)["bridge"] == ("F5", "it was too much again, so one step easier")
    hurting(person, day + 12, "bridge")
    rest = person.plan(day + 14)
    assert not {"bridge", row} & {item.exercise.id for item in rest.items}
    told = [c.why for c in rest.changes if c.rule == "F5"]
    assert told == [f"it was too much three times, so it rests until {day_of(day + 26)}"]
    assert "bridge" not in main_of(person.plan(day + 25))


def test_three_sessions_in_a_row_that_were_too_much_are_never_doses_of_nothing() -> None:
    person = Course()
    for day in range(0, 8, 2):
        plan = person.asks(day)
        if isinstance(plan, Refused):
            break
        assert all(sum(i.dose.counts) or i.dose.minutes for i in main_of(plan).values())
        person.does(day, Report(peak=7))


# --- missed days, poor nights -------------------------------------------------------------------------------


@pytest.mark.parametrize(("gap", "less_by"), [(3, 0), (4, 0), (7, 0), (8, 1), (14, 1), (15, 9), (28, 9)])
def test_days_away_hold_then_lower(gap: int, less_by: int) -> None:
    person = Course()
    last = main_of(person.lives(range(0, 20, 2), 4)[-1])
    plan = person.plan(18 + gap)
    after = main_of(plan)
    for row in [row for row in after if row in last and last[row].dose.minutes is None]:
        assert after[row].rung <= max(0, last[row].rung + (1 if gap < 4 else 0) - less_by)
        if less_by == 0 and gap < 8:
            assert after[row].rung >= last[row].rung
        if less_by and last[row].rung and after[row].dose != last[row].dose:
            assert reasons(plan)[row][0] == "G"


def test_hard_chains_come_back_one_step_lower_after_two_weeks_and_never_two() -> None:
    person = Course()
    plans = person.lives(range(0, 60, 2), 4)
    own = {
        i.exercise.chain.id: i.exercise.chain.step
        for p in plans
        for i in main_of(p).values()
        if i.exercise.chain
    }
    after = person.plan(58 + 20)
    for item in main_of(after).values():
        chain = item.exercise.chain
        if chain and chain.id in own:
            assert item.rung == 0
            assert chain.step >= own[chain.id] - 1


def test_after_four_weeks_it_begins_again_at_level_two() -> None:
    person = Course()
    person.lives(range(0, 90, 2), 4)
    plan = person.plan(88 + 40)
    assert all(item.exercise.level <= 2 and item.rung == 0 for item in main_of(plan).values())


def test_a_poor_night_lowers_today_and_nothing_else() -> None:
    person = Course()
    person.lives(range(0, 20, 2), 4)
    well, badly = person.plan(20), person.plan(20, sleep=2)
    assert str(badly.zone) == "green"
    lower = [r for r in shared(well, badly) if main_of(badly)[r].rung < main_of(well)[r].rung]
    assert lower
    assert all(rule in ("C4", "B2") for rule, _ in (reasons(badly)[r] for r in lower if r in reasons(badly)))


def test_the_same_records_give_the_same_session_and_the_prefix_does_too() -> None:
    person = Course()
    plans = person.lives(range(0, 40, 2), 4)
    for cut in range(2, len(person.records), 2):
        part = Course(records=[])
        part.records = person.records[:cut]
        day = 2 * ((cut - 2) // 2)
        if day < 40:
            assert part.plan(day).items == plans[day // 2].items
