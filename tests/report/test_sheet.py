"""The page with every exercise: one file that asks for nothing, runs nothing and can be read aloud."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from markupsafe import escape
from msgspec.structs import replace

from backmove.core.drawing import draw
from backmove.core.pose import Figure, figures_of
from backmove.report.sheet import CSP, sheet
from backmove.report.svg import svg_of
from backmove.store.figures_check import read_album
from backmove.store.resources import resource
from backmove.term.vocabulary import CATEGORIES
from shipped import catalog


@cache
def figures() -> dict[str, Figure]:
    path = resource("figures.yaml")
    return dict(figures_of(read_album(path.read_bytes(), path)))


@cache
def page() -> str:
    return sheet(tuple(catalog().exercises.values()), figures(), CATEGORIES)


class Reader(HTMLParser):
    """Tags, attributes, and whether every tag that was opened was closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "p"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag != "p":
            assert self.open.pop() == tag


@cache
def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_every_exercise_is_on_the_page_with_its_name() -> None:
    shown = [attributes["id"] for tag, attributes in read(page()).tags if tag == "figure"]
    assert sorted(map(str, shown)) == sorted(catalog().exercises)
    for row in catalog().exercises.values():
        assert f"<b>{escape(row.name)}</b>" in page()


def test_the_page_runs_nothing_and_asks_for_nothing() -> None:
    tags = read(page()).tags
    assert not {"script", "link", "img", "iframe", "object", "use", "image"} & {tag for tag, _ in tags}
    for tag, attributes in tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), tag
            assert name not in ("src", "href", "style"), tag
            assert "url(" not in (value or ""), tag
    assert "http" not in page().replace("http-equiv", "")
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": CSP}) in tags


def test_every_picture_has_words_and_every_id_stands_once() -> None:
    tags = read(page()).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    pictures = [attributes for tag, attributes in tags if tag == "svg"]
    assert len(pictures) > 300
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert attributes["aria-labelledby"] in ids


def test_what_a_row_says_is_text_and_never_a_tag() -> None:
    row = replace(catalog().exercises["bridge"], name='<script>alert("1")</script> & <b>')
    html = sheet([row], figures(), CATEGORIES)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "script" not in {tag for tag, _ in read(html).tags}


def test_a_row_without_a_figure_is_left_out() -> None:
    row = replace(catalog().exercises["bridge"], id="mine")
    assert "0 exercises." in sheet([row], figures(), CATEGORIES)


@pytest.mark.parametrize("exercise", ["bridge", "clam", "swim-front", "bike-outdoor", "band-chop"])
def test_all_lines_lie_inside_the_picture(exercise: str) -> None:
    svg = svg_of(draw(figures()[exercise].at(0)), "x")
    found = re.search(r'viewBox="(\S+) 0 (\S+) (\S+)"', svg)
    assert found
    left, wide, high = (float(word) for word in found.groups())
    for points in re.findall(r'points="([^"]+)"', svg):
        for point in points.split():
            x, y = map(float, point.split(","))
            assert left - 0.02 <= x <= left + wide + 0.02
            assert -0.02 <= y <= high + 0.02
