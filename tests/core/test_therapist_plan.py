"""Doses of a plan, and which plan is in force."""

from random import Random
from typing import Any

import msgspec
import pytest

import shipped
from backmove.core.diary import Diary
from backmove.core.dose import ladder, start_dose
from backmove.core.plan_lint import part_of
from backmove.core.record import GivenDose, PlanRow, TherapistPlan
from backmove.core.therapist_plan import (
    Amount,
    digest_of,
    dose_for,
    dose_today,
    is_at_most,
    lesser,
    most_dose,
    plan_on,
    plan_over,
    top_dose,
    whose,
    work_of,
)
from therapist_plans import amount_of, plan_record, plan_rows

CATALOG, PARAMETERS = shipped.library()
ROWS = [row for row in CATALOG.exercises.values() if part_of(row) is not None]


def test_the_top_is_the_last_rung_of_every_ladder() -> None:
    for row in ROWS:
        rungs = ladder(row, older=True, parameters=PARAMETERS)
        assert all(is_at_most(rung, top_dose(row)) for rung in rungs), row.id
        if row.dose.kind not in ("stretch",):
            assert rungs[-1] == top_dose(row), row.id


def test_a_plan_may_ask_for_twice_the_top_and_five_sets() -> None:
    for row in ROWS:
        top, most = top_dose(row), most_dose(row)
        assert is_at_most(top, most)
        if most.minutes is None:
            assert max(most.counts) == 2 * max(top.counts)
            assert len(most.counts) == (1 if top.kind == "stretch" else 5)
            assert (most.hold_s or 0) == 2 * (top.hold_s or 0)


def test_what_is_not_said_is_as_in_the_library() -> None:
    bridge, stretch = CATALOG.exercises["bridge"], CATALOG.exercises["figure-four-supine"]
    assert dose_for(bridge, Amount(reps=6)) == GivenDose(kind="reps", counts=(6,), tempo_s=5, rest_s=45)
    assert dose_for(stretch, Amount(reps=2)).hold_s == 15
    assert dose_for(stretch, Amount(reps=2)).sides == 2
    side = CATALOG.exercises["side-bridge-knees"]
    assert dose_for(side, Amount(pyramid=(4, 2))).counts == (4, 2)
    assert dose_for(side, Amount(reps=4, sets=2)).counts == (4, 4)


@pytest.mark.parametrize("seed", range(40))
def test_the_lesser_of_two_doses_is_never_more_than_either(seed: int) -> None:
    rng = Random(seed)
    row = rng.choice(ROWS)
    one, other = (dose_for(row, amount_of(rng, row, CATALOG)) for _ in range(2))
    less = lesser(one, other)
    assert is_at_most(less, one) and is_at_most(less, other)
    assert work_of(less) > 0
    assert lesser(one, one) == one


@pytest.mark.parametrize("seed", range(40))
def test_a_dose_of_today_is_never_more_than_the_plan_and_on_a_lighter_day_than_the_start(seed: int) -> None:
    rng = Random(seed)
    row = rng.choice(ROWS)
    start = start_dose(row, older=False, parameters=PARAMETERS)
    planned = PlanRow(row.id, dose_for(row, amount_of(rng, row, CATALOG)))
    for eased in (False, True):
        for strained in (False, True):
            dose = dose_today(planned, row, start, eased=eased, strained=strained)
            assert is_at_most(dose, planned.dose)
            assert is_at_most(dose, start) or not eased
            assert is_at_most(dose, top_dose(row)) or not strained
    assert dose_today(planned, row, start, eased=False, strained=False) == planned.dose


def test_at_most_sees_every_number() -> None:
    dose = GivenDose(kind="holds", counts=(4, 4), hold_s=5)
    for more in ((5, 4), (4, 4, 1)):
        assert not is_at_most(GivenDose(kind="holds", counts=more, hold_s=5), dose)
    assert not is_at_most(GivenDose(kind="holds", counts=(1,), hold_s=6), dose)
    assert not is_at_most(GivenDose(kind="minutes", minutes=4), GivenDose(kind="minutes", minutes=3))
    assert is_at_most(GivenDose(kind="holds", counts=(4,), hold_s=5), dose)


# --- which plan -------------------------------------------------------------------------------------------


def plan(until: str, **more: Any) -> TherapistPlan:
    return plan_record(plan_rows(Random(1), CATALOG), until=until, **more)


def holding(*plans: TherapistPlan) -> Diary:
    return Diary(plans=plans)


def test_a_plan_holds_to_its_last_day() -> None:
    diary = holding(plan("2026-04-01"))
    assert plan_on(diary, "2026-04-01") is diary.plans[0]
    assert plan_on(diary, "2026-04-02") is None
    assert plan_over(diary, "2026-04-01") is None
    assert plan_over(diary, "2026-04-02") is diary.plans[0]
    assert plan_on(Diary(), "2026-04-01") is plan_over(Diary(), "2026-04-01") is None


def test_the_last_word_counts() -> None:
    first, second = plan("2026-05-01", by="A"), plan("2026-04-01", by="B")
    away = TherapistPlan(v=1, id="x" * 12, at="2026-03-05T07:00:00+01:00", day="2026-03-05", on=False)
    assert plan_on(holding(first, second), "2026-03-20") is second
    assert plan_on(holding(first, second), "2026-04-20") is None, "the first one does not come back by itself"
    assert plan_on(holding(first, away), "2026-03-20") is None
    assert plan_over(holding(first, away), "2026-06-20") is None, "put away is not run out"
    assert plan_on(holding(first, away, second), "2026-03-20") is second


def test_an_end_that_no_calendar_has_is_no_plan() -> None:
    diary = holding(plan("2026-02-30"))
    assert plan_on(diary, "2026-02-01") is plan_over(diary, "2026-03-20") is None


def test_the_same_content_has_the_same_digest() -> None:
    one, other = plan("2026-04-01"), plan("2026-04-01", note="x")
    again = msgspec.structs.replace(one, id="y" * 12, at="2026-03-09T07:00:00+01:00", day="2026-03-09")
    assert digest_of(one) == digest_of(again) == one.digest
    assert digest_of(one) != digest_of(other)
    assert len(digest_of(one)) == 16


def test_a_plan_without_a_name_is_the_physios() -> None:
    assert whose(plan("2026-04-01")) == "your physio's plan"
    assert whose(plan("2026-04-01", by="Anna")) == "Anna's plan"
