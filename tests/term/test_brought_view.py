"""What came in is told in words, whatever kind it is."""

from backmove.core.bringing import CORRECTIONS
from backmove.core.plain_words import banned_words
from backmove.core.record import KINDS
from backmove.term.brought_view import kinds_in_words


def test_every_kind_that_can_come_in_has_words_of_its_own() -> None:
    for kind in KINDS.keys() - CORRECTIONS:
        for number in (1, 2):
            told = kinds_in_words({kind: number})
            assert " " in told.removeprefix(f"{number} ") or kind in ("session", "walk"), told
            assert banned_words(told) == []
    assert kinds_in_words({"pain": 2, "amend": 1, "retract": 1}) == "2 pain entries, 2 corrections"
    assert kinds_in_words({"mood": 1}) == "1 mood", "a kind of the future is told by its name"
