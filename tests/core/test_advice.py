from datetime import datetime, timedelta
from typing import Any

import pytest

from backmove.core.advice import Lines, card, joined, message, title
from backmove.core.assess import Assessment
from backmove.core.locks import Held, Lock, hold
from backmove.core.questionnaire import RANK
from backmove.core.record import Disposition
from questions import result_of, shipped

Q = shipped()
LINES = Lines(number="999 (United Kingdom)", urgent="call 111", date="Friday 27 November")
NOW = datetime.fromisoformat("2026-11-21T10:00:00+01:00")


def text(**changes: Any) -> str:
    return message(Q, result_of(**changes), LINES)


def held(disposition: Disposition, *rules: str, result: Assessment | None = None) -> Held:
    locks = tuple(Lock(rule, disposition, NOW, NOW.date()) for rule in rules)
    new = result or result_of()
    outranks = RANK[disposition] > RANK[new.disposition]
    return Held(disposition, disposition if outranks else None, False, locks, (), ())


def test_chest_pain_calls_an_ambulance() -> None:
    told = text(chest_or_faint="y")
    assert told == (
        "Stop here. You told us of a sign that needs emergency help now: "
        "new chest pain, hard breathing or a faint.\n\n"
        "Call 999 (United Kingdom) now. If you cannot, ask someone near you to call.\n\n"
        "Say: I have back pain and new chest pain, hard breathing or a faint.\n\n"
        "Do not drive yourself. Do not exercise. Do not wait for a call back. Even if it eases, call."
    )


def test_numbness_goes_to_the_emergency_department() -> None:
    told = text(saddle="y", saddle_days=0)
    assert "Go to the nearest emergency department now." in told
    assert "Being seen early is what saves nerves." in told
    assert "Say: I have back pain and a new numb feeling between the legs." in told


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"pregnant": "y", "pregnancy_weeks": 16}, "Call your maternity unit now."),
        (
            {"pregnant": "y", "pregnancy_weeks": 15},
            "Go to an early pregnancy unit or an emergency department now.",
        ),
        ({"pregnant": "y"}, "Go to an early pregnancy unit or an emergency department now."),
        (
            {"pregnant": "maybe", "pregnancy_weeks": 30},
            "Go to an early pregnancy unit or an emergency department now.",
        ),
    ],
)
def test_a_warning_sign_in_pregnancy_goes_to_those_who_know(changes: dict[str, Any], place: str) -> None:
    assert place in text(pregnancy_signs=["bleeding"], **changes)


def test_an_ambulance_comes_before_the_department_and_that_before_the_maternity_unit() -> None:
    bleeding: dict[str, Any] = {"pregnant": "y", "pregnancy_weeks": 30, "pregnancy_signs": ["bleeding"]}
    numb: dict[str, Any] = {"saddle": "y", "saddle_days": 0}
    assert result_of(**bleeding).variant == "maternity"
    assert result_of(**bleeding, **numb).variant == "go"
    assert result_of(**bleeding, **numb, chest_or_faint="y").variant == "call"


VARIANTS = {
    "call": "E1 E2 E2c E2d E3 E3h E3n E10b E12 E15 E16 E17 E18 E19 E20",
    "go": "E4 E5 E6 E7 E8 E8p E9 E10 E11 E14",
    "maternity": "E13 E13k",
}


def test_every_emergency_has_its_kind_of_help() -> None:
    for variant, rules in VARIANTS.items():
        assert {r.id for r in Q.rules.values() if r.variant == variant} == set(rules.split())


