"""All exercises on one page: every figure with its name, to check, to print, to keep. One file, no script."""

from collections.abc import Mapping, Sequence
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape
from markupsafe import Markup
from msgspec import Struct

from backmove.core.choices import Category
from backmove.core.drawing import draw
from backmove.core.exercise import Exercise
from backmove.core.panels import panels, way_between
from backmove.core.pose import Figure
from backmove.core.spoken import spoken
from backmove.report.svg import svg_of

CSP: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>backmove: the exercises in pictures</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff; margin: 1.5rem auto; max-width: 62rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; border-bottom: 1px solid #bbb; margin: 1.6rem 0 .6rem; }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: .6rem; }
figure { margin: 0; border: 1px solid #ddd; border-radius: 6px; padding: .5rem .6rem; break-inside: avoid;
  max-width: 100%; box-sizing: border-box; }
.panels { display: flex; flex-wrap: wrap; gap: .4rem; align-items: flex-end; }
svg { max-width: 100%; height: auto; }
figcaption { max-width: 30rem; }
.id, .check { color: #666; font-size: .8rem; }
.words { font-size: .82rem; margin: .2rem 0 0; }
@page { size: A4; margin: 12mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 12px; }
  h2 { break-after: avoid; }
}
</style>
</head>
<body>
<h1>The exercises in pictures</h1>
<p>{{ count }} exercises. Dark limbs are near, pale limbs are far. An arrow shows the way a hand or foot goes. A ring
shows where something works without being seen to move. Exercises done on each side are shown on the right side.
The pictures show the shape of a move, not how far you must go: go only as far as is easy for you.</p>
{% for group in groups %}
<h2>{{ group.title }}</h2>
<div class="row">
{% for entry in group.entries %}<figure id="{{ entry.id }}">
<div class="panels">{{ entry.pictures | join }}</div>
<figcaption><b>{{ entry.name }}</b> <span class="id">{{ entry.id }}</span>
<p class="words">{{ entry.words }}</p>
<span class="check">As it should be &#9744; &nbsp; To change &#9744; ____________</span></figcaption>
</figure>
{% endfor %}</div>
{% endfor %}</body>
</html>
"""


class Entry(Struct, frozen=True):
    """One exercise on the page."""

    id: str
    name: str
    pictures: tuple[Markup, ...]
    words: str


class Group(Struct, frozen=True):
    """The exercises of one category."""

    title: str
    entries: tuple[Entry, ...]


def sheet(rows: Sequence[Exercise], figures: Mapping[str, Figure], titles: Mapping[Category, str]) -> str:
    """The page. Rows without a figure are left out; ``titles`` are the words for the categories."""
    drawn = [row for row in rows if row.id in figures]
    groups = []
    for category in Category:
        mine = tuple(_entry(row, figures[row.id]) for row in drawn if row.category is category)
        if mine:
            groups.append(Group(titles[category].capitalize(), mine))
    pages = Environment(
        loader=DictLoader({"sheet.html": PAGE}),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
    )
    return pages.get_template("sheet.html").render(groups=groups, count=len(drawn), csp=CSP)


def _entry(row: Exercise, figure: Figure) -> Entry:
    return Entry(row.id, row.name, pictures_of(figure, row.name), " ".join(spoken(figure)))


def pictures_of(figure: Figure, name: str, pixels: int = 130) -> tuple[Markup, ...]:
    """One picture for every position that looks new, with arrows from the one before."""
    pictures = []
    before: int | None = None
    for place, number in enumerate(panels(figure), 1):
        arrows = before is not None and number == before + 1 and not figure.plan.flow
        way = way_between(figure, before or 0, number) if arrows else ()
        drawing = draw(figure.at(number), way=way)
        title = f"{name}, picture {place}"
        pictures.append(svg_of(drawing, title, number=f"{figure.id}-{place}", pixels=pixels))
        before = number
    return tuple(pictures)
