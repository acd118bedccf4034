"""The sheet of a consultation as text: for a terminal, an e-mail, a text file."""

from typing import Any, Final

import msgspec

from backmove.core.consultation import Consultation
from backmove.core.paper import Block, Gallery, Paper, Plot, Points, Say, Table
from backmove.term.clean import columns, wrap
from backmove.term.page import READABLE, Page

_STYLES: Final = {"plain": "", "strong": "strong", "dim": "dim"}
MOST_WEEKS: Final = 26
_INDENT: Final = 2
_HANG: Final = 2


def text_page(paper: Paper, *, width: int, plain: bool) -> Page:
    """The page at a width. Plain: one fact a line."""
    page = Page(width, plain)
    _prose(page, paper.title, style="head")
    for line in paper.under:
        _prose(page, line)
    if paper.urgent:
        page.blank()
        _prose(page, paper.urgent, style="warn")
    for part in paper.parts:
        page.blank()
        _prose(page, part.title, style="head")
        for block in part.blocks:
            _block(page, block)
    return page


def _block(page: Page, block: Block) -> None:
    if isinstance(block, Say):
        _prose(page, block.text, indent=_INDENT, style=_STYLES[block.weight])
    elif isinstance(block, Points):
        _titled(page, block.title, block.items)
    elif isinstance(block, Table):
        _titled(page, block.caption, tuple(_row(row) for row in block.rows))
    elif isinstance(block, Plot):
        _prose(page, f"{block.title}: {block.sentence}", indent=_INDENT, hang=_HANG)
        _prose(page, _weeks(block), indent=_INDENT + _HANG, hang=_HANG, style="dim")
    elif isinstance(block, Gallery):
        for row in block.rows:
            _prose(page, f"{row.name}: {'; '.join(row.facts)}", indent=_INDENT, hang=_HANG)


def _titled(page: Page, title: str, items: tuple[str, ...]) -> None:
    if title:
        _prose(page, f"{title}:", indent=_INDENT)
    for item in items:
        _prose(page, item, indent=_INDENT, hang=_HANG, bullet="- ")


def _row(cells: tuple[str, ...]) -> str:
    first, *rest = cells
    return f"{first}: {'; '.join(cell for cell in rest if cell)}"


def _weeks(plot: Plot) -> str:
    """The scores week by week; a week without any is a dash. Of a long period only the end."""
    scores = ("-" if week.score is None else f"{week.score:g}" for week in plot.weeks[-MOST_WEEKS:])
    which = f"the last {MOST_WEEKS} weeks" if len(plot.weeks) > MOST_WEEKS else "week by week"
    return f"{which}: {' '.join(scores)}"


def _prose(
    page: Page, text: str, *, indent: int = 0, hang: int = 0, bullet: str = "", style: str = ""
) -> None:
    """A paragraph in lines of at most the page's width, by columns: the words may be of any script."""
    if page.plain:
        page.line(f"{bullet}{text}", style)
        return
    room = min(page.width, READABLE + indent)
    first = " " * indent + bullet
    for line in wrap(text, room, first=first, rest=" " * (indent + (hang or columns(bullet)))):
        page.line(line, style)


def consultation_json(facts: Consultation) -> dict[str, Any]:
    """The same facts for scripts; words of the person as they were written."""
    known: dict[str, Any] = msgspec.to_builtins(facts)
    known["period"]["days"] = facts.period.days
    return known
