"""``--at WHEN``: the option, and the moment it means."""

from datetime import datetime
from typing import Annotated

import typer

from backmove.cli.context import App

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="WHEN", help="Such as 'yesterday 22:00', monday, 2026-03-01.", show_default=False
    ),
]


def moment_of(app: App, at: str | None) -> datetime | None:
    """The moment that was typed, None when none was. Raises UsageProblem with examples."""
    from backmove.core.when import parse_when

    return parse_when(at, app.now(), app.diary.profile.day_ends) if at is not None else None


def told(app: App, at: str) -> str:
    """A stored moment in words: ``yesterday (Sunday 1 March) at 22:00``."""
    from backmove.core.when import say_when

    return say_when(datetime.fromisoformat(at), app.now(), app.diary.profile.day_ends)
