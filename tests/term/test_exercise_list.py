"""The library as a list, from 40 columns up."""

import pytest

import shipped
from backmove.core.choices import Equipment
from backmove.core.exercise import Exercise
from backmove.core.finding import find, search_rows, wanted
from backmove.core.for_me import ForMe
from backmove.term.exercise_list import found_page, list_page

CATALOG = shipped.catalog()
ROWS = tuple(CATALOG.exercises.values())


def open_to_all(rows: tuple[Exercise, ...]) -> list[ForMe]:
    return [ForMe(row, False, (), ()) for row in rows]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_list_fits_the_screen_and_counts(width: int) -> None:
    found = find(CATALOG, wanted(CATALOG, tags=["glaucoma"]))
    rows = open_to_all(found.rows)
    page = list_page(rows, total=204, left_out=found.left_out, width=width, plain=False)
    assert max(len(text) for text, _ in page.lines) <= width
    assert f"{len(found.rows)} of 204 exercises." in page.text()
    assert f"take {found.left_out} out" in " ".join(page.text().split())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_search_fits_the_screen(width: int) -> None:
    found = search_rows(ROWS, "hold")
    rows = [ForMe(hit.thing, True, ("Glaucoma",), (Equipment.BAND,)) for hit in found.hits]
    page = found_page("hold", rows, found, total=204, width=width, plain=False)
    assert max(len(text) for text, _ in page.lines if "backmove exercises show" not in text) <= width


def test_an_empty_list_says_so() -> None:
    assert list_page([], total=204, left_out=0, width=80, plain=True).text() == "0 of 204 exercises."


def test_what_keeps_a_row_away_stands_beside_it_and_is_counted() -> None:
    rows = [
        ForMe(ROWS[0], True, (), ()),
        ForMe(ROWS[1], False, ("Glaucoma",), ()),
        ForMe(ROWS[2], False, (), (Equipment.HEAT_PACK,)),
    ]
    lines = list_page(rows, total=204, left_out=0, width=80, plain=True).text().splitlines()
    assert [line for line in lines if line.endswith("left out by you")] == [lines[1]]
    assert lines[2].endswith("not for you: Glaucoma") and lines[3].endswith("needs kit: heat pack")
    assert "2 of them stay out of your sessions; the reason stands there." in lines
    assert any(line.startswith("1 needs kit") for line in lines)


def test_words_that_were_typed_steer_no_terminal() -> None:
    found = search_rows(ROWS, "zz\x1b[31mzz")
    text = found_page("zz\x1b[31mzz", [], found, total=204, width=80, plain=True).text()
    assert "\x1b" not in text
    assert text.startswith("No exercise was found that says")
