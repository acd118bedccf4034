"""What a report says of a disk, how many cards say a word, and a row of which nothing was said."""

import pytest

import shipped
from backmove.core.bug_report import bug_report
from backmove.core.examination import examine
from backmove.core.guide_state import Fate
from backmove.core.reading import cards_named, search_cards
from backmove.core.surroundings import Surroundings
from backmove.errors import NotFound

CARDS = shipped.catalog().cards


@pytest.mark.parametrize(("disk", "said"), [(None, "none"), ("nfs", "nfs")])
def test_a_report_of_a_fault_names_a_disk_of_another_computer(disk: str | None, said: str) -> None:
    found = examine(b"", path="journal.jsonl", exists=False, set_aside=())
    assert said in [
        str(value)
        for name, value in bug_report(found, Surroundings(far_disk=disk), {}).items()
        if "disk" in name
    ]


def test_a_word_that_one_card_says_is_told_as_one_card() -> None:
    words = {word.strip(".,").casefold() for card in CARDS.values() for word in card.text.split()}
    counts = {}
    for word in sorted(word for word in words if word.isalpha() and len(word) > 6):
        try:
            cards_named(CARDS, word)
        except NotFound as unknown:
            counts[len(search_cards(CARDS, word).hits)] = unknown.hint or ""
    assert counts[1].startswith("1 card says it:")
    assert counts[2].startswith("2 cards say it:")


def test_a_row_of_which_nothing_was_said_hurt_nobody() -> None:
    assert (Fate().done, Fate().passed, Fate().easier, Fate().hurt, Fate().seen) == (False,) * 5
