"""A page for a terminal. Apart from ``page.py``, so that plain output does not load Rich."""

from typing import Final

from rich.text import Text

from backmove.term.page import Page

STYLES: Final = {"head": "bold", "strong": "bold", "dim": "dim", "warn": "bold yellow", "": ""}


def painted(page: Page) -> Text:
    """The lines of a page with their styles; what they say is the same without."""
    text = Text(no_wrap=False)
    for i, (line, style) in enumerate(page.lines):
        text.append(("\n" if i else "") + line, style=STYLES[style])
    return text
