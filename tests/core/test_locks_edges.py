"""Locks at their edges: a lock whose own line is lost, the day to book by, and the ages of one person."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backmove.core.locks import another_person, hold, standing_locks, to_record
from backmove.core.record import Triage
from questions import TODAY, result_of, shipped, told

Q = shipped()
AT = datetime.fromisoformat("2026-11-21T10:00:00+01:00")


def run(previous: list[Triage], **changes: Any) -> Triage:
    at = AT + timedelta(hours=len(previous))
    result = result_of(**changes)
    held = hold(Q, previous, result, at, day=TODAY)
    stamp = {"v": 1, "id": f"{len(previous):012d}", "at": at.isoformat(), "day": TODAY.isoformat()}
    return to_record(result, told(**changes), held, stamp, ended="finished")


def test_a_lock_that_a_result_speaks_of_stands_when_its_own_line_is_lost() -> None:
    first = run([], fever="y")
    second = run([first])
    assert (second.result, second.held_by) == ("SELF_CARE", "SAME_DAY")
    left = standing_locks(Q, [second])
    assert [(lock.rule, lock.disposition, lock.since, lock.day) for lock in left] == [
        ("?", "SAME_DAY", AT + timedelta(hours=1), TODAY)
    ]
    assert run([second]).disposition == "SAME_DAY"


def test_a_lost_lock_stands_beside_those_that_are_known() -> None:
    thin = run([], weight_loss="y")
    held = replace(run([thin]), held_by="SAME_DAY")
    assert {lock.disposition for lock in standing_locks(Q, [thin, held])} == {"CLINICIAN_FIRST", "SAME_DAY"}


def test_a_lock_that_is_known_is_not_counted_twice() -> None:
    first = run([], fever="y")
    assert len(standing_locks(Q, [first, run([first])])) == 1


def test_of_two_days_to_book_by_the_earlier_one_is_kept() -> None:
    help_soon = {"function": "needs-help"}
    record = run([run([], weight_loss="y")], onset_days=42)
    assert record.disposition == "CLINICIAN_FIRST"
    assert record.book_by == (TODAY + timedelta(days=7)).isoformat()
    assert run([run([], fever="y")], **help_soon).book_by == TODAY.isoformat()


def test_an_emergency_has_no_day_to_book_by_whatever_else_was_said() -> None:
    result = result_of(saddle="y", saddle_days=0, saddle_trend="new", function="needs-help")
    assert (result.disposition, result.book_days) == ("EMERGENCY", None)


@pytest.mark.parametrize("age", [46, 50])
def test_two_years_off_to_the_day_is_still_the_same_person(age: int) -> None:
    years = 4
    last = replace(run([]), day=(TODAY - timedelta(days=1461)).isoformat(), age=44)
    assert not another_person(last, {"age": age}, TODAY)
    outside = age + (1 if age > 44 + years else -1)
    assert another_person(last, {"age": outside}, TODAY)
    assert date.fromisoformat(last.day).year == TODAY.year - years
