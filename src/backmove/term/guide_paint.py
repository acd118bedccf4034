"""Lines of the guide on a terminal: only those that changed are written, ten times a second.

Plain escape codes and no Rich: a frame costs about a millisecond. The cursor is never hidden and the screen never
switched, so that a program that was killed leaves a terminal that can be used.
"""

from collections.abc import Callable
from typing import IO, Final

from backmove.term.guide_canvas import ASCII, Line, Signs
from backmove.term.keys import WindowGone
from backmove.term.picture import can_show_braille

_CODES: Final = {"head": "1", "dim": "2", "warn": "1;33", "key": "36"}
_BARE: Final = {"head": "1", "dim": "2", "warn": "1", "key": "1"}
"""Without colour."""


class Painter:
    """Paints on one terminal. ``write`` puts text on it at once."""

    def __init__(self, write: Callable[[str], None], *, colour: bool) -> None:
        self._write = write
        self._codes = _CODES if colour else _BARE
        self._shown: list[str] = []
        self._size = (0, 0)
        self._begun = False

    def forget(self) -> None:
        """Somebody else wrote on the screen: paint all of it next time."""
        self._size = (0, 0)

    def paint(self, lines: list[Line], size: tuple[int, int]) -> None:
        """``size``: columns and rows of the window."""
        fresh = [self._line(line) for line in lines]
        if size != self._size:
            above = "" if self._begun else "\n" * (size[1] - 1)  # what stood there is scrolled away, not lost
            self._begun, self._size, self._shown = True, size, []
            out = [above, "\x1b[H\x1b[J"]
        else:
            out = []
        for number, line in enumerate(fresh):
            if number >= len(self._shown) or self._shown[number] != line:
                out.append(f"\x1b[{number + 1};1H{line}\x1b[K")
        if out:
            self._write("".join(out) + f"\x1b[{len(fresh)};1H")
        self._shown = fresh

    def leave(self) -> None:
        """An empty screen for what comes next."""
        if self._begun:
            self._write("\x1b[H\x1b[J")
            self.forget()

    def _line(self, line: Line) -> str:
        parts = []
        for text, style in line:
            code = self._codes.get(style)
            parts.append(f"\x1b[{code}m{text}\x1b[0m" if code and text else text)
        return "".join(parts)


def writer(stream: IO[str]) -> Callable[[str], None]:
    """Writes on a terminal at once; raises WindowGone when it is no more. Signs it cannot show become ``?``."""
    encoding = getattr(stream, "encoding", None) or "utf-8"

    def write(text: str) -> None:
        try:
            stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except OSError:
            raise WindowGone from None

    return write


def braille_on(stream: IO[str]) -> bool:
    """Whether this terminal can carry the dots of a picture."""
    return can_show_braille(getattr(stream, "encoding", None) or "utf-8")


def signs_for(stream: IO[str]) -> Signs:
    """What this terminal can draw with."""
    signs = Signs()
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "".join((signs.full, signs.empty, signs.bar, signs.rest, signs.dot, signs.more)).encode(encoding)
    except UnicodeEncodeError:
        return ASCII
    return signs
