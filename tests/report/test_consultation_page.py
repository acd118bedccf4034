"""The page for a consultation in HTML: one file that asks for nothing, runs nothing, and shows every word as text."""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.paper import Paper, Plot, WeekPoint
from backmove.core.pose import Figure, figures_of
from backmove.report.consultation import html_of
from backmove.report.consultation_page import CSP
from backmove.report.weekly import plot_svg
from backmove.store.figures_check import read_album
from backmove.store.resources import resource
from consulted import HOSTILE, LIFT, diary_of, facts_of, hostile_facts, paper_for, triage

VOID = ("meta",)


@cache
def figures() -> dict[str, Figure]:
    path = resource("figures.yaml")
    return dict(figures_of(read_album(path.read_bytes(), path)))


@cache
def page() -> str:
    return html_of(paper_for(facts_of(diary_of())), figures())


@cache
def hostile_page() -> str:
    return html_of(paper_for(hostile_facts()), figures())


class Reader(HTMLParser):
    """Tags in order, their attributes, the words outside the style, and whether all that was opened was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


@cache
def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


both_pages = pytest.mark.parametrize("make", [page, hostile_page], ids=["ordinary", "hostile"])
Make = Callable[[], str]


@both_pages
def test_the_page_runs_nothing_and_asks_for_nothing(make: Make) -> None:
    allowed = {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "section",
            "h1",
            "h2",
            "p",
            "b",
            "ul",
            "li",
            "div",
        ),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "span"),
        *("svg", "desc", "line", "circle", "text", "polyline", "polygon"),
    }
    for tag, attributes in read(make()).tags:
        assert tag in allowed
        for name, value in attributes.items():
            assert not name.startswith("on"), tag
            assert name not in ("src", "href", "style", "xlink:href"), tag
            assert "url(" not in (value or ""), tag


@both_pages
def test_the_policy_forbids_everything_but_this_very_style(make: Make) -> None:
    style = re.search(r"(?s)<style>(.*?)</style>", make())
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert CSP.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in CSP
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": CSP}) in read(make()).tags
    assert "@import" not in style[1]
    assert make().count("<style>") == 1


def test_every_word_of_a_person_is_there_as_text() -> None:
    words = "".join(read(hostile_page()).words)
    for text in HOSTILE[:5]:
        assert text in words
    assert HOSTILE[8] in words
    assert "49" not in [word.strip() for word in read(hostile_page()).words]


def test_nothing_that_a_person_wrote_turns_the_line_round() -> None:
    assert (
        re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
            hostile_page(),
        )
        is None
    )


def test_the_page_is_built_so_that_it_can_be_read_aloud() -> None:
    tags = read(page()).tags
    assert ("html", {"lang": "en"}) in tags
    headings = [int(tag[1]) for tag, _ in tags if tag in ("h1", "h2")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(then - one <= 1 for one, then in pairwise(headings))
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in tags:
        if tag == "svg":
            assert attributes["role"] == "img"
        for name in str(attributes.get("aria-labelledby") or "").split():
            assert name in ids, tag


def test_the_exercises_of_now_have_their_pictures() -> None:
    rows = facts_of(diary_of()).exercises.rows
    assert page().count('<figure class="card">') == len(rows)
    assert page().count('<div class="pictures">') == len(rows)


def test_an_exercise_without_a_figure_stands_there_without_a_picture() -> None:
    html = html_of(paper_for(facts_of(diary_of())), {})
    assert '<div class="pictures">' not in html
    assert html.count('<figure class="card">') == len(facts_of(diary_of()).exercises.rows)


def test_what_cannot_wait_is_the_first_thing_below_the_title() -> None:
    html = html_of(paper_for(facts_of(diary_of(triage(80, 1, "EMERGENCY", ["E5"])))), {})
    assert html.index('class="urgent"') < html.index("<section")
    assert 'class="urgent"' not in page()


def test_a_paper_without_a_part_is_still_a_page() -> None:
    assert read(html_of(Paper("Title", (), "", ()), {})).words


# --- the plot --------------------------------------------------------------------------------------------------------


def plot(scores: list[float | None], title: str = "Pain") -> str:
    weeks = tuple(WeekPoint(f"week {n}", score) for n, score in enumerate(scores))
    return plot_svg(Plot(title, "a sentence", weeks, ("first", "last")), 1)


def heights(svg: str, kind: str, name: str) -> list[float]:
    return [float(y) for y in re.findall(rf'<{kind} class="(?:{name})"[^>]*? (?:cy|y1)="([\d.]+)"', svg)]


scores = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=160)


@given(scores)
def test_every_week_with_a_score_is_one_point_on_its_own_row(said: list[float | None]) -> None:
    svg = plot(said)
    rows = heights(svg, "line", "named|row")
    assert len(rows) == 11
    assert len(set(pairwise(rows))) == 10
    known = [score for score in said if score is not None]
    assert heights(svg, "circle", "point") == [pytest.approx(rows[int(score)]) for score in known]


@given(scores)
def test_no_line_goes_over_a_week_without_a_score(said: list[float | None]) -> None:
    together = sum(one is not None and then is not None for one, then in pairwise(said))
    assert plot(said).count('class="way"') == together


@given(scores)
def test_everything_lies_inside_the_frame(said: list[float | None]) -> None:
    svg = plot(said)
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found
    wide, high = float(found[1]), float(found[2])
    for name, top in (("cx", wide), ("x1", wide), ("x2", wide), ("cy", high), ("y1", high), ("y2", high)):
        assert all(0 <= float(n) <= top for n in re.findall(rf' {name}="([-\d.]+)"', svg))


def test_a_plot_says_in_words_what_it_shows() -> None:
    svg = plot([1, None, 3], title="<b>")
    assert '<title id="plot-1">&lt;b&gt;</title><desc id="plot-1-words">a sentence</desc>' in svg
    assert LIFT in page()
