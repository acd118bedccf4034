"""The prompts as screens."""

import pytest

from answering import questionnaire, walked
from backmove.core.interview import replay
from backmove.store.library import load_emergency_numbers
from backmove.term.question import ONE_DIGIT, painted, spoken
from backmove.term.triage_prompts import (
    ALL_RIGHT,
    ANSWERED_BY_QUESTIONS,
    Place,
    precaution_pages,
    prompt_question,
    read_region,
    read_review,
    region_question,
    review_question,
    split,
)
from shipped import catalog

NUMBERS = load_emergency_numbers()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How old are you?", ("", "How old are you?", "")),
        ("Hold on. Does a foot slap? Or a knee?", ("Hold on.", "Does a foot slap? Or a knee?", "")),
        ("Is it new? Itch does not count.", ("", "Is it new?", "Itch does not count.")),
        ("Moving makes it:", ("", "Moving makes it:", "")),
    ],
)
def test_the_question_is_told_from_what_stands_around_it(text: str, parts: tuple[str, str, str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize("width", [40, 80, 88])
def test_every_prompt_keeps_to_the_width_and_has_no_key_twice(width: int) -> None:
    q = questionnaire()
    for prompt in q.prompts.values():
        question = prompt_question(q, prompt, replay(q, {}).answers, Place(18, 29, "Age: 44"), "112")
        page = painted(question, width, note="Press one of n, y.", text="38.7")
        assert max(len(line) for line in page.plain.splitlines()) <= width, prompt.id
        assert max(len(line) for line in spoken(question, width).splitlines()) <= width, prompt.id
        keys = [key for key, _ in question.keyed]
        assert len(set(keys)) == len(keys), prompt.id
        assert not {"b", "q", "?"} & set(keys), f"{prompt.id} takes a key of back, quit or why"
        assert len(question.choices) <= ONE_DIGIT, prompt.id


def test_a_whole_screen_of_a_calm_run_fits_24_lines() -> None:
    q = questionnaire()
    for prompt, _ in walked():
        question = prompt_question(
            q, prompt, replay(q, {}).answers, Place(18, 29, "Age: 44"), "112 (Germany)"
        )
        assert len(painted(question, 80).plain.splitlines()) <= 24, prompt.id


def test_precautions_are_asked_in_lists_of_one_digit_and_none_is_lost() -> None:
    everything = tuple(catalog().precautions.values())
    pages = precaution_pages(everything, ("knee-problem",), leg_signs=True)
    tags = [choice.value for page in pages for choice in page.choices]
    assert {*tags, *ANSWERED_BY_QUESTIONS} == {p.tag for p in everything}
    assert len(set(tags)) == len(tags)
    assert all(len(page.choices) <= ONE_DIGIT for page in pages)
    said = [c.label for page in pages for c in page.choices if c.value == "knee-problem"]
    assert said == ["A sore or weak knee (you said so before)"]
    without = precaution_pages(everything, (), leg_signs=False)
    assert not any("leg-pain" in c.value for page in without for c in page.choices)


@pytest.mark.parametrize(
    ("typed", "code"), [("de", "de"), ("Germany", "de"), ("AT", "eu"), (" united  kingdom", "uk")]
)
def test_a_country_is_found_by_letters_or_name(typed: str, code: str) -> None:
    assert read_region(NUMBERS, typed) == code


@pytest.mark.parametrize("typed", ["0", "other", "another country"])
def test_a_country_that_is_not_listed_is_none(typed: str) -> None:
    assert read_region(NUMBERS, typed) == ""


def test_a_country_that_is_neither_is_asked_again() -> None:
    with pytest.raises(ValueError, match="not in the list"):
        read_region(NUMBERS, "xx")


def test_the_list_of_answers_takes_a_number_or_that_all_is_right() -> None:
    assert read_review("R", 31) == ALL_RIGHT
    assert read_review("31", 31) == 31
    for wrong in ("0", "32", "yes please", "-1"):
        with pytest.raises(ValueError, match="from 1 to 31"):
            read_review(wrong, 31)


@pytest.mark.parametrize("width", [40, 80])
def test_the_list_of_answers_shows_every_answer(width: int) -> None:
    rows = [
        (prompt.title, "a long answer " * 4 if n % 5 == 0 else "no") for n, (prompt, _) in enumerate(walked())
    ]
    page = painted(review_question(rows), width).plain
    flat = " ".join(page.split())
    for number, (title, words) in enumerate(rows, start=1):
        assert f"{number} {title}: {words.strip()}" in flat
    assert max(map(len, page.splitlines())) <= width
    assert "112" not in flat
    assert region_question(NUMBERS).help[0].startswith("uk United Kingdom")
