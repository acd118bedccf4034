"""Full-text search: what is found, in which order, and where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shipped
from backmove.core.finding import search_rows
from backmove.core.reading import search_cards
from backmove.core.searching import Part, Search, search
from backmove.errors import UsageProblem

CATALOG = shipped.catalog()
TEXTS = {
    1: ("walking", (Part("Walking and the next bout", 3), Part("Walk a little. Sleep well.", 1))),
    2: ("sleep", (Part("Sleep and back pain", 3), Part("Pain can spoil sleep. Bend. Lie down.", 1))),
    3: ("nerves", (Part("Nerves", 3), Part("Nerves that dampen pain.\n\nA back is strong.", 1))),
}


def found(typed: str) -> Search[str]:
    return search(typed, TEXTS)


def names(typed: str) -> list[str]:
    return [hit.thing for hit in found(typed).hits]


def test_a_name_counts_more_than_a_text() -> None:
    assert names("sleep") == ["sleep", "walking"]


@pytest.mark.parametrize("typed", ["nerve", "NERVES", "nerv"])
def test_a_word_is_found_by_its_beginning(typed: str) -> None:
    assert names(typed) == ["nerves"]


def test_a_longer_form_finds_the_short_word() -> None:
    assert names("bending") == ["sleep"]
    assert names("backpack") == []


def test_all_words_come_before_some() -> None:
    both = found("walk sleep")
    assert [hit.thing for hit in both.hits] == ["walking"] and both.all_words
    some = found("nerve zebra")
    assert [hit.thing for hit in some.hits] == ["nerves"] and not some.all_words


def test_small_words_do_not_count_unless_they_are_all_there_is() -> None:
    assert names("the sleep of a walk") == ["walking"]
    assert names("and") == ["walking", "sleep"]


def test_a_hit_shows_the_sentences_that_hold_the_words() -> None:
    hit = found("pain bend").hits[0]
    assert hit.where == ("Pain can spoil sleep.", "Bend.")


def test_nothing_found_says_what_was_near() -> None:
    none = found("walkin")
    assert none.hits  # "walkin" begins "walking"
    assert found("slepe").near == ("sleep",)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\x1b"])
def test_no_word_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem, match="what to search for"):
        found(typed)


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_is_searched_or_refused(typed: str) -> None:
    try:
        cards, rows = search_cards(CATALOG.cards, typed), search_rows(CATALOG.exercises.values(), typed)
    except UsageProblem:
        return
    assert len({hit.thing.number for hit in cards.hits}) == len(cards.hits)
    assert [hit.points for hit in rows.hits] == sorted((hit.points for hit in rows.hits), reverse=True)


@settings(max_examples=30)
@given(st.sampled_from(sorted(CATALOG.exercises)))
def test_an_id_finds_its_own_exercise_first_or_shares_the_first_place(name: str) -> None:
    hits = search_rows(CATALOG.exercises.values(), name).hits
    best = [hit.thing.id for hit in hits if hit.points == hits[0].points]
    assert name in best


@given(st.sampled_from([(card, word) for card in CATALOG.cards.values() for word in card.text.split()]))
def test_every_word_of_a_card_finds_it(pair: tuple[object, str]) -> None:
    card, word = pair
    if any(letter.isalnum() for letter in word):
        assert card in [hit.thing for hit in search_cards(CATALOG.cards, word).hits]
