"""``backmove learn``: the education cards, to read at any time. Reading one writes nothing down."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli import tab
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from backmove.core.notice import Notice

ONLY_DUE = ("no-triage", "triage-stale")

EXAMPLES = """Examples:

backmove learn

backmove learn sleep

backmove learn 3

backmove learn --search "numb leg\""""


def learn(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="A topic, a number or a title. Left out: the list.",
            autocompletion=tab.topics,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only cards that say these words.", show_default=False),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Short cards to read about backs, pain and moving, each with its source and how sure it is."""
    from backmove.core.card import last_seen
    from backmove.core.reading import cards_named, next_unseen
    from backmove.term.answer_view import notice_json
    from backmove.term.card_view import card_json, card_page, cards_page

    app = app_of(ctx)
    cards, references, seen = app.catalog.cards, app.catalog.references, last_seen(app.diary)
    if search is not None:
        return _found(app, " ".join([*(topic or []), search]))
    chosen = cards_named(cards, " ".join(topic)) if topic else tuple(cards.values())
    notices = _locks(app)
    if app.json:
        rows = [card_json(card, seen, references) for card in chosen]
        app.answer_json({"cards": rows, "notices": notice_json(notices)})
    elif topic:
        page = card_page(chosen, references, seen, notices, _said(app), width=app.width, plain=app.plain)
        app.show_page(page)
    else:
        unread = next_unseen(cards, seen)
        page = cards_page(cards, seen, unread, notices, _said(app), width=app.width, plain=app.plain)
        app.show_page(page)
    return None


def _found(app: App, words: str) -> Outcome:
    from backmove.core.card import last_seen
    from backmove.core.reading import search_cards
    from backmove.term.answer_view import notice_json
    from backmove.term.card_view import found_json, found_page

    found, notices = search_cards(app.catalog.cards, words), _locks(app)
    if app.json:
        data = found_json(found, last_seen(app.diary), app.catalog.references)
        app.answer_json(data | {"notices": notice_json(notices)})
    else:
        app.show_page(found_page(words, found, notices, width=app.width, plain=app.plain))
    return None


def _locks(app: App) -> "tuple[Notice, ...]":
    """What stands above a card: a lock that a sign has set. Questions that are only due again do not."""
    from backmove.core.logbook import locked

    return tuple(notice for notice in locked(standing_of(app)) if notice.code not in ONLY_DUE)


def _said(app: App) -> "Callable[[str], str]":
    from datetime import date

    from backmove.core.when import say_day

    today = date.fromisoformat(app.today())
    return lambda day: say_day(date.fromisoformat(day), today)
