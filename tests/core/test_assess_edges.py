"""Assessment at its edges: which day of a sign counts, and what a result that locks says of caution."""

from datetime import timedelta

import pytest

from questions import TODAY, claim_for, result_of


@pytest.mark.parametrize(("days", "clears"), [(10, True), (11, False)])
def test_with_two_days_on_which_it_began_the_later_one_counts(days: int, clears: bool) -> None:
    operated = {"procedure_days": 60, "surgery_days": 10, "surgery_cleared": "n"}
    result = result_of(claim_for("C16", day=TODAY - timedelta(days=days)), **operated)
    assert ("C16" in result.cleared) is clears
    other = {"procedure_days": 10, "surgery_days": 60, "surgery_cleared": "n"}
    assert ("C16" in result_of(claim_for("C16", day=TODAY - timedelta(days=days)), **other).cleared) is clears
