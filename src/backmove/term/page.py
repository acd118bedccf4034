"""A page of text: lines with a meaning, wrapped to a width. ``term/paint.py`` gives them their colours.

Meanings are ``head`` (a heading), ``strong``, ``dim`` and ``warn``; each also shows without colour, by its place and
words. Nothing here reads markup: what a person wrote stays what they wrote.
"""

import textwrap
from dataclasses import dataclass, field
from typing import Final

READABLE: Final = 72
"""The longest line of prose; triage.md f.13 and common typographic practice."""


@dataclass
class Page:
    """Collects lines. ``width`` in columns; ``plain``: one fact a line, never wrapped, no rules."""

    width: int
    plain: bool = False
    lines: list[tuple[str, str]] = field(default_factory=list)

    def line(self, text: str = "", style: str = "") -> None:
        self.lines.append((text.rstrip(), style))

    def blank(self) -> None:
        """An empty line; plain mode has none, so that a screen reader does not read them."""
        if not self.plain and self.lines and self.lines[-1][0]:
            self.line()

    def rule(self) -> None:
        if not self.plain:
            self.line("─" * self.width, "dim")

    def both_ends(self, left: str, right: str, style: str = "") -> None:
        """One line with something at each end; two lines when it does not fit."""
        gap = self.width - len(left) - len(right)
        if self.plain:
            self.line(f"{left}, {right}" if right else left, style)
        elif gap < 2:
            self.line(left, style)
            self.line(right.rjust(self.width), "dim")
        else:
            self.line(left + " " * gap + right, style)

    def command(self, words: str, command: str, style: str = "") -> None:
        """A next step and the command for it, which is never broken in two."""
        if self.plain or len(words) + len(command) + 2 <= self.width:
            self.line(f"{words}  {command}", style)
        else:
            self.prose(words, style=style)
            self.line(f"  {command}", style)

    def prose(self, text: str, *, indent: int = 0, hang: int = 0, bullet: str = "", style: str = "") -> None:
        """A paragraph, wrapped; ``hang`` indents the lines after the first."""
        if self.plain:
            self.line(f"{bullet}{text}".strip(), style)
            return
        room = min(self.width, READABLE + indent)
        wrapped = textwrap.wrap(
            text,
            room,
            initial_indent=" " * indent + bullet,
            subsequent_indent=" " * (indent + (hang or len(bullet))),
            break_long_words=True,
            break_on_hyphens=False,
        )
        for piece in wrapped or [""]:
            self.line(piece, style)

    def text(self) -> str:
        """The page without any style."""
        return "\n".join(text for text, _ in self.lines)
