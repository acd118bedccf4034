"""The weekly look back: when it is due, how its answers are read, and what follows."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core import checkin_news
from backmove.core.checkin import (
    BEST_HIGH,
    FLAGS,
    WEEKLY,
    YELLOW,
    NowAndThen,
    Said,
    Weekly,
    ask_once,
    confidence_of,
    flags_due,
    is_day_for_it,
    is_due,
    is_poor,
    low_mood_since,
    next_day,
    read_answers,
    records_of,
    unsure_since,
)
from backmove.core.checkin_news import Line, Shift, lines_of, notices_of
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.history import learn_max
from backmove.core.notice import Notice
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.record import Checkin, Done, Session
from backmove.core.record import Profile as ProfileChange
from backmove.errors import UsageProblem
from backmove.store.checkin_file import load_checkin
from session_strategies import SEED, TODAY, someone

CATALOG, PARAMETERS = shipped.library()
FIGURES = PARAMETERS.checkin
QUESTIONS = load_checkin()
REAL = PARAMETERS.notice.real_change.value
MONDAY, SUNDAY = "2026-03-02", "2026-03-08"
Scores = dict[str, Any]


def stamp(day: str, name: str = "") -> dict[str, Any]:
    return {"v": 1, "id": name or f"x{day}", "at": f"{day}T09:00:00+01:00", "day": day}


def on(day: str, **said: Any) -> Checkin:
    return Checkin(**stamp(day), **said)


def diary(*records: Any) -> Diary:
    return fold(records)


def session(day: str) -> Session:
    return Session(
        **stamp(day, f"s{day}"),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=2,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=(),
    )


def done(day: str) -> Done:
    return Done(**stamp(day, f"d{day}"), session=f"s{day}")


# --- when --------------------------------------------------------------------------------------------------


def test_it_is_due_once_a_week() -> None:
    assert is_due(diary(), MONDAY, FIGURES)
    assert not is_due(diary(on(MONDAY, pain=3)), days_after(MONDAY, 6), FIGURES)
    assert is_due(diary(on(MONDAY, pain=3)), days_after(MONDAY, 7), FIGURES)


def test_its_day_is_sunday_or_that_of_the_first_session_of_the_week() -> None:
    before = (session("2026-02-26"), done("2026-02-26"))
    assert not is_day_for_it(diary(*before), MONDAY)
    assert is_day_for_it(diary(*before, session(MONDAY)), MONDAY)
    first_was_on_monday = (*before, session(MONDAY), done(MONDAY))
    assert is_day_for_it(diary(*first_was_on_monday), MONDAY)
    assert not is_day_for_it(diary(*first_was_on_monday, session("2026-03-04")), "2026-03-04")
    assert is_day_for_it(diary(*first_was_on_monday), SUNDAY)


def test_nobody_looks_back_before_the_first_session() -> None:
    assert not is_day_for_it(diary(), SUNDAY)
    assert not is_day_for_it(diary(session(SUNDAY), done(SUNDAY)), SUNDAY)


def test_the_further_questions_come_at_first_and_then_every_four_weeks_answered_or_not() -> None:
    weeks = [on(days_after(MONDAY, 7 * n), pain=3) for n in range(5)]
    assert flags_due(diary(), MONDAY, FIGURES)
    for number in range(1, 4):
        assert not flags_due(diary(*weeks[:number]), days_after(MONDAY, 7 * number), FIGURES)
    assert flags_due(diary(*weeks[:4]), days_after(MONDAY, 28), FIGURES)
    assert not flags_due(diary(*weeks), days_after(MONDAY, 35), FIGURES)


def test_further_questions_answered_between_begin_the_count_anew() -> None:
    early = [on(MONDAY, pain=3), on(days_after(MONDAY, 14), fear=3)]
    assert not flags_due(diary(*early), days_after(MONDAY, 41), FIGURES)
    assert flags_due(diary(*early), days_after(MONDAY, 42), FIGURES)


@pytest.mark.parametrize(
    ("today", "expected"), [(MONDAY, "2026-03-15"), (SUNDAY, "2026-03-15"), ("2026-03-07", "2026-03-15")]
)
def test_the_next_one_is_on_a_sunday_a_week_or_more_away(today: str, expected: str) -> None:
    assert next_day(today, FIGURES) == expected


def test_nothing_is_asked_twice_in_a_day() -> None:
    ask_once(diary(on(MONDAY, pain=3)), "2026-03-03")
    with pytest.raises(UsageProblem, match="already"):
        ask_once(diary(on(MONDAY, pain=3)), MONDAY)


# --- what was said -----------------------------------------------------------------------------------------


def test_an_answer_file_is_read() -> None:
    said = read_answers({"pain": 3, "mood": 0, "sleep": None, "note": " quiet "}, ())
    assert said == Said({}, {"pain": 3, "mood": 0}, "quiet")


def test_activities_are_those_of_the_profile_in_its_own_spelling() -> None:
    said = read_answers({"activities": {" Lift the Shopping": 4}}, ("lift the shopping",))
    assert said == Said({"lift the shopping": 4})
    with pytest.raises(
        UsageProblem, match=r"'lift the shoping' is not known\. Did you mean lift the shopping"
    ):
        read_answers({"activities": {"lift the shoping": 4}}, ("lift the shopping",))


def test_without_activities_in_the_profile_new_ones_are_taken() -> None:
    assert read_answers({"activities": {"x" * 80: 3}}, ()).activities == {"x" * 80: 3}
    said = read_answers({"activities": {"sit": 4, "walk": 5}}, ())
    assert said == Said({"sit": 4, "walk": 5}, named=("sit", "walk"))
    written = records_of(said, lambda: stamp(MONDAY))
    assert [type(r) for r in written] == [ProfileChange, Checkin]
    assert isinstance(written[0], ProfileChange)
    assert written[0].set == {"activities": ["sit", "walk"]}


def test_a_name_without_a_number_is_kept_and_is_no_check_in() -> None:
    written = records_of(Said(named=("sit",)), lambda: stamp(MONDAY))
    assert [type(r) for r in written] == [ProfileChange]
    assert records_of(Said(), lambda: stamp(MONDAY)) == ()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "one JSON object"),
        ({}, "nothing to write down"),
        ({"pain": None, "note": "  "}, "nothing to write down"),
        ({"paim": 3}, "Did you mean pain"),
        ({"pain": 11}, "pain: must be a whole number from 0 to 10"),
        ({"pain": -1}, "pain: must be"),
        ({"pain": 3.0}, "pain: must be"),
        ({"pain": True}, "pain: must be"),
        ({"pain": "3"}, "pain: must be"),
        ({"note": 3}, "note: must be text"),
        ({"activities": ["sit"]}, "activities: must be an object"),
        ({"activities": {"sit": 11}}, "'sit' must be a whole number"),
        ({"activities": {"  ": 3}}, "one name"),
        ({"activities": {"x" * 81: 3}}, "one name"),
        ({"activities": {"sit": 3, "sit ": 4}}, "once"),
        ({"activities": {"a": 1, "b": 1, "c": 1, "d": 1}}, "at most 3"),
    ],
)
def test_what_does_not_fit_is_refused(document: Any, words: str) -> None:
    with pytest.raises(UsageProblem, match=words):
        read_answers(document, ())


def test_everything_that_is_wrong_is_told_at_once_with_what_is_allowed() -> None:
    with pytest.raises(UsageProblem) as wrong:
        read_answers({"paim": 3, "sleep": 12, "activities": 3}, ())
    for words in ("'paim'", "enjoyment", "sleep: must be", "activities: must be"):
        assert words in wrong.value.message


numbers = st.dictionaries(st.sampled_from([*WEEKLY, *FLAGS]), st.integers(0, 10), min_size=1)


@given(numbers, st.dictionaries(st.sampled_from(["sit", "walk", "lift"]), st.integers(0, 10)))
def test_what_was_answered_is_what_stands_in_the_record(scores: Scores, own: Scores) -> None:
    said = read_answers({**scores, "activities": own}, ("sit", "walk", "lift"))
    (record,) = records_of(said, lambda: stamp(MONDAY))
    assert isinstance(record, Checkin)
    assert record.activities == own
    assert {item: getattr(record, item) for item in (*WEEKLY, *FLAGS)} == dict.fromkeys(
        (*WEEKLY, *FLAGS)
    ) | scores


leaves = st.none() | st.booleans() | st.integers() | st.text()
keys = st.text() | st.sampled_from(["pain", "activities", "note"])


@given(st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner)))
def test_no_document_is_more_than_refused(document: Any) -> None:
    try:
        said = read_answers(document, ())
    except UsageProblem:
        return
    assert all(0 <= score <= 10 for score in (*said.scores.values(), *said.activities.values()))


def test_the_file_asks_for_every_item_of_the_record_and_no_other() -> None:
    assert tuple(QUESTIONS.weekly) == WEEKLY == get_args(Weekly)
    assert tuple(QUESTIONS.now_and_then) == FLAGS == get_args(NowAndThen)
    own = {"v", "id", "at", "day", "group", "written", "activities", "note"}
    assert set(Checkin.__struct_fields__) - own == {*WEEKLY, *FLAGS}
    assert all(QUESTIONS.scale(item).name for item in (*WEEKLY, *FLAGS))


# --- what the plan reads ------------------------------------------------------------------------------------


def test_the_confidence_told_last_counts_wherever_it_was_told() -> None:
    profile = ProfileChange(**stamp("2026-02-20"), set={"confidence": 8})
    later = ProfileChange(**stamp("2026-03-03"), set={"confidence": 9})
    week = on(MONDAY, confidence=3)
    assert confidence_of(diary()) is None
    assert confidence_of(diary(profile)) == 8
    assert confidence_of(diary(profile, week)) == 3
    assert confidence_of(diary(profile, week, on("2026-03-09", sleep=3))) == 3
    assert confidence_of(diary(profile, week, later)) == 9
    assert (
        confidence_of(diary(profile, week, ProfileChange(**stamp("2026-03-03"), unset=("confidence",))))
        is None
    )


def test_low_confidence_in_a_check_in_gives_fewer_exercises_and_sets_nothing_in_the_profile() -> None:
    who = someone(confidence=8, minutes=30)
    low = on("2026-03-03", confidence=4)
    after = replace(who.diary, checkins=(low,), entries=(*who.diary.entries, low))

    def most(what: Diary) -> int:
        planned = plan_session(CATALOG, PARAMETERS, what, who.standing, who.request, TODAY, SEED)
        assert isinstance(planned, Plan)
        return planned.learn_max

    assert most(who.diary) == learn_max(10, 8, PARAMETERS.learn) == 4
    assert most(after) == 2
    assert after.profile == who.diary.profile


def test_a_check_in_after_todays_session_does_not_change_it() -> None:
    who = someone(minutes=30)
    given = session(TODAY)
    low = on(TODAY, confidence=1, mood=9)
    base = replace(who.diary, sessions=(*who.diary.sessions, given), entries=(*who.diary.entries, given))
    after = replace(base, checkins=(low,), entries=(*base.entries, low))
    plans = [
        plan_session(CATALOG, PARAMETERS, what, who.standing, who.request, TODAY, SEED)
        for what in (base, after)
    ]
    assert isinstance(plans[0], Plan)
    assert isinstance(plans[1], Plan)
    assert plans[0].items == plans[1].items


def test_being_unsure_counts_from_the_first_of_the_last_low_answers() -> None:
    weeks = [on(days_after(MONDAY, 7 * n), confidence=score) for n, score in enumerate((3, 6, 4, 2))]
    assert unsure_since(diary(*weeks), 5) == "2026-03-16"
    assert unsure_since(diary(*weeks[:2]), 5) is None
    assert unsure_since(diary(), 5) is None
    assert unsure_since(replace(Diary(), profile=replace(Diary().profile, confidence=3)), 5) == ""


def test_a_low_mood_stands_until_another_answer_about_mood() -> None:
    low = on(MONDAY, mood=7)
    assert low_mood_since(diary(low), FIGURES) == MONDAY
    assert low_mood_since(diary(low, on("2026-03-09", pain=3)), FIGURES) == MONDAY
    assert low_mood_since(diary(low, on("2026-03-09", mood=6)), FIGURES) is None
    assert low_mood_since(diary(), FIGURES) is None


@pytest.mark.parametrize("item", YELLOW)
def test_the_poor_end_is_where_the_person_fares_badly(item: str) -> None:
    good, bad = (10, 0) if item in BEST_HIGH else (0, 10)
    assert is_poor(item, bad, FIGURES)
    assert not is_poor(item, good, FIGURES)
    assert not is_poor(item, None, FIGURES)
    assert not is_poor(item, 5, FIGURES)


# --- what follows -------------------------------------------------------------------------------------------


def follow(*, support: str = "", **said: Any) -> tuple[Notice, ...]:
    return notices_of(
        on(MONDAY, **said), QUESTIONS, FIGURES, number=lambda: "999 or 112", support=lambda: support
    )


def codes(**said: Any) -> list[str]:
    return [notice.code for notice in follow(**said)]


@given(numbers)
def test_no_answer_locks_or_adds_up(scores: Scores) -> None:
    record = on(MONDAY, **scores)
    for notice in follow(**scores):
        assert notice.code in ("mood", "crisis", "see-physio") or notice.code.startswith("tip-")
        assert not any(f"{total} of" in notice.text for total in range(100))
    assert fold([record]).triages == ()
    assert fold([record]).profile == Diary().profile


@given(numbers)
def test_a_low_mood_always_brings_the_crisis_line_and_nothing_else_does(scores: Scores) -> None:
    found = codes(**scores)
    low = scores.get("mood", 0) >= 7
    assert ("mood" in found) == low
    assert ("crisis" in found) == low


def test_the_crisis_line_names_the_number_and_the_helpline_of_the_region() -> None:
    mood, crisis = follow(mood=7, support="Samaritans, 116 123")
    assert "common with pain" in mood.text
    assert "can be helped" in mood.text
    assert "Samaritans, 116 123" in mood.text
    assert "If you think of ending your life, call 999 or 112 now" in crisis.text


def test_without_a_helpline_the_words_name_a_doctor_and_somebody_trusted() -> None:
    mood, _ = follow(mood=10)
    assert "your doctor, or someone you trust" in mood.text
    assert checkin_news.NO_SUPPORT in mood.text


def test_three_poor_items_suggest_a_physio_and_two_do_not() -> None:
    assert "see-physio" not in codes(fear=7, tension=7, sleep=4)
    assert "see-physio" in codes(fear=7, tension=7, sleep=3)
    assert "see-physio" in codes(confidence=3, outlook=9, bother=8)


def test_pain_and_what_it_spoils_are_no_yellow_items() -> None:
    assert codes(pain=10, enjoyment=10, activity=10) == []


def test_there_are_two_tips_at_most_and_none_beside_a_low_mood() -> None:
    assert codes(fear=9, outlook=9) == ["tip-fear", "tip-outlook"]
    assert codes(confidence=1, sleep=1, fear=9, tension=9) == ["see-physio", "tip-confidence", "tip-sleep"]
    assert codes(mood=9, fear=9) == ["mood", "crisis"]


def week(now: Checkin, *before: Checkin) -> dict[str, Line]:
    activities, others = lines_of(now, diary(*before, now), QUESTIONS, REAL)
    return {line.item: line for line in (*activities, *others)}


def test_below_a_real_change_it_is_about_the_same() -> None:
    shifts = {
        after: week(on("2026-03-09", sleep=after, pain=after), on(MONDAY, sleep=5, pain=5))
        for after in range(11)
    }
    assert [s["sleep"].shift for s in shifts.values()] == [Shift.HARDER] * 4 + [Shift.SAME] * 3 + [
        Shift.BETTER
    ] * 4
    assert [s["pain"].shift for s in shifts.values()] == [Shift.BETTER] * 4 + [Shift.SAME] * 3 + [
        Shift.HARDER
    ] * 4


def test_each_answer_is_compared_with_the_last_time_it_was_given() -> None:
    lines = week(on("2026-03-30", fear=2, sleep=5), on(MONDAY, fear=6), on("2026-03-23", sleep=5))
    assert (lines["fear"].before, lines["fear"].shift) == (6, Shift.BETTER)
    assert (lines["sleep"].before, lines["sleep"].shift) == (5, Shift.SAME)


def test_the_first_answers_are_compared_with_nothing() -> None:
    assert week(on(MONDAY, sleep=5))["sleep"] == Line("sleep", "Sleep", 5)


def test_what_can_be_done_again_comes_first_and_pain_last() -> None:
    now = on("2026-03-09", activities={"sit": 4, "lift": 7}, pain=1, sleep=9, mood=1)
    before = on(MONDAY, activities={"sit": 4, "lift": 5}, pain=5, sleep=3, mood=8)
    activities, others = lines_of(now, diary(before, now), QUESTIONS, REAL)
    assert [line.name for line in activities] == ["lift", "sit"]
    assert [line.item for line in others] == ["sleep", "mood", "pain"]


@given(st.lists(numbers, min_size=2, max_size=5))
def test_comparing_never_looks_at_what_came_later(weeks: list[Scores]) -> None:
    told = [on(days_after(MONDAY, 7 * n), **scores) for n, scores in enumerate(weeks)]
    first = lines_of(told[0], diary(*told), QUESTIONS, REAL)
    assert all(line.before is None for part in first for line in part)
    assert lines_of(told[1], diary(*told), QUESTIONS, REAL) == lines_of(
        told[1], diary(*told[:2]), QUESTIONS, REAL
    )
