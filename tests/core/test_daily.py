"""The daily check: what follows from every possible set of answers."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.daily import (
    CHEST,
    QUESTIONS,
    DailyAnswers,
    Said,
    check_needed,
    contradicts,
    judge,
    pain_today,
    read_answers,
)
from backmove.core.diary import fold
from backmove.core.record import RULES_VERSION, Check, Pain, Triage
from backmove.errors import UsageProblem

Stamp = Callable[..., Mapping[str, Any]]
SIGNS = (CHEST, "fever", "other")
ALL_NO: dict[str, Said] = dict.fromkeys(QUESTIONS, "n")
WEIGHT = {"open": 0, "gentle": 1, "incomplete": 2, "too-much-pain": 3, "full-triage": 4, "emergency": 5}


def said(*signs: str, **answers: Said) -> str:
    return judge(DailyAnswers(answers=ALL_NO | answers, dc3_signs=signs))


def test_five_times_no_opens() -> None:
    assert said() == "open"


@pytest.mark.parametrize("word", ["y", "u"])
def test_dc1_yes_or_not_sure_is_an_emergency(word: Said) -> None:
    assert said(dc1=word) == "emergency"


def test_chest_pain_is_an_emergency_whatever_else_was_said() -> None:
    assert said(CHEST, dc3="y") == said(CHEST, dc3="u") == said(CHEST) == "emergency"


@pytest.mark.parametrize("sign", ["fever", "other"])
def test_a_sign_that_is_named_counts_also_when_dc3_says_no(sign: str) -> None:
    assert said(sign) == said(sign, dc3="y") == "full-triage"


@pytest.mark.parametrize("question", ["dc2", "dc3", "dc4"])
@pytest.mark.parametrize("word", ["y", "u"])
def test_dc2_to_dc4_ask_all_questions(question: str, word: Said) -> None:
    assert said(**{question: word}) == "full-triage"


def test_dc5_yes_is_no_session_and_not_sure_is_gentle() -> None:
    assert said(dc5="y") == "too-much-pain" and said(dc5="u") == "gentle"


@pytest.mark.parametrize("missing", QUESTIONS)
def test_a_missing_answer_is_never_a_no(missing: str) -> None:
    answers = {q: w for q, w in ALL_NO.items() if q != missing}
    assert judge(DailyAnswers(answers=answers)) == "incomplete"


def test_every_set_of_answers_has_one_outcome_and_no_yes_is_lighter_than_a_no() -> None:
    words: tuple[Said | None, ...] = (*get_args(Said), None)
    for combination in product(words, repeat=5):
        answers = {q: w for q, w in zip(QUESTIONS, combination, strict=True) if w is not None}
        outcome = judge(DailyAnswers(answers=answers))
        for question in QUESTIONS:
            if answers.get(question) == "n":
                for worse in ("y", "u"):
                    raised = judge(DailyAnswers(answers=answers | {question: worse}))
                    assert WEIGHT[raised] >= min(WEIGHT[outcome], 3) or (
                        raised == "gentle" and outcome == "open"
                    ), (
                        answers,
                        question,
                        worse,
                    )


def test_pain_of_eight_and_not_much_worse_do_not_fit() -> None:
    assert contradicts(DailyAnswers(answers=ALL_NO, pain=8))
    assert not contradicts(DailyAnswers(answers=ALL_NO, pain=7))
    assert not contradicts(DailyAnswers(answers=ALL_NO | {"dc5": "y"}, pain=9))


def test_a_check_counts_for_its_day(stamp: Stamp) -> None:
    asked = Check(**stamp(), answers=ALL_NO, outcome="open")
    assert not check_needed(fold([asked]), "2026-03-02")
    assert check_needed(fold([asked]), "2026-03-03")
    assert check_needed(fold([Check(**stamp(), answers={}, outcome="incomplete")]), "2026-03-02")


def test_a_full_triage_today_stands_for_the_check(stamp: Stamp) -> None:
    fields: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "rules_version": RULES_VERSION,
    }
    full = Triage(**stamp(), **fields, ended="finished", complete=True, unlocked=True)
    broken = Triage(**stamp(), **fields, ended="broken-off", complete=False)
    assert not check_needed(fold([full]), "2026-03-02")
    assert check_needed(fold([broken]), "2026-03-02")
    assert check_needed(fold([Check(**stamp(), answers=ALL_NO, outcome="open"), full]), "2026-03-03")


def test_the_days_pain_is_the_highest_that_was_said(stamp: Stamp) -> None:
    records = [Pain(**stamp(), score=3), Pain(**stamp(), score=5), Pain(**stamp(), score=9, morning=True)]
    assert pain_today(fold(records), "2026-03-02") == 5
    assert pain_today(fold(records), "2026-03-03") is None


def test_everything_wrong_in_an_answer_file_is_told_at_once() -> None:
    document = {"daily_check": {"dc1": "yes", "dc9": "n", "dc3_signs": ["chest"]}, "pain": 11, "mood": 3}
    with pytest.raises(UsageProblem) as problem:
        read_answers(document, SIGNS)
    for word in ("dc1", "'dc9'", "'chest'", "pain", "'mood'"):
        assert word in problem.value.message


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda s: st.lists(s) | st.dictionaries(st.text(max_size=5), s),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused_and_never_opens(document: Any) -> None:
    try:
        answers = read_answers(document, SIGNS)
    except UsageProblem:
        return
    assert judge(answers) != "open"
