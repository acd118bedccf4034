"""The grade of a text, banned words, and forms that lead elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.plain_words import (
    BANNED,
    _syllables,
    banned_words,
    grade,
    leads_elsewhere,
    row_word_faults,
)

ROWS = shipped.catalog().exercises


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("back", 1),
        ("knees", 1),
        ("shoulder", 2),
        ("muscle", 2),
        ("slowly", 2),
        ("breathe", 1),
        ("breathes", 1),
        ("walked", 1),
        ("needed", 2),
        ("places", 2),
        ("exercise", 3),
        ("emergency", 4),
        ("edges", 2),
        ("table", 2),
        ("the", 1),
    ],
)
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    assert _syllables(word) == count


def test_short_plain_sentences_have_a_low_grade() -> None:
    assert grade("Lift your hips. Hold them up. Breathe out.") < 1


def test_long_latin_sentences_have_a_high_grade() -> None:
    text = (
        "Individuals experiencing intermittent neurological claudication should discontinue "
        "repetitive lumbar extension immediately."
    )
    assert grade(text) > 14


def test_a_text_without_words_has_no_grade() -> None:
    assert grade("... 12 !") == 0.0


@pytest.mark.parametrize("word", BANNED)
def test_every_banned_word_is_found_in_a_sentence(word: str) -> None:
    assert [found.lower() for found in banned_words(f"This is {word.capitalize()} here.")][:1] == [word]


@pytest.mark.parametrize("text", ["The safety questions come first.", "A secure hold.", "Add a curve."])
def test_words_that_only_hold_a_banned_one_are_fine(text: str) -> None:
    assert banned_words(text) == []


def test_an_exclamation_mark_is_banned() -> None:
    assert banned_words("Well done!") == ["!"]


@pytest.mark.parametrize(
    ("id", "text", "into"),
    [
        ("sit-to-stand", "Kneel down first.", "kneeling"),
        ("bridge", "Do it on your hands and knees.", "kneeling"),
        ("seated-rotation", "Lie on your back and roll the knees.", "lying on the back"),
        ("wall-plank", "Lie face down and lift up.", "lying on the front"),
        ("weight-shift", "Stand on one leg.", "one leg"),
        ("weight-shift", "Do it with your eyes shut.", "closed eyes"),
        ("single-leg-support", "Let go of the chair.", "no hand hold"),
        ("wall-hinge", "Reach your arms overhead.", "arms overhead"),
        ("step-touch", "Jump from side to side.", "impact"),
        ("wall-plank", "Twist to one side.", "twisting"),
        ("wall-hinge", "Round your back and reach down.", "bending"),
        ("bridge", "Lift your head as well.", "a lifted head"),
        ("counter-plank", "Hold it longer.", "long holds"),
        ("bridge", "Hold your breath at the top.", "holding the breath"),
        ("seated-march", "Cross your legs and lift them.", "crossed legs"),
        ("clam", "Use a dumbbell.", "a load"),
        ("seated-march", "Loop a band round your knees.", "a band"),
    ],
)
def test_a_form_that_leads_into_a_hazard_of_other_rows_is_found(id: str, text: str, into: str) -> None:  # noqa: A002
    assert leads_elsewhere(ROWS[id], text) == [into]


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("cat-cow", "Do it on your hands and knees."),
        ("single-leg-free", "Let go of the chair."),
        ("open-book", "Twist less."),
        ("hamstring-chair", "Hold it longer."),
        ("clam", "Loop a band round your knees."),
        ("breathing-diaphragm", "Close your eyes."),
    ],
)
def test_a_hazard_the_row_has_leads_nowhere_new(id: str, text: str) -> None:  # noqa: A002
    assert leads_elsewhere(ROWS[id], text) == []


def test_every_kind_of_word_fault_is_told_at_its_line() -> None:
    row = replace(
        ROWS["clam"],
        setup=("lie on one side.", "Lie down" + " very" * 40 + " slowly."),
        cues=("Open the knee safely.", "Close it"),
    )
    faults = {(fault.loc, fault.what.split(";")[0]) for fault in row_word_faults(row)}
    assert (("setup", 0), "a line begins with a capital letter") in faults
    assert (("setup", 1), "216 characters") in faults
    assert (("cues", 0), "'safely' is not used here") in faults
    assert (("cues", 1), "a line ends with a full stop") in faults


def test_a_hard_text_is_told() -> None:
    row = replace(
        ROWS["clam"], cues=("Symmetrically externally rotate the contralateral femur unilaterally.",) * 6
    )
    assert any("reading grade" in fault.what for fault in row_word_faults(row))


@given(st.text())
def test_any_text_has_a_grade(text: str) -> None:
    assert grade(text) > -20
    assert isinstance(banned_words(text), list)
