"""The library as a list: all of it or what was asked for, and what a search found."""

from collections.abc import Sequence

from backmove.core.choices import Category
from backmove.core.exercise import Exercise
from backmove.core.for_me import ForMe
from backmove.core.searching import Search
from backmove.term.clean import one_line
from backmove.term.page import Page
from backmove.term.vocabulary import CATEGORIES, POSITIONS


def list_page(rows: Sequence[ForMe], *, total: int, left_out: int, width: int, plain: bool) -> Page:
    """Rows by category. ``total``: rows in the library; ``left_out``: rows taken out by the precautions given."""
    page = Page(width, plain)
    column = max((len(one.row.id) for one in rows), default=0)
    for category in Category:
        mine = [one for one in rows if one.row.category is category]
        if not mine:
            continue
        page.blank()
        page.prose(f"{CATEGORIES[category]} ({category})", style="head")
        for one in mine:
            _row(page, one, column)
    page.blank()
    _counts(page, rows, total, left_out)
    if rows:
        page.command("Next:", f"backmove exercises show {rows[0].row.id}", "dim")
    return page


def found_page(
    typed: str, rows: Sequence[ForMe], found: Search[Exercise], *, total: int, width: int, plain: bool
) -> Page:
    """What a search found, the best first. ``rows``: its hits beside the person, in the same order."""
    page = Page(width, plain)
    if not rows:
        near = f" Did you mean {' or '.join(found.near)}?" if found.near else ""
        page.prose(f'No exercise was found that says "{one_line(typed)}".{near}')
        page.command("All of them:", "backmove exercises list", "dim")
        return page
    if not found.all_words:
        page.prose("No exercise has all of these words. These have most of them:")
        page.blank()
    column = max(len(one.row.id) for one in rows)
    for one, hit in zip(rows, found.hits, strict=True):
        where = [f"also called {text}" if text in one.row.aliases else text for text in hit.where]
        _row(page, one, column, where)
    page.blank()
    _counts(page, rows, total, 0)
    page.command("Next:", f"backmove exercises show {rows[0].row.id}", "dim")
    return page


def _row(page: Page, one: ForMe, column: int, where: Sequence[str] = ()) -> None:
    row = one.row
    facts = f"level {row.level}, {POSITIONS[row.position]}"
    held = _held(one)
    name = f"  {row.id:<{column}}  {row.name}"
    if page.plain:
        page.line(", ".join([row.id, row.name, facts, *held, *where]))
        return
    if len(name) + 2 + len(facts) <= page.width:
        page.both_ends(name, facts)
    elif len(name) <= page.width:
        page.line(name)
        page.line(facts.rjust(page.width), "dim")
    else:
        page.prose(f"{row.id}  {row.name}", indent=2, hang=2)
        page.prose(facts, indent=4, style="dim")
    for text in (*held, *where):
        page.prose(text, indent=4, hang=2, style="dim")


def _held(one: ForMe) -> list[str]:
    """What keeps the row away from this person, each in a few words."""
    kit = " and ".join(thing.replace("-", " ") for thing in one.lacking)
    return [
        *(["left out by you"] if one.by_me else []),
        *(f"not for you: {reason}" for reason in one.because),
        *([f"needs kit: {kit}"] if kit else []),
    ]


def _counts(page: Page, rows: Sequence[ForMe], total: int, left_out: int) -> None:
    text = f"{len(rows)} of {total} exercises."
    page.prose(f"{text} The precautions given take {left_out} out." if left_out else text)
    away = sum(1 for one in rows if one.by_me or one.because)
    kit = sum(1 for one in rows if one.lacking and not (one.by_me or one.because))
    if away:
        stay = "1 of them stays" if away == 1 else f"{away} of them stay"
        page.prose(f"{stay} out of your sessions; the reason stands there.")
    if kit:
        need = "1 needs" if kit == 1 else f"{kit} need"
        page.prose(f"{need} kit that your profile does not have (backmove profile set equipment).")
