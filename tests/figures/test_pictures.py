"""Figures as text and in words: within their columns, in every encoding, and saying what is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posed import figures

from backmove.core.plain_words import banned_words, grade
from backmove.core.pose import frame_at
from backmove.core.spoken import spoken
from backmove.term.picture import can_show_braille, over, picture, side_by_side

ids = pytest.mark.parametrize("exercise", sorted(figures()))
BLANK_BRAILLE = "\u2800"


def dots(lines: list[str]) -> int:
    return sum((ord(sign) - 0x2800).bit_count() for line in lines for sign in line if sign != " ")


@ids
def test_a_picture_fits_in_its_columns_and_rows(exercise: str) -> None:
    for braille in (True, False):
        lines = picture(figures()[exercise].at(0), 40, 14, braille)
        assert len(lines) == 14
        assert all(len(line) <= 40 and line == line.rstrip() for line in lines)
        assert any(lines)


@given(
    exercise=st.sampled_from(sorted(figures())),
    columns=st.integers(8, 100),
    rows=st.integers(4, 40),
    seconds=st.floats(0, 100),
    braille=st.booleans(),
)
def test_any_size_and_any_moment_can_be_drawn(
    exercise: str, columns: int, rows: int, seconds: float, braille: bool
) -> None:
    lines = picture(frame_at(figures()[exercise], seconds), columns, rows, braille)
    assert len(lines) == rows
    assert all(len(line) <= columns for line in lines)


@ids
def test_dots_are_dots_and_plain_signs_are_plain(exercise: str) -> None:
    pose = figures()[exercise].at(0)
    signs = set("".join(picture(pose, 40, 14)))
    assert BLANK_BRAILLE not in signs  # an empty cell is a blank
    assert all(sign == " " or 0x2800 < ord(sign) < 0x2900 for sign in signs)
    assert "".join(picture(pose, 40, 14, braille=False)).isascii()


def test_far_limbs_have_fewer_dots_than_near_ones() -> None:
    bird_dog = figures()["bird-dog"]
    near, far = bird_dog.at(3), bird_dog.at(1)  # the near leg is lifted, then the far one
    behind = slice(0, 14)

    def leg(lines: list[str]) -> int:
        return dots([line[behind] for line in lines[6:10]])

    assert leg(picture(near, 40, 14)) > 1.4 * leg(picture(far, 40, 14)) > 0


@pytest.mark.parametrize(
    ("encoding", "can"),
    [
        ("utf-8", True),
        ("UTF-16", True),
        ("latin-1", False),
        ("ascii", False),
        ("no-such", False),
        (None, False),
    ],
)
def test_an_encoding_can_carry_dots_or_not(encoding: str | None, can: bool) -> None:
    assert can_show_braille(encoding) is can


@pytest.mark.parametrize("width", [40, 60, 80, 88])
def test_two_pictures_stand_side_by_side_where_there_is_room(width: int) -> None:
    lines = side_by_side(figures()["bridge"], width, 14, braille=True)
    assert lines[0]
    assert max(map(len, lines)) <= width
    assert (max(map(len, lines)) > 40) == (width >= 60)


def test_a_moving_picture_is_painted_over_the_one_before() -> None:
    assert over(["a", "b"], first=True) == "\x1b[2Ka\n\x1b[2Kb\n"
    assert over(["a", "b"], first=False).startswith("\x1b[2A")


@ids
def test_the_words_are_plain_sentences(exercise: str) -> None:
    lines = spoken(figures()[exercise])
    assert 2 <= len(lines) <= 12
    text = " ".join(lines)
    assert banned_words(text) == []
    assert grade(text) <= 6
    assert all(line[0].isupper() and line.endswith(".") and "  " not in line for line in lines)


def test_the_words_say_what_is_drawn() -> None:
    assert spoken(figures()["bridge"]) == (
        "Seen from the right side. You are lying on your back.",
        "To begin. Back long. Arms: by your sides on the floor, elbows straight."
        " Legs: knees fully bent, feet on the floor.",
        "Then. Back long and hips lifted. Legs: knees bent, feet on the floor.",
    )
    assert "Right arm: up past your ear, elbow straight." in spoken(figures()["bird-dog"])[2]
    assert "Left leg: in line with your body, knee straight." in spoken(figures()["bird-dog"])[2]
    assert "Back long and turned to the right." in " ".join(spoken(figures()["seated-rotation"]))
    assert "Back rounded." in " ".join(spoken(figures()["cat-cow"]))
    assert "Back arched." in " ".join(spoken(figures()["cat-cow"]))


def test_what_does_not_show_is_said() -> None:
    assert spoken(figures()["pelvic-floor-squeeze"])[-1] == "Squeeze and lift inside."
