"""Regions are found by their words and never guessed."""

from hypothesis import given
from hypothesis import strategies as st

from backmove.core.emergency import EmergencyNumbers, Region

NUMBERS = EmergencyNumbers(
    "112 or 911", (Region("uk", "United Kingdom", "999", "111", True, ("gb", "new-town")),)
)


def test_capitals_and_spaces_do_not_count() -> None:
    assert NUMBERS.find(" New Town ") is NUMBERS.regions[0]


@given(st.text())
def test_a_word_that_is_not_listed_finds_nothing(word: str) -> None:
    found = NUMBERS.find(word)
    assert found is None or word.strip().casefold().replace(" ", "-") in NUMBERS.words()


def test_codes_come_first() -> None:
    assert NUMBERS.words() == ("uk", "gb", "new-town")
