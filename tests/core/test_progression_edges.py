"""Doses at the bottom of their ladders."""

from backmove.core.changes import gain
from backmove.core.dose import ladder
from course import PARAMETERS, Course, main_of, reasons


def test_a_poor_night_after_a_long_gap_leaves_the_lowest_dose() -> None:
    person = Course()
    person.lives(range(0, 14, 2))
    well, badly = person.plan(28), person.plan(28, sleep=2)
    assert all(item.rung == 0 for item in main_of(well).values() if item.dose.minutes is None)
    assert all(item.rung == 0 for item in main_of(badly).values() if item.dose.minutes is None)
    shared = main_of(well).keys() & main_of(badly).keys()
    assert shared
    assert all(sum(main_of(badly)[row].dose.counts) <= sum(main_of(well)[row].dose.counts) for row in shared)


def test_the_reason_of_a_rise_says_how_much_more_its_rung_is() -> None:
    told = []
    for plan in Course().lives(range(0, 24, 2)):
        rows = main_of(plan)
        for row, (rule, why) in reasons(plan).items():
            if rule == "F3":
                rungs = ladder(rows[row].exercise, older=False, parameters=PARAMETERS)
                told.append((gain(*rungs[rows[row].rung - 1 : rows[row].rung + 1]), why))
    assert len({more for more, _ in told}) > 1
    assert [why for more, why in told if not why.endswith(f", so {more}")] == []
