"""Education cards on the screen: the list of them, one in full, and what a search found."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from backmove.core.exercise import Card, Certainty, Reference
from backmove.core.notice import Notice
from backmove.core.searching import Search
from backmove.term.clean import one_line
from backmove.term.page import Page

CERTAINTIES: Final[Mapping[Certainty, str]] = {
    Certainty.HIGH: "high: further trials will hardly change it",
    Certainty.MODERATE: "moderate: further trials may change it",
    Certainty.LOW: "low: further trials may well change it",
    Certainty.VERY_LOW: "very low: nobody knows yet",
    Certainty.PRACTICE: "practice: usual advice, not put to the test in trials",
}
"""How sure a card is, in words."""

NOT_YET: Final = "still to come"
"""Of a card that came with no session; whether it was read in another way, nobody knows."""
Said = Callable[[str], str]
"""Tells a stored day in words."""


def cards_page(
    cards: Mapping[int, Card],
    seen: Mapping[int, str],
    unread: Card | None,
    notices: Sequence[Notice],
    say: Said,
    *,
    width: int,
    plain: bool,
) -> Page:
    """Every card by number. ``seen``: the day on which each came with a session; ``unread``: the one to read next."""
    page = _page(notices, width, plain)
    page.both_ends("Learn", f"{len(cards)} short cards", "head")
    page.blank()
    column = max((len(card.topic) for card in cards.values()), default=0)
    for number, card in sorted(cards.items()):
        _entry(page, card, column, say(seen[number]) if number in seen else NOT_YET)
    page.blank()
    had = sum(number in seen for number in cards)
    page.prose(f"{had} of {len(cards)} came with a session so far. Read them in any order, or none.")
    page.command("Words in them:", "backmove learn --search WORDS", "dim")
    first = unread or next(iter(cards.values()), None)
    if first is not None:
        page.command("Next:", f"backmove learn {first.topic}", "strong")
    return page


def _entry(page: Page, card: Card, column: int, when: str) -> None:
    if page.plain:
        page.line(f"{card.number}, {card.topic}, {card.title}, {when}")
    elif 6 + column + 2 + len(card.title) + 2 + len(when) <= page.width:
        page.both_ends(f"  {card.number:>2}  {card.topic:<{column}}  {card.title}", when)
    else:
        page.prose(f"{card.number:>2}  {card.topic}: {card.title}", indent=2, hang=4)
        page.prose(when, indent=6, style="dim")


def card_page(
    cards: Sequence[Card],
    references: Mapping[str, Reference],
    seen: Mapping[int, str],
    notices: Sequence[Notice],
    say: Said,
    *,
    width: int,
    plain: bool,
) -> Page:
    """One card in full, or the several of one topic: its words, where they come from, how sure they are."""
    page = _page(notices, width, plain)
    for card in cards:
        page.blank()
        _title(page, card)
        for paragraph in card.text.split("\n"):
            if paragraph.strip():
                page.blank()
                page.prose(paragraph.strip())
        page.blank()
        reference = references.get(card.source)
        what = f"{reference.what} ({card.source})" if reference else card.source
        page.prose(f"Source: {what}.", style="dim")
        page.prose(f"How sure this is: {CERTAINTIES[card.certainty]}.", style="dim")
        if card.number in seen:
            page.prose(f"It came with your session of {say(seen[card.number])}.", style="dim")
    page.blank()
    page.command("All cards:", "backmove learn", "dim")
    return page


def _title(page: Page, card: Card) -> None:
    place = f"card {card.number}"
    if page.plain or len(card.title) + 2 + len(place) <= page.width:
        page.both_ends(card.title, place, "head")
    else:
        page.prose(card.title, style="head")
        page.prose(place, style="dim")


def found_page(
    typed: str, found: Search[Card], notices: Sequence[Notice], *, width: int, plain: bool
) -> Page:
    """What a search found, the best first, each with the sentences that hold the words."""
    page = _page(notices, width, plain)
    if not found.hits:
        near = f" Did you mean {' or '.join(found.near)}?" if found.near else ""
        page.prose(f'No card says "{one_line(typed)}".{near}')
        page.command("All cards:", "backmove learn", "dim")
        return page
    if not found.all_words:
        page.prose("No card has all of these words. These have most of them:")
    for hit in found.hits:
        page.blank()
        page.prose(f"{hit.thing.number:>2}  {hit.thing.title}", hang=4, style="strong")
        for sentence in hit.where:
            page.prose(sentence, indent=4)
    page.blank()
    page.prose(f"{len(found.hits)} found." if len(found.hits) > 1 else "1 found.")
    page.command("Next:", f"backmove learn {found.hits[0].thing.topic}", "strong")
    return page


def _page(notices: Sequence[Notice], width: int, plain: bool) -> Page:
    """A page that begins with what is more pressing than reading."""
    page = Page(width, plain)
    for notice in notices:
        page.prose(notice.text, style="warn")
    page.blank()
    return page


def card_json(card: Card, seen: Mapping[int, str], references: Mapping[str, Reference]) -> dict[str, Any]:
    """A card for scripts. ``came_with``: the day of the last session that it came with, or null."""
    reference = references.get(card.source)
    return {
        "number": card.number,
        "id": card.id,
        "topic": card.topic,
        "title": card.title,
        "text": card.text,
        "source": card.source,
        "source_text": reference.what if reference else "",
        "certainty": str(card.certainty),
        "came_with": seen.get(card.number),
    }


def found_json(
    found: Search[Card], seen: Mapping[int, str], references: Mapping[str, Reference]
) -> dict[str, Any]:
    """What a search found, for scripts."""
    rows = [card_json(hit.thing, seen, references) | {"where": list(hit.where)} for hit in found.hits]
    return {"cards": rows, "all_words": found.all_words, "near": list(found.near)}
