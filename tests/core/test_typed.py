"""Words typed on the command line, read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.typed import choice, guess, text, whole_number
from backmove.errors import UsageProblem


def test_a_choice_is_one_of_those_allowed() -> None:
    assert choice("--leg", "new", ("none", "new")) == "new"
    with pytest.raises(
        UsageProblem, match=r"^--leg: 'NEW' is not known. Did you mean new\? Allowed: none, new\.$"
    ):
        choice("--leg", "NEW", ("none", "new"))


def test_only_a_near_word_is_guessed() -> None:
    assert guess("brigde", ("bridge", "bird-dog")) == " Did you mean bridge?"
    assert guess("zzz", ("bridge",)) == ""


@pytest.mark.parametrize(("word", "number"), [("0", 0), ("10", 10), (" 7 ", 7), ("007", 7), ("-0", 0)])
def test_a_whole_number_is_read(word: str, number: int) -> None:
    assert whole_number("pain", word, 0, 10) == number


@pytest.mark.parametrize("word", ["", "-", "4.5", "4,5", "+4", "four", "٤", "1e1", "0x4", "²", "4 5", "--4"])
def test_what_is_no_whole_number_is_refused(word: str) -> None:
    with pytest.raises(UsageProblem, match="is not a whole number from 0 to 10"):
        whole_number("pain", word, 0, 10)


@pytest.mark.parametrize("word", ["-1", "11", "9" * 5000])
def test_a_number_out_of_range_is_refused_shortly(word: str) -> None:
    with pytest.raises(UsageProblem, match="is outside 0 to 10") as refused:
        whole_number("pain", word, 0, 10)
    assert len(refused.value.message) < 60


@given(st.text())
def test_a_note_without_broken_signs_is_kept_but_for_the_blanks_around_it(note: str) -> None:
    assert text(note) == note.strip()


def test_bytes_that_were_no_text_become_the_replacement_sign() -> None:
    assert text(b"caf\xe9".decode("utf-8", "surrogateescape")) == "caf\ufffd"
    assert text("\ud83d alone") == "\ufffd alone"
    assert text("👍 stays") == "👍 stays"
