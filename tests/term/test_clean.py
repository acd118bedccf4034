"""Words of people on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.term.clean import columns, one_line, paragraphs, wrap


@pytest.mark.parametrize(
    "text",
    [
        "worse in [left] leg :pill: [/b] {x} %s",
        "schlimmer beim Bücken, später besser",
        "腰が痛い 👍🏽 👩‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "كتف أيسر",
        "ça va, naïve, e\u0301",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\x1b]0;title\x07b", "a␛]0;title␇b"),
        ("a\x9b2Jb", "a‹9b›2Jb"),
        ("a\x00b\x7f", "a␀b␡"),
        ("a\u202eb\u202c", "ab"),
        ("\ufeffa\u2066b\u2069\u200f", "ab"),
        ("a\tb", "a b"),
        ("a\nb\r\nc\x85d\u2028e", "a b c d e"),
        ("a\rb", "a␍b"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_what_would_steer_the_terminal_is_shown_or_dropped(written: str, shown: str) -> None:
    assert one_line(written) == shown


def test_lines_of_a_note_are_kept_apart() -> None:
    assert paragraphs(" first \n\n second\x1b\n") == ["first", "second␛"]


@given(st.text())
def test_nothing_that_is_shown_can_move_the_cursor_or_turn_the_line(text: str) -> None:
    for sign in one_line(text):
        assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(st.text())
def test_what_was_shown_once_is_shown_the_same_again(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_wide_signs_count_twice_and_accents_not_at_all() -> None:
    assert (columns("腰"), columns("e\u0301"), columns("abc"), columns("👍")) == (2, 1, 3, 2)


@given(st.text(), st.integers(10, 88), st.sampled_from(["", "  ", "note: "]))
def test_no_line_is_wider_than_the_screen_and_no_letter_is_lost(text: str, width: int, first: str) -> None:
    shown = one_line(text)
    lines = wrap(shown, width, first=first, rest="  ")
    assert all(columns(line) <= width for line in lines)
    joined = lines[0].removeprefix(first) + "".join(line.removeprefix("  ") for line in lines[1:])
    assert joined.replace(" ", "") == shown.replace(" ", "")


def test_a_wrapped_paragraph_hangs_under_its_beginning() -> None:
    assert wrap("one two three four", 11, first="- ", rest="  ") == ["- one two", "  three", "  four"]