def test_an_emergency_is_only_its_own_text() -> None:
    told = text(chest_or_faint="y")
    assert Q.card[0] not in told
    assert Q.card[0] in message(Q, result_of(age=17, chest_or_faint="y"), LINES)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"fever": "y"}, ["Get medical advice today: a fever.", "Phone your doctor now, or call 111."]),
        ({"weight_loss": "y"}, ["weight lost without trying.", "Book it by Friday 27 November."]),
        (
            {"steroids": "y", "onset_days": 100},
            ["You can start, with care.", "deep bends, sit-ups and strong twists."],
        ),
        ({}, ["That does not rule everything out."]),
        ({"age": 17}, ["backmove is made for adults."]),
        ({"cancer": ...}, ["We did not get enough answers to go on."]),
        ({"pain_now": 7}, ["To begin with you get gentle sessions only."]),
        ({"for_me": "n"}, ["These answers are about someone else."]),
    ],
)
def test_what_a_result_says(changes: dict[str, Any], parts: list[str]) -> None:
    told = text(**changes)
    for part in parts:
        assert part in told
    assert told.endswith(card(Q, LINES.number))
    assert "{" not in told


def test_a_paragraph_without_its_fact_is_left_out() -> None:
    told = message(Q, result_of(pain_now=7), Lines("112", "your doctor"))
    assert "leave out" not in told
    assert "\n\n\n" not in told
    assert "Book" not in told


def test_a_session_that_stays_locked_is_not_called_gentle() -> None:
    assert "gentle sessions only" not in text(pain_now=7, cancer=...)


def test_every_rule_that_locks_makes_a_whole_message() -> None:
    for rule in Q.rules.values():
        if rule.disposition == "EMERGENCY":
            template = Q.messages[f"EMERGENCY-{rule.variant}"]
            assert any("{sign}" in paragraph for paragraph in template.paragraphs)
        assert rule.sign
        assert rule.sign == rule.sign.strip(" .")


# --- an earlier lock ---------------------------------------------------------------------------------------


def test_an_earlier_emergency_still_counts_and_says_what_lifts_it() -> None:
    told = message(Q, result_of(), LINES, held("EMERGENCY", "E5"))
    assert told.startswith("Earlier you told us of a sign that needs emergency help, and it still counts: ")
    assert "a new numb feeling between the legs" in told
    assert "call 999 (United Kingdom) or go to an emergency department now" in told
    assert "at least 24 hours apart, and say so both times" in told
    assert title(Q, result_of(), held("EMERGENCY", "E5")) == "An earlier sign still counts"


def test_an_earlier_same_day_sign_says_where_to_call() -> None:
    told = message(Q, result_of(), LINES, held("SAME_DAY", "U1"))
    assert "phone your doctor now, or call 111" in told
    assert "twice" in told


def test_after_clinician_first_a_second_run_is_offered_only_where_it_helps() -> None:
    again = "Then you can also answer all the questions again."
    assert again in message(Q, result_of(), LINES, held("CLINICIAN_FIRST", "C1"))
    assert again not in message(Q, result_of(), LINES, held("CLINICIAN_FIRST", "C1", "C2"))


def test_a_sign_of_the_daily_check_has_its_words() -> None:
    assert Q.daily_locks["DC1"] in message(Q, result_of(), LINES, held("EMERGENCY", "DC1"))
    assert "a sign that needs a look" in message(Q, result_of(), LINES, held("EMERGENCY", "Z9"))


def test_a_worse_new_result_speaks_for_itself() -> None:
    result = result_of(chest_or_faint="y")
    told = message(Q, result, LINES, held("EMERGENCY", "E1", result=result))
    assert told == message(Q, result, LINES)


def test_the_words_go_with_what_hold_decides() -> None:
    result = result_of(weight_loss="y")
    after = hold(Q, (), result, NOW, day=NOW.date())
    assert message(Q, result, LINES, after) == message(Q, result, LINES)
    assert after.locks[0].since == NOW
    assert after.locks[0].since + timedelta(hours=24) > NOW


@pytest.mark.parametrize(
    ("words", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a, and b"), (("a", "b", "c"), "a, b, and c")]
)
def test_signs_are_joined(words: tuple[str, ...], text: str) -> None:
    assert joined(words) == text


def test_at_most_three_signs_are_named() -> None:
    told = text(
        chest_or_faint="y", cold_leg="y", elsewhere_weakness="y", black_stool_or_blood="y", very_ill="y"
    )
    assert told.count(", and ") == 2
