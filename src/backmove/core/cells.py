"""Words in the cells of a table that a spreadsheet may open: never a formula, nothing that steers a screen."""

import re
import unicodedata
from typing import Final

_FORMULA: Final = re.compile("['\\s\u00ad\u200b-\u200d\u2060]*[=+\\-@＝＋－＠]")
"""How a cell begins that is guarded. Blanks, joiners and apostrophes before the sign do not hide it."""
_STEERING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """Words for a cell: line ends as ``\\n``, no tabs, nothing that steers a screen."""
    if text.isascii() and text.isprintable():
        return text.strip()
    ended = _BREAKS.sub("\n", text.replace("\t", " "))
    return "".join(sign for sign in ended if sign == "\n" or not _steers(sign)).strip()


def guarded(text: str) -> str:
    """The cell with an apostrophe in front if it could be read as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The words of a cell that ``guarded`` made."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _steers(sign: str) -> bool:
    return sign in _STEERING or unicodedata.category(sign) in ("Cc", "Cs")
