"""A sheet of paper as a value: parts with a title, each of a few kinds of block. The page in HTML and the page in text
are made from the same sheet, so that they cannot say different things.

All texts are ready to be shown: words of people stand on one line and hold no sign that steers a screen.
"""

from typing import Literal

from msgspec import Struct

Weight = Literal["plain", "strong", "dim"]


class Say(Struct, frozen=True):
    """A sentence or a few."""

    text: str
    weight: Weight = "plain"


class Points(Struct, frozen=True):
    """A short list, under words that say of what (or none)."""

    items: tuple[str, ...]
    title: str = ""


class Table(Struct, frozen=True):
    """``rows`` are as long as ``heads``; the first cell names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class WeekPoint(Struct, frozen=True):
    """One week from its Monday. ``score``: the middle one of ``count`` entries, 0-10; None when there is none."""

    monday: str
    score: float | None
    count: int = 0


class Plot(Struct, frozen=True):
    """Scores 0-10 week by week: every week of the period, those without an entry, too. ``sentence`` says the same in
    words; ``ends``: what stands below the first week and the last."""

    title: str
    sentence: str
    weeks: tuple[WeekPoint, ...]
    ends: tuple[str, str]


class Pictured(Struct, frozen=True):
    """One exercise: its id (for the picture), its name, and a few short facts."""

    exercise: str
    name: str
    facts: tuple[str, ...]


class Gallery(Struct, frozen=True):
    """Exercises with their pictures."""

    rows: tuple[Pictured, ...]


Block = Say | Points | Table | Plot | Gallery


class Part(Struct, frozen=True):
    """A title and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


class Paper(Struct, frozen=True):
    """``under``: the lines under the title. ``urgent``: what must be read before anything else, or nothing."""

    title: str
    under: tuple[str, ...]
    urgent: str
    parts: tuple[Part, ...]
