"""What the guide draws on: a canvas of a given size, lines made of pieces, and the pages that stand still (help, the
question whether to stop).

A piece has a meaning (``head``, ``dim``, ``warn``, ``key``). Widths are columns.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from backmove.core.guide_state import Guide
from backmove.core.timeline import Phase, Row
from backmove.term.clean import columns as columns_of
from backmove.term.clean import wrap
from backmove.term.guide_words import KEYS, LEAVING, STOP_HERE, Wording, more_of, steps_of

WIDEST: Final = 100

Piece = tuple[str, str]
Line = tuple[Piece, ...]
Art = Callable[[Row, Phase, float, int, int], list[str]]
"""A picture of a row: its phase, the seconds into it, and the columns and rows there are. May be empty."""


class Signs(Struct, frozen=True):
    """What is drawn with."""

    full: str = "●"
    empty: str = "○"
    bar: str = "━"
    rest: str = "─"
    dot: str = "·"
    more: str = "…"


ASCII: Final = Signs("#", "-", "=", "-", "|", "...")


class Canvas(Struct, frozen=True):
    """Where and with what words to draw. ``stops``: the stop codes' words."""

    columns: int
    rows: int
    wording: Wording
    stops: Mapping[str, str]
    signs: Signs = Signs()
    art: Art | None = None

    @property
    def width(self) -> int:
        """Columns of text, margins taken off."""
        return min(self.columns, WIDEST) - 2 * self.margin

    @property
    def margin(self) -> int:
        return 2 if self.columns >= 60 else 1


@lru_cache(maxsize=512)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap(text, max(8, width)))


def cut(text: str, width: int) -> str:
    return text if columns_of(text) <= width else wrapped(text, width)[0]


def leaving_page(canvas: Canvas) -> list[Line]:
    lines: list[Line] = [((line, "head"),) for line in wrapped(STOP_HERE, canvas.width)]
    lines.append(())
    for key, _, _, words in LEAVING:
        first, *more = wrapped(words, canvas.width - 4)
        lines.append(((f"{key}   ", "key"), (first, "")))
        lines += [((f"    {line}", ""),) for line in more]
    return [*lines, (), *[((line, "dim"),) for line in wrapped(canvas.wording.signs, canvas.width)]]


def help_page(guide: Guide, canvas: Canvas, room: int) -> list[Line]:
    """Keys first, then the exercise in full, in pages."""
    lines: list[Line] = []
    for key, _, words in KEYS.values():
        first, *more = wrapped(words, canvas.width - 8)
        lines.append(((f"{key:<8}", "key"), (first, "")))
        lines += [((f"{'':8}{line}", ""),) for line in more]
    steps = (*steps_of(guide.now_row, easier=False), *more_of(guide.now_row, canvas.stops))
    lines.append(())
    lines += [((line, ""),) for step in steps for line in wrapped(step, canvas.width)]
    room = max(1, room)
    pages = -(-len(lines) // room)
    first_line = guide.page % pages * room
    return lines[first_line : first_line + room]
