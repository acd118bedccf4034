"""A run of the questions turned into what stands, what is said, and what is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from answering import questionnaire, walked
from backmove.core.answers import AnswerFile
from backmove.core.diary import Diary, fold
from backmove.core.interview import read_reply, replay
from backmove.core.profile import Profile as Owner
from backmove.core.questionnaire import Claim
from backmove.core.record import Clearance, Profile, Triage
from backmove.core.verdict import (
    Told,
    Verdict,
    as_json,
    decide,
    differs_from,
    number_words,
    records_of,
    told_by_file,
    urgent_words,
)
from backmove.errors import ExitCode
from backmove.store.library import load_emergency_numbers

DAY = date(2026, 3, 2)
NUMBERS = load_emergency_numbers()
Stamp = Callable[..., dict[str, Any]]


def answers(picks: Mapping[str, str] | None = None) -> dict[str, Any]:
    q, replies = questionnaire(), dict[str, Any]()
    for prompt, text in walked(picks):
        replies[prompt.id] = read_reply(q, prompt, replay(q, replies).answers, text, DAY)
    return dict(replay(q, replies).answers)


def verdict(told: Told, stamp: Stamp, previous: tuple[Triage, ...] = ()) -> Verdict:
    return decide(questionnaire(), told, previous, stamp(), NUMBERS, "de")


@pytest.mark.parametrize(
    ("picks", "more", "code"),
    [
        ({}, {}, ExitCode.OK),
        ({"saddle": "y"}, {"ended": "emergency"}, ExitCode.EMERGENCY),
        ({"fever": "y"}, {}, ExitCode.SAME_DAY),
        ({"cancer": "2"}, {}, ExitCode.LOCKED),
        ({"age": "17"}, {}, ExitCode.LOCKED),
        ({}, {"assumed": True}, ExitCode.LOCKED),
        ({"consent": "other"}, {"assumed": True}, ExitCode.LOCKED),
        ({"saddle": "y"}, {"assumed": True}, ExitCode.EMERGENCY),
        ({}, {"ended": "broken-off"}, ExitCode.LOCKED),
        ({}, {"ended": "broken-off", "interrupted": True}, ExitCode.INTERRUPTED),
        ({"consent": "other"}, {}, ExitCode.OK),
        ({"consent": "other", "saddle": "y"}, {}, ExitCode.EMERGENCY),
        ({"consent": "other"}, {"ended": "broken-off"}, ExitCode.LOCKED),
        ({"bladder": "s"}, {}, ExitCode.LOCKED),
    ],
)
def test_the_exit_code_says_what_the_result_is(
    picks: Mapping[str, str], more: Mapping[str, Any], code: ExitCode, stamp: Stamp
) -> None:
    assert verdict(Told(answers(picks), **more), stamp).exit_code is code


def test_only_an_open_result_unlocks(stamp: Stamp) -> None:
    assert verdict(Told(answers()), stamp).record.unlocked
    for picks, more in (
        ({"consent": "other"}, {}),
        ({}, {"assumed": True}),
        ({}, {"ended": "broken-off"}),
        ({"cancer": "2"}, {}),
    ):
        told = Told(answers(picks), **more)
        assert not verdict(told, stamp).record.unlocked
        assert verdict(told, stamp).record.valid_until is None


def test_nothing_is_kept_of_someone_else(stamp: Stamp) -> None:
    told = Told(answers({"consent": "other"}), region="de", precautions=("knee-problem",))
    assert records_of(verdict(told, stamp), Diary(), stamp) == []


def test_someone_else_does_not_meet_the_locks_of_this_person(stamp: Stamp) -> None:
    locked = verdict(Told(answers({"saddle": "y"}), ended="emergency"), stamp).record
    other = verdict(Told(answers({"consent": "other"})), stamp, (locked,))
    assert (other.record.disposition, other.record.held_by) == ("SELF_CARE", None)
    mine = verdict(Told(answers()), stamp, (locked,))
    assert (mine.record.disposition, mine.record.held_by) == ("EMERGENCY", "EMERGENCY")


def test_an_assumed_pass_is_not_kept_and_an_assumed_lock_is(stamp: Stamp) -> None:
    passed = verdict(Told(answers(), assumed=True), stamp)
    assert records_of(passed, Diary(), stamp) == []
    locked = verdict(Told(answers({"saddle": "y"}), assumed=True), stamp)
    assert records_of(locked, Diary(), stamp) == [locked.record]
    held = verdict(Told(answers(), assumed=True), stamp, (locked.record,))
    assert held.record.disposition == "EMERGENCY"
    assert records_of(held, Diary(), stamp) == []


def test_a_claim_is_kept_when_it_was_made_now(stamp: Stamp) -> None:
    claim = Claim("doctor", DAY, ("C2",), True, True, True)
    told = Told(answers({"cancer": "2"}), claim=claim, new_claim=True)
    kinds = [type(r) for r in records_of(verdict(told, stamp), Diary(), stamp)]
    assert kinds == [Clearance, Triage]
    again = Told(answers({"cancer": "2"}), claim=claim)
    assert [type(r) for r in records_of(verdict(again, stamp), Diary(), stamp)] == [Triage]
    assumed = Told(answers({"saddle": "y"}), claim=claim, new_claim=True, assumed=True)
    assert [type(r) for r in records_of(verdict(assumed, stamp), Diary(), stamp)] == [Triage]


def test_the_profile_is_written_only_where_something_is_new(stamp: Stamp) -> None:
    told = Told(answers(), region="de", precautions=("knee-problem",))
    first = records_of(verdict(told, stamp), Diary(), stamp)
    assert isinstance(first[-1], Profile)
    assert first[-1].set == {"region": "de", "precautions": ["knee-problem"]}
    diary = fold(first)
    assert [type(r) for r in records_of(verdict(told, stamp), diary, stamp)] == [Triage]
    emptied = Told(answers(), region="de", precautions=())
    last = records_of(verdict(emptied, stamp), diary, stamp)[-1]
    assert isinstance(last, Profile)
    assert last.set == {"precautions": []}


def test_a_file_joins_the_precautions_of_the_profile() -> None:
    owner = Owner(precautions=("knee-problem",))
    told = told_by_file(AnswerFile({"precautions": ("wrist-problem",)}), owner)
    assert told.answers["precautions"] == ("knee-problem", "wrist-problem")
    assert told.precautions == ("knee-problem", "wrist-problem")
    silent = told_by_file(AnswerFile({}), owner)
    assert silent.answers["precautions"] == ("knee-problem",)
    assert silent.precautions is None
    assert "precautions" not in told_by_file(AnswerFile({}), Owner()).answers
    other = told_by_file(AnswerFile({"for_me": "n"}), owner)
    assert "precautions" not in other.answers
    assumed = told_by_file(AnswerFile({"precautions": ("wrist-problem",)}, assumed=True), Owner())
    assert assumed.precautions is None


def test_tags_of_the_document_are_those_of_its_day(stamp: Stamp) -> None:
    q = questionnaire()
    told = answers() | {"pregnant": "y", "pregnancy_weeks": 10}
    shown = as_json(decide(q, Told(told), (), stamp(), NUMBERS, None))
    assert shown["tags"] == ["pregnancy-1"]
    told = answers() | {"pregnant": "y", "pregnancy_weeks": 30}
    shown = as_json(decide(q, Told(told), (), stamp(), NUMBERS, None))
    assert shown["tags"] == ["pregnancy-2-3", "pregnancy-3"]


def test_a_number_never_stands_without_its_region() -> None:
    assert number_words(NUMBERS, "de") == "112 (Germany), or your local emergency number"
    unknown = number_words(NUMBERS, None)
    assert unknown.endswith("or your local emergency number")
    assert "911" in unknown
    for region in NUMBERS.regions:
        assert region.name in number_words(NUMBERS, region.code)
        assert "your doctor" not in urgent_words(NUMBERS, region.code)
        assert urgent_words(NUMBERS, region.code)
    assert urgent_words(NUMBERS, None) == "the out-of-hours service"


@pytest.mark.parametrize(("age", "differs"), [("64", True), ("44", False), ("46", False)])
def test_another_age_looks_like_another_person(age: str, differs: bool, stamp: Stamp) -> None:
    diary = fold([verdict(Told(answers({"age": "44"})), stamp).record])
    assert (differs_from(diary, answers({"age": age}), DAY) is not None) == differs
    assert differs_from(diary, answers({"age": age, "consent": "other"}), DAY) is None
    assert differs_from(Diary(), answers({"age": age}), DAY) is None
