"""Statements about the numbers of ``data/parameters.yaml``, each tied to the figures that it is about.

A statement takes the parameters it is to hold for. ``tests/core/test_parameter_meanings.py`` gives it the shipped
ones; ``tests/parameter_mutants.py`` gives it a file with one number changed, for which it must not hold.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import shipped
from backmove.core.days import days_after
from backmove.core.parameters import Parameters
from backmove.core.record import Checkin, Pain
from session_strategies import TODAY

CATALOG: Final = shipped.catalog()
ROWS: Final = CATALOG.exercises

Statement = Callable[[Parameters], None]
STATEMENTS: Final[list[tuple[tuple[str, ...], str, Statement]]] = []
"""The figures that a statement is about, its name, and itself."""


def about(*figures: str) -> Callable[[Statement], Statement]:
    """Ties a statement to the figures that it is about."""

    def kept(statement: Statement) -> Statement:
        STATEMENTS.append((figures, statement.__name__, statement))
        return statement

    return kept


def statements_about(figure: str) -> Iterator[tuple[str, Statement]]:
    """The statements about a figure, or about a group or list that it stands in."""
    for figures, name, statement in STATEMENTS:
        if any(figure == one or figure.startswith(f"{one}.") for one in figures):
            yield name, statement


def said(day: int, score: int, **words: Any) -> Pain:
    """A word about pain, so many days after ``TODAY``."""
    date = days_after(TODAY, day)
    return Pain(v=1, id=f"p{day:05d}", at=f"{date}T08:00:00+01:00", day=date, score=score, **words)


def looked_back(day: int, **words: Any) -> Checkin:
    date = days_after(TODAY, day)
    return Checkin(v=1, id=f"c{day:05d}", at=f"{date}T20:00:00+01:00", day=date, **words)
