"""The education cards as something to read: found by number, word or title, and by what they say."""

from collections.abc import Mapping

from backmove.core.exercise import Card
from backmove.core.searching import Part, Search, search
from backmove.core.typed import near
from backmove.errors import NotFound

Cards = Mapping[int, Card]


def cards_named(cards: Cards, word: str) -> tuple[Card, ...]:
    """The card with this number, id or title, or every card of this topic; never empty.

    Raises NotFound with a guess, or with the search that finds the word in the texts.
    """
    sought = _plain(word)
    if sought.isdecimal() and sought.isascii():
        if len(sought) < 4 and int(sought) in cards:
            return (cards[int(sought)],)
        raise NotFound(f"there is no card {word[:12]}: they go from {min(cards)} to {max(cards)}.", hint=ALL)
    of_topic = tuple(card for card in cards.values() if _plain(card.topic) == sought)
    named = tuple(card for card in cards.values() if sought in (_plain(card.id), _plain(card.title)))
    if of_topic or named:
        return named or of_topic
    raise NotFound(
        f"there is no card or topic {word!r}.{_guess(cards, sought)}", hint=_elsewhere(cards, word)
    )


ALL = "All of them:  backmove learn"


def _guess(cards: Cards, sought: str) -> str:
    names = {
        _plain(name): card.topic for card in cards.values() for name in (card.id, card.title, card.topic)
    }
    close = near(sought, names, 3)
    begun = [name for name in names if len(sought) > 2 and name.startswith(sought)]
    found = list(dict.fromkeys(names[name] for name in (*begun, *close)))[:3]
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _elsewhere(cards: Cards, word: str) -> str:
    """Where a word leads that is the name of no card, but stands in some."""
    if any(letter.isalnum() for letter in word) and all(
        letter.isalnum() or letter in " -" for letter in word
    ):
        found = search_cards(cards, word)
        if found.hits and found.all_words:
            count = len(found.hits)
            says = "1 card says it" if count == 1 else f"{count} cards say it"
            return f"{says}:  backmove learn --search {_quoted(word)}"
    return ALL


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def search_cards(cards: Cards, typed: str) -> Search[Card]:
    """Cards that say the words; title and topic count more than the text. Raises UsageProblem without a word."""
    return search(
        typed,
        {
            number: (card, (Part(f"{card.title} {card.topic} {card.id}", 3), Part(card.text, 1)))
            for number, card in cards.items()
        },
    )


def next_unseen(cards: Cards, seen: Mapping[int, str]) -> Card | None:
    """The first card, by number, that came with no session yet; None when all did."""
    return next((card for number, card in sorted(cards.items()) if number not in seen), None)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
