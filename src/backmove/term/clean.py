"""Words of people on a terminal: nothing in them can move the cursor, hide, or turn the line around.

Letters, accents, emoji and scripts of both directions stay. Control characters are shown as their picture
(``␛``), those without one as their number (``‹9b›``); signs that only steer the direction of writing are
dropped, because they would carry on into the words after them. Widths are columns of a terminal.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

_STEERING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_BREAKS: Final = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_NO_COLUMN: Final = frozenset({"Mn", "Me", "Cf"})


def one_line(text: str) -> str:
    """The text on one line: ends of lines and tabs become blanks."""
    return " ".join(" ".join(paragraphs(text)).split())


def paragraphs(text: str) -> list[str]:
    """The text as lines that can be shown; empty ones are left out."""
    if _is_plain(text):
        return [text.strip()] if text.strip() else []
    ended = "".join("\n" if sign in _BREAKS else sign for sign in text.replace("\r\n", "\n"))
    lines = ("".join(map(_shown, line)).strip() for line in ended.split("\n"))
    return [line for line in lines if line]


def columns(text: str) -> int:
    """How wide the text is. Signs that are joined into one picture count singly: never too few."""
    if _is_plain(text):
        return len(text)
    return sum(map(_columns_of, text))


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """One paragraph in lines of at most ``width`` columns, beginning with ``first`` and then ``rest``.

    Breaks at blanks; a word that is longer than a line is broken where it must be. ``width`` leaves room
    for two columns beside each beginning.
    """
    lines = [first]
    empty = True
    for word in text.split():
        for piece in _pieces(word, width - max(columns(first), columns(rest))):
            gap = "" if empty else " "
            if not empty and columns(lines[-1]) + 1 + columns(piece) > width:
                lines.append(rest)
                gap = ""
            lines[-1] += gap + piece
            empty = False
    return lines


def _is_plain(text: str) -> bool:
    """Only signs from the blank to ``~``: nothing to clean, one column each. Most texts, so ask this first."""
    return text.isascii() and text.isprintable()


def _pieces(word: str, room: int) -> Iterator[str]:
    piece = ""
    for sign in word:
        if piece and columns(piece + sign) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _shown(sign: str) -> str:
    if sign == "\t":
        return " "
    if sign in _STEERING:
        return ""
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\ufffd"
    if category != "Cc":
        return sign
    return chr(0x2400 + ord(sign)) if ord(sign) < 0x20 else "␡" if sign == "\x7f" else f"‹{ord(sign):02x}›"


def _columns_of(sign: str) -> int:
    if unicodedata.category(sign) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
