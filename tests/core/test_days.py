"""Reckoning with days."""

import pytest

from backmove.core.days import days_after, days_between, monday_of


def test_days_cross_months_and_leap_years() -> None:
    assert days_after("2024-02-28", 2) == "2024-03-01"
    assert days_after("2026-03-01", -1) == "2026-02-28"
    assert days_between("2024-02-28", "2024-03-01") == 2
    assert days_between("2026-03-04", "2026-03-01") == -3


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-04", "2026-03-08"])
def test_weeks_begin_on_monday(day: str) -> None:
    assert monday_of(day) == "2026-03-02"
