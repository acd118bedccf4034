"""The sheet of a consultation in words and as text: short, calm, and nothing in it steers a screen."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backmove.core.diary import Diary, fold
from backmove.core.paper import Gallery, Paper, Plot, Points, Say, Table
from backmove.core.plain_words import banned_words
from backmove.core.record import Check, Checkin, Clearance, Flare, Pain, Refusal
from backmove.term import consultation_course, consultation_warnings, consultation_words
from backmove.term.clean import columns
from backmove.term.consultation_course import day_words
from backmove.term.consultation_view import consultation_json, text_page
from consulted import (
    HOSTILE,
    LAST,
    LIFT,
    SIT,
    at,
    blocks_of,
    diary_of,
    facts_of,
    hostile_facts,
    hurt_session,
    paper_for,
    triage,
)
from course import day_of

CAN, DONE, HURT, NOW = "What the person can do, and pain", "What was done", "What hurt", "Exercises now"


def text_of(paper: Paper, width: int = 80, *, plain: bool = False) -> str:
    return text_page(paper, width=width, plain=plain).text()


def flat(paper: Paper) -> str:
    """One fact a line."""
    return text_of(paper, plain=True)


def ordinary() -> Paper:
    return paper_for(facts_of(diary_of()))


def clearance(number: int, day: int) -> Clearance:
    said: dict[str, Any] = dict.fromkeys(("looked_at_sign", "exercise_fine", "nothing_worse"), True)
    return Clearance(**at(day, number), who="doctor", date=day_of(70), rules=("C2",), **said)


# --- the order and the words -------------------------------------------------------------------------------------


def test_the_parts_stand_in_the_order_of_what_matters() -> None:
    titles = [part.title for part in ordinary().parts]
    assert titles == ["Warning signs", CAN, DONE, HURT, NOW, "About this page"]


def test_an_ordinary_three_months_fit_one_page_of_text() -> None:
    """A4 takes about 70 lines of ten points."""
    assert len(text_of(ordinary()).splitlines()) <= 70


def test_activities_come_before_pain_and_each_sentence_says_what_its_plot_shows() -> None:
    plots = [block for block in blocks_of(ordinary(), CAN) if isinstance(block, Plot)]
    assert [plot.title for plot in plots] == [LIFT, SIT, "Pain, middle value of each week"]
    first, last = ([w.score for w in plots[0].weeks if w.score is not None][n] for n in (0, -1))
    assert plots[0].sentence.startswith(
        f"now {last:g} of 10, was {first:g} (10: as before the pain): better."
    )
    assert "about the same" in plots[1].sentence
    shown = [week.score for week in plots[2].weeks if week.score is not None]
    assert f"Between {min(shown):g} and {max(shown):g}; " in plots[2].sentence
    assert f"{len(shown)} of {len(plots[2].weeks)} weeks told" in plots[2].sentence


def test_a_change_below_a_real_one_is_about_the_same() -> None:
    diary = diary_of(Checkin(**at(LAST, 1, 23), activities={SIT: 5}))
    sentences = {
        b.title: b.sentence for b in blocks_of(paper_for(facts_of(diary)), CAN) if isinstance(b, Plot)
    }
    assert sentences[SIT].startswith("now 5 of 10, was 4 (10: as before the pain): about the same.")


def test_a_diary_without_look_backs_says_so() -> None:
    paper = paper_for(facts_of(Diary()))
    assert "Nothing was said of own activities or pain in these days." in text_of(paper)
    assert "Sessions: none in these days." in text_of(paper)


def test_questions_stand_first_when_there_are_any() -> None:
    facts = replace(facts_of(diary_of()), questions=("May I run?", "  "))
    paper = paper_for(facts)
    assert paper.parts[0].title == "What the person wants to ask"
    assert paper.parts[0].blocks == (Points(("May I run?",)),)


def test_what_cannot_wait_stands_above_everything_with_the_number() -> None:
    paper = paper_for(facts_of(diary_of(triage(80, 1, "EMERGENCY", ["E4"]))))
    assert "call 112 now" in paper.urgent
    assert "a new change in how I pee" in paper.urgent
    lines = flat(paper).splitlines()
    assert lines.index(next(line for line in lines if "call 112 now" in line)) < lines.index("Warning signs")
    assert "Now: no exercise sessions." in text_of(paper)


def test_advice_of_the_same_day_sends_to_advice_today() -> None:
    paper = paper_for(facts_of(diary_of(triage(80, 1, "SAME_DAY", ["U1"]))))
    assert paper.urgent.endswith("do not wait for a visit: get medical advice today.")


def test_nothing_is_urgent_on_an_ordinary_day() -> None:
    assert ordinary().urgent == ""


def test_answers_that_said_the_same_stand_in_one_row() -> None:
    runs = [triage(day, day, "SELF_CARE") for day in (20, 40, 60, 80)]
    table = next(
        b for b in blocks_of(paper_for(facts_of(diary_of(*runs))), "Warning signs") if isinstance(b, Table)
    )
    assert table.rows == (
        (f"{day_words(day_of(0))} to {day_words(day_of(80))} (5 times)", "sessions may be given", "no sign"),
    )


def test_a_result_that_earlier_answers_hold_says_so() -> None:
    held = triage(80, 2, "SAME_DAY", result="SELF_CARE", held_by="SAME_DAY", unsure=2, unlocked=False)
    text = flat(paper_for(facts_of(diary_of(triage(70, 1, "SAME_DAY", ["U1"]), held))))
    assert "sessions may be given (held by earlier answers: medical advice the same day); 2 not sure" in text


def test_a_clearance_that_is_said_again_stands_once() -> None:
    text = flat(paper_for(facts_of(diary_of(clearance(1, 71), clearance(2, 80)))))
    assert text.count("doctor: cancer, now or in the past (C2)") == 1
    assert f"(told {day_words(day_of(71))} to {day_words(day_of(80))})" in text


def test_the_daily_check_is_told_in_words() -> None:
    check = Check(**at(80, 1), answers={"dc1": "n", "dc2": "u", "dc4": "y"}, outcome="full-triage")
    assert f"{day_words(day_of(80))}: yes to something new" in flat(paper_for(facts_of(diary_of(check))))


def test_every_daily_question_and_every_refusal_of_pain_has_words() -> None:
    from backmove.core.consultation_hurt import PAINFUL
    from backmove.core.daily import QUESTIONS
    from backmove.core.trend import MEASURES

    assert set(consultation_warnings.DAILY) == set(QUESTIONS)
    assert set(consultation_words.REFUSED) == PAINFUL
    assert set(consultation_course.MEASURE) == set(MEASURES)


def test_many_things_that_hurt_are_counted_and_not_all_listed() -> None:
    pains = [Pain(**at(10 + n, n), score=8, leg="further" if n < 3 else None) for n in range(20)]
    blocks = blocks_of(paper_for(facts_of(diary_of(*pains))), HURT)
    table = next(block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == consultation_words.MOST_HURTS
    assert table.caption.endswith("(and 13 before)")
    assert any(isinstance(b, Say) and "A leg that got worse: on 4 days" in b.text for b in blocks)


def test_a_stopped_session_and_a_refusal_are_told_in_words() -> None:
    text = flat(paper_for(facts_of(diary_of(hurt_session(1), Refusal(**at(82, 2), code="three-overloads")))))
    assert "session stopped: pain; most pain 7 of 10" in text
    assert "no session given: too much three times in two weeks" in text


def test_a_flare_up_is_one_when_the_person_said_so() -> None:
    said = [b.text for b in blocks_of(ordinary(), HURT) if isinstance(b, Say)]
    assert said[0].startswith(f"Flare-ups, by the person's word: {day_words(day_of(30))} to ")
    still = paper_for(facts_of(diary_of(Flare(**at(LAST, 1), on=True))))
    assert f"since {day_words(day_of(LAST))}." in flat(still)


def test_spells_without_a_word_are_told_apart_from_flare_ups() -> None:
    facts = replace(facts_of(diary_of()), flares_said=())
    said = [b.text for b in blocks_of(paper_for(facts), HURT) if isinstance(b, Say)]
    assert said[0] == "Flare-ups, by the person's word: none."
    assert said[1].startswith("Days with gentle sessions only, from pain or care: ")


def test_the_exercises_have_their_dose_in_words() -> None:
    gallery = next(block for block in blocks_of(ordinary(), NOW) if isinstance(block, Gallery))
    assert all(re.search(r"sets of|times|minutes?|hold", row.facts[0]) for row in gallery.rows)
    assert all(
        re.fullmatch(r"done (once|\d+ times), last \d+ \w{3} \d{4}", row.facts[1]) for row in gallery.rows
    )


def test_the_name_of_nobody_stands_on_it_unless_given() -> None:
    assert ordinary().under[0].startswith("47 years old")
    named = paper_for(replace(facts_of(diary_of()), who=replace(facts_of(diary_of()).who, name="A. Jones")))
    assert named.under[0].startswith("A. Jones · 47 years old")


def test_the_page_says_what_it_is_not() -> None:
    about = " ".join(b.text for b in blocks_of(ordinary(), "About this page") if isinstance(b, Say))
    for words in (
        "diary",
        "nobody has checked it",
        "does not diagnose",
        "rules nothing out",
        "rules version 1",
    ):
        assert words in about


def test_no_word_of_ours_is_a_banned_one() -> None:
    facts = facts_of(diary_of(triage(80, 1, "EMERGENCY", ["E5", "C2"]), clearance(2, 81), hurt_session(3)))
    assert banned_words(flat(paper_for(facts))) == []
    assert banned_words(flat(ordinary())) == []


@given(st.dates(date(1970, 1, 2), date(2999, 12, 31)))
def test_a_day_is_told_with_its_month_in_letters(day: date) -> None:
    words = day_words(day.isoformat())
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", words)
    assert words != day_words((day + timedelta(days=1)).isoformat())


# --- on a screen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    for paper in (ordinary(), paper_for(hostile_facts())):
        assert max(map(columns, text_of(paper, width).splitlines())) <= width


def test_of_years_only_the_last_half_year_stands_week_by_week() -> None:
    paper = paper_for(facts_of(diary_of(), first=day_of(-700)))
    rows = [line for line in flat(paper).splitlines() if line.startswith("the last 26 weeks: ")]
    assert [len(row.removeprefix("the last 26 weeks: ").split()) for row in rows] == [26, 26, 26]
    assert "week by week: 2 2 3 3 4 - 5 5 6 6 7 7" in flat(ordinary())


def test_plain_gives_one_fact_a_line_and_no_empty_ones() -> None:
    lines = text_of(ordinary(), 40, plain=True).splitlines()
    assert all(lines)
    assert sum(LIFT in line for line in lines) == 1


STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def test_nothing_that_a_person_wrote_steers_the_screen() -> None:
    paper = paper_for(hostile_facts())
    for width, plain in ((40, False), (80, True)):
        assert STEERING.search(text_of(paper, width, plain=plain)) is None
    text = text_of(paper, plain=True)
    assert HOSTILE[0] in text
    assert HOSTILE[8] in text


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_an_activity_of_any_name_steers_nothing(words: str) -> None:
    said = [Checkin(**at(day, day), activities={words: day // 10}) for day in (70, 77, 83)]
    text = flat(paper_for(facts_of(fold(said))))
    assert ": now 8 of 10, was 7" in text
    assert STEERING.search(text) is None


@settings(max_examples=25)
@given(st.text(st.characters(), min_size=1, max_size=60))
def test_any_words_can_stand_on_the_sheet(words: str) -> None:
    facts = facts_of(Diary())
    paper = paper_for(replace(facts, questions=(words,), who=replace(facts.who, name=words)))
    text = text_of(paper, 40)
    assert STEERING.search(text) is None
    assert max(map(columns, text.splitlines())) <= 40


# --- for scripts ------------------------------------------------------------------------------------------------------


def test_json_has_every_fact() -> None:
    facts = hostile_facts()
    known = consultation_json(facts)
    assert set(known) == set(facts.__struct_fields__)
    assert known["questions"] == HOSTILE
    assert known["period"]["days"] == facts.period.days
