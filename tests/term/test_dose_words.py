"""Doses in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shipped
from backmove.core.exercise import DoseKind, Exercise
from backmove.term.dose_words import dose_words, effort_words, first_dose, most_dose

ROWS = list(shipped.catalog().exercises.values())


@pytest.mark.parametrize(
    ("kind", "dose", "words"),
    [
        ("reps", {"counts": (8,)}, "8 times"),
        ("reps", {"counts": (1,)}, "once"),
        ("reps", {"counts": (8,), "sides": 2}, "8 times each side"),
        ("reps", {"counts": (10, 10)}, "2 sets of 10"),
        ("reps", {"counts": (10, 10), "sides": 2, "tempo_s": 6}, "2 sets of 10 each side, slowly"),
        ("reps", {"counts": (10, 8)}, "sets of 10 and 8"),
        ("reps", {"counts": (10, 8, 6)}, "sets of 10, 8 and 6"),
        ("holds", {"counts": (6,), "hold_s": 5, "sides": 2}, "6 times each side, hold 5 seconds"),
        ("holds", {"counts": (6, 6), "hold_s": 1}, "2 sets of 6, hold 1 second"),
        ("stretch", {"counts": (2,), "hold_s": 30, "sides": 2}, "hold 30 seconds, 2 times each side"),
        ("pyramid", {"counts": (6, 4, 2), "hold_s": 10}, "6 holds, then 4, then 2, 10 seconds each"),
        ("pyramid", {"counts": (1,), "hold_s": 8, "sides": 2}, "1 hold each side, 8 seconds each"),
        ("minutes", {"minutes": 2}, "2 minutes"),
        ("minutes", {"minutes": 1}, "1 minute"),
    ],
)
def test_a_dose_reads_like_this(kind: str, dose: dict[str, int], words: str) -> None:
    assert dose_words(kind, **dose) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("id", "first", "most"),
    [
        ("bridge", "8 times, slowly", "3 sets of 12, slowly"),
        ("ta-breath", "5 times, hold 10 seconds", "10 times, hold 10 seconds"),
        ("calf-wall", "hold 15 seconds, 2 times each side", "hold 30 seconds, 3 times each side"),
        (
            "bird-dog",
            "3 holds, then 1 each side, 10 seconds each",
            "6 holds, then 4, then 2 each side, 10 seconds each",
        ),
        ("walk-easy", "3 minutes", "10 minutes"),
    ],
)
def test_the_ends_of_a_range_are_said(id: str, first: str, most: str) -> None:  # noqa: A002
    row = shipped.catalog().exercises[id]
    assert first_dose(row.dose) == first
    assert most_dose(row.dose) == most


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_dose_of_the_library_has_words_with_numbers(row: Exercise) -> None:
    for words in (first_dose(row.dose), most_dose(row.dose)):
        assert words == "once" or re.search(r"\d|once", words)
        assert " 0 " not in f" {words} "
        assert ("each side" in words) is (row.dose.sides == 2 and row.dose.kind is not DoseKind.MINUTES)


@given(
    st.sampled_from(["reps", "holds", "stretch", "pyramid"]),
    st.lists(st.integers(1, 30), min_size=1, max_size=4),
    st.integers(1, 60),
    st.integers(1, 2),
)
def test_any_dose_can_be_said(kind: str, counts: list[int], hold_s: int, sides: int) -> None:
    words = dose_words(kind, counts=counts, hold_s=hold_s, sides=sides)
    assert words
    assert "None" not in words


@pytest.mark.parametrize(("effort", "words"), [((3, 5), "effort 3 to 5 of 10"), ((1, 1), "effort 1 of 10")])
def test_effort_is_said_out_of_ten(effort: tuple[int, ...], words: str) -> None:
    assert effort_words(effort) == words
