"""Faults of the questions and of the signs to stop at, each told with its remedy."""

from pathlib import Path

import pytest
from test_library import broken as broken_library
from test_triage_file import broken


@pytest.mark.parametrize("level", ["INCOMPLETE", "OUT_OF_SCOPE"])
def test_no_rule_gives_what_comes_from_age_and_from_missing_answers(level: str, tmp_path: Path) -> None:
    said, _ = broken(tmp_path, "disposition: SAME_DAY", f"disposition: {level}")
    assert "no rule gives this" in said


@pytest.mark.parametrize("words", ["[y, 3]", "[3, y]", "y"])
def test_a_list_to_choose_from_holds_words_only(words: str, tmp_path: Path) -> None:
    broken(tmp_path, 'when: {f: chest_or_faint, in: ["y", "u"]}', f"when: {{f: chest_or_faint, in: {words}}}")


def test_the_sign_that_ends_every_exercise_has_to_be_urgent() -> None:
    assert "S0 is missing or not urgent" in broken_library(
        "stop_codes.yaml", ("urgent: true", "urgent: false")
    )


@pytest.mark.parametrize(("part", "taken"), [("word: me,", "word: other,"), ('key: "y"', 'key: "n"')])
def test_two_answers_to_a_question_have_neither_key_nor_word_in_common(
    part: str, taken: str, tmp_path: Path
) -> None:
    said, _ = broken(tmp_path, part, taken)
    assert "is taken" in said
