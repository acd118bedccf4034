"""The sheet of a consultation as one HTML file: nothing loaded, nothing run, every word escaped."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from backmove.core.paper import Block, Paper, Pictured, Plot
from backmove.core.pose import Figure
from backmove.report.consultation_page import CSP, PAGE, STYLE
from backmove.report.sheet import pictures_of
from backmove.report.weekly import plot_svg

PIXELS: Final = 72
"""Of one body height in a picture."""
_NAME: Final = "consultation.html"


def html_of(paper: Paper, figures: Mapping[str, Figure]) -> str:
    """The whole file. An exercise without a figure stands there without a picture."""
    numbers = count(1)

    def plot(block: Plot) -> Markup:
        return plot_svg(block, next(numbers))

    def pictures(row: Pictured) -> tuple[Markup, ...]:
        figure = figures.get(row.exercise)
        return pictures_of(figure, row.name, PIXELS) if figure else ()

    pages = Environment(
        loader=DictLoader({_NAME: PAGE}), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
    pages.filters |= {"runs": _runs, "plot": plot, "pictures": pictures}
    return pages.get_template(_NAME).render(paper=paper, csp=CSP, style=Markup(STYLE))


def _runs(blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Blocks of one kind that follow each other, with the name of the kind."""
    for kind, same in groupby(blocks, lambda block: type(block).__name__):
        yield kind, list(same)
