"""What is urgent, and whom a run of the questions asks whether an earlier answer was wrong."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backmove.core.locks import hold, to_record
from backmove.core.record import Triage
from backmove.core.verdict import Told, asks_wrongly, decide
from backmove.store.library import load_emergency_numbers
from questions import TODAY, result_of, shipped, told

Q = shipped()
AT = datetime.fromisoformat("2026-11-20T10:00:00+01:00")


def earlier(**changes: Any) -> Triage:
    result = result_of(**changes)
    held = hold(Q, (), result, AT, day=AT.date())
    stamp = {
        "v": 1,
        "id": "000000000001",
        "at": AT.isoformat(),
        "day": (TODAY - timedelta(days=1)).isoformat(),
    }
    return to_record(result, told(**changes), held, stamp, ended="finished")


@pytest.mark.parametrize(
    ("sign", "asked"),
    [
        ({"saddle": "y", "saddle_trend": "new"}, ["EMERGENCY"]),
        ({"fever": "y"}, ["SAME_DAY"]),
        ({"weight_loss": "y"}, []),
    ],
)
def test_only_an_emergency_or_same_day_sign_may_have_been_a_wrong_answer(
    sign: dict[str, Any], asked: list[str]
) -> None:
    assert [lock.disposition for lock in asks_wrongly(Q, [earlier(**sign)], result_of())] == asked


@pytest.mark.parametrize("now", [{"fever": "y"}, {"saddle": ...}, {"weight_loss": "y"}])
def test_a_run_that_opens_nothing_does_not_ask_it(now: dict[str, Any]) -> None:
    assert asks_wrongly(Q, [earlier(fever="y")], result_of(**now)) == ()


@pytest.mark.parametrize(
    ("sign", "urgent"),
    [
        ({}, False),
        ({"weight_loss": "y"}, False),
        ({"fever": "y"}, True),
        ({"saddle": "y", "saddle_trend": "new"}, True),
    ],
)
def test_only_an_emergency_or_same_day_result_is_urgent(sign: dict[str, Any], urgent: bool) -> None:
    stamp = {"v": 1, "id": "000000000001", "at": AT.isoformat(), "day": AT.date().isoformat()}
    assert decide(Q, Told(told(**sign)), (), stamp, load_emergency_numbers(), None).urgent is urgent
