"""The page for a consultation in a real Chromium: what is asked for, what runs, how it reads, how it prints.

Needs the extra ``browser`` and a Chromium on the path; without them the page is still read by
tests/report/test_consultation_page.py.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from backmove.core.pose import figures_of
from backmove.report.consultation import html_of
from backmove.store.figures_check import read_album
from backmove.store.resources import resource
from consulted import HOSTILE, diary_of, facts_of, hostile_facts, paper_for, triage

playwright = pytest.importorskip("playwright.sync_api", reason="needs pip install '.[browser]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs pip install '.[browser]'")

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium")

A4_POINTS: Final = (595, 842)
RAN: Final = "run"
"""What a hostile script would make the title."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three pages: of an ordinary person, with the worst words in every place, and of somebody with an emergency."""
    file = resource("figures.yaml")
    figures = dict(figures_of(read_album(file.read_bytes(), file)))
    papers = {
        "ordinary": paper_for(facts_of(diary_of())),
        "hostile": paper_for(hostile_facts()),
        "urgent": paper_for(facts_of(diary_of(triage(80, 1, "EMERGENCY", ["E4", "E5", "C2"], unsure=2)))),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, paper in papers.items():
        (folder / f"{name}.html").write_text(html_of(paper, figures), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in papers}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Looked:
    """A page that was opened, with everything that it asked for and said."""

    def __init__(self, browser: Any, path: Path, *, width: int = 1000, dark: bool = False) -> None:
        self.page = browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.blocked: list[str] = []
        self.page.on("requestfailed", lambda request: self.blocked.append(str(request.failure)))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(path.as_uri())


every_page = pytest.mark.parametrize("name", ["ordinary", "hostile", "urgent"])


@every_page
def test_it_asks_for_nothing_but_itself_and_runs_nothing(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    looked = Looked(browser, pages[name])
    assert looked.asked == [pages[name].as_uri()]
    assert looked.said == []
    assert looked.page.title() == "Low back pain: a page for a consultation"
    assert looked.page.evaluate("document.scripts.length + document.images.length") == 0
    assert looked.page.evaluate("getComputedStyle(document.body).display") == "block"


@every_page
@pytest.mark.parametrize(("width", "dark"), [(1000, False), (1000, True), (320, False)])
def test_it_has_no_fault_of_access_and_never_scrolls_sideways(
    browser: Any, pages: dict[str, Path], name: str, width: int, dark: bool
) -> None:
    looked = Looked(browser, pages[name], width=width, dark=dark)
    found = axe.Axe().run(looked.page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert looked.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_worst_words_are_shown_as_words(browser: Any, pages: dict[str, Path]) -> None:
    shown = Looked(browser, pages["hostile"]).page.inner_text("main")
    for text in HOSTILE[:5]:
        assert text in shown
    assert HOSTILE[8] in shown


def test_the_policy_holds_when_a_word_is_not_escaped(
    browser: Any, pages: dict[str, Path], tmp_path: Path
) -> None:
    """The second line: the same page as it would be if the first had been forgotten."""
    broken = tmp_path / "broken.html"
    html = pages["ordinary"].read_text(encoding="utf-8")
    broken.write_text(html.replace("</main>", "".join(HOSTILE[:3]) + "</main>"), encoding="utf-8")
    looked = Looked(browser, broken)
    assert looked.page.title() != RAN
    assert (len(looked.asked), looked.blocked) == (2, ["csp"])
    assert looked.page.evaluate("getComputedStyle(document.body).display") == "block"
    assert any("Content Security Policy" in line for line in looked.said)


def test_without_the_policy_the_same_words_would_run(
    browser: Any, pages: dict[str, Path], tmp_path: Path
) -> None:
    """So the test above can see a fault."""
    broken = tmp_path / "broken.html"
    html = re.sub(r"<meta http-equiv[^>]*>", "", pages["ordinary"].read_text(encoding="utf-8"))
    broken.write_text(html.replace("</main>", HOSTILE[0] + "</main>"), encoding="utf-8")
    assert Looked(browser, broken).page.title() == RAN


def test_an_ordinary_three_months_print_on_two_pages_of_a4(browser: Any, pages: dict[str, Path]) -> None:
    pdf = Looked(browser, pages["ordinary"]).page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {A4_POINTS}
    assert 1 <= len(re.findall(rb"/Type /Page\b(?!s)", pdf)) <= 2


@every_page
def test_no_row_is_cut_when_it_is_printed(browser: Any, pages: dict[str, Path], name: str) -> None:
    looked = Looked(browser, pages[name])
    looked.page.emulate_media(media="print")
    rules = looked.page.evaluate(
        "[...document.querySelectorAll('table, tr, figure, .urgent')].map(e => getComputedStyle(e).breakInside)"
    )
    assert set(rules) == {"avoid"}
    assert looked.page.evaluate("getComputedStyle(document.querySelector('h2')).breakAfter") == "avoid"
