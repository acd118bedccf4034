"""Exercises on the screen, from 40 columns up."""

import pytest

import shipped
from backmove.core.exercise import Exercise
from backmove.term.exercise_view import exercise_json, exercise_page

CATALOG = shipped.catalog()
ROWS = list(CATALOG.exercises.values())
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


@every_row
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_of_a_page_is_wider_than_the_screen(row: Exercise, width: int) -> None:
    page = exercise_page(row, CATALOG, taken_out_by=[], width=width, plain=False)
    assert max(len(text) for text, _ in page.lines) <= width


@every_row
def test_a_page_says_all_that_a_person_needs(row: Exercise) -> None:
    text = exercise_page(row, CATALOG, taken_out_by=[], width=80, plain=True).text()
    for line in (*row.setup, *row.cues, *row.mistakes, row.feel, row.breathing, row.easier, row.harder):
        assert line in text
    for code in ("S0", *row.stop_if):
        assert CATALOG.stop_codes[code].text in text
    for entry in row.evidence:
        assert entry.ref in text
    assert "Not yet reviewed." in text


def test_plain_pages_have_one_fact_a_line_and_no_blank_ones() -> None:
    lines = exercise_page(ROWS[0], CATALOG, taken_out_by=[], width=40, plain=True).text().splitlines()
    assert all(line.strip() for line in lines)
    assert any(len(line) > 40 for line in lines)


def test_a_page_says_which_precaution_takes_the_exercise_out() -> None:
    row = CATALOG.exercises["downward-dog"]
    assert (
        "Left out of your sessions: Glaucoma."
        in exercise_page(row, CATALOG, taken_out_by=["Glaucoma"], width=80, plain=True).text()
    )


def test_a_ladder_shows_where_the_exercise_stands() -> None:
    text = exercise_page(CATALOG.exercises["bridge"], CATALOG, taken_out_by=[], width=200, plain=True).text()
    assert "Step 3 of 6: glute-squeeze > mini-bridge > bridge" in text


@every_row
def test_json_holds_own_and_derived_features(row: Exercise) -> None:
    data = exercise_json(row)
    assert set(data["features"]) == {str(feature) for feature in row.hazards}
    assert data["id"] == row.id
