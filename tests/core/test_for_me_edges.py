"""What a person does not like keeps out the rows it means, and no others."""

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.diary import Diary
from backmove.core.for_me import for_me
from backmove.core.profile import Profile
from backmove.core.reading import next_unseen

CATALOG, _ = shipped.library()
ROW = CATALOG.exercises["bird-dog"]


@pytest.mark.parametrize("word", [ROW.id, str(ROW.category), "bridge", "walking"])
def test_only_a_dislike_that_means_the_row_is_named(word: str) -> None:
    diary = Diary(profile=replace(Profile(), dislikes=(word,)))
    (found,) = for_me([ROW], CATALOG, diary, ())
    assert found.because == ((f"you do not like {word}",) if word in (ROW.id, ROW.category) else ())


def test_the_next_card_is_the_first_that_was_not_seen() -> None:
    cards = CATALOG.cards
    assert next_unseen(cards, {1: "2026-03-02", 3: "2026-03-04"}) is cards[2]
    assert next_unseen(cards, {}) is cards[1]
    assert next_unseen(cards, dict.fromkeys(cards, "2026-03-02")) is None
