"""The gate at its edges: how fresh the questions are, and the order in which its reasons are told."""

from datetime import timedelta
from typing import Any

import pytest
from test_clearance import NOON, Stamp, check, codes, pain, today, triage

from backmove.core.clearance import standing
from backmove.core.diary import fold
from backmove.errors import ExitCode


@pytest.mark.parametrize(
    ("ago", "fresh"),
    [
        (timedelta(0), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_the_questions_are_fresh_for_24_hours_and_never_before_they_were_asked(
    stamp: Stamp, ago: timedelta, fresh: bool
) -> None:
    now = NOON + timedelta(days=-1) + ago
    assert standing(fold([triage(stamp)]), now=now, today=now.date().isoformat()).fresh is fresh


@pytest.mark.parametrize("fields", [{"unlocked": False}, {"complete": False}, {"ended": "broken-off"}])
def test_a_result_that_opens_nothing_is_not_fresh(stamp: Stamp, fields: dict[str, Any]) -> None:
    assert not today(triage(stamp, days=0, **fields)).fresh


def test_reasons_of_one_weight_come_in_the_order_of_their_letters(stamp: Stamp) -> None:
    records = (triage(stamp, days=-40), pain(stamp, 8), check(stamp, "full-triage"))
    assert codes(today(*records)) == ["triage-stale", "new-red-flag", "pain-too-high"]
    same_day = today(
        triage(stamp, days=-40, disposition="SAME_DAY", unlocked=False), check(stamp, "emergency")
    )
    assert [reason.exit_code for reason in same_day.reasons][:2] == [ExitCode.EMERGENCY, ExitCode.SAME_DAY]
