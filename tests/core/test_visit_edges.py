"""What still has to be asked before a session, and the words that answers may hold."""

from typing import Any

from test_clearance import NOON, Stamp, check, pain, today, triage

from backmove.core.checkin import read_answers
from backmove.core.diary import fold
from backmove.core.exercise import Certainty
from backmove.core.visit import still_to_ask

DAY = NOON.date().isoformat()


def test_the_check_comes_before_pain_and_then_nothing_is_left_to_ask(stamp: Stamp) -> None:
    records: list[Any] = [triage(stamp)]
    held = today(*records)
    assert [reason.text.split()[0] for reason in still_to_ask(fold(records), held, DAY)] == ["The"]
    records.append(check(stamp, "open"))
    assert [reason.text.split()[0] for reason in still_to_ask(fold(records), held, DAY)] == ["Today's"]
    records.append(pain(stamp, 3))
    assert still_to_ask(fold(records), held, DAY) == ()


def test_a_closed_gate_leaves_nothing_to_ask(stamp: Stamp) -> None:
    assert still_to_ask(fold([]), today(), DAY) == ()


def test_an_activity_may_have_a_name_of_one_letter() -> None:
    assert read_answers({"activities": {"a": 4}}, ("a",)).activities == {"a": 4}


def test_how_sure_something_is_has_five_words() -> None:
    assert [str(word) for word in Certainty] == ["high", "moderate", "low", "very-low", "practice"]
