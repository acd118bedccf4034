"""Options that more than one command takes, each with one name, one range and one help."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from backmove.cli import tab


def score(what: str) -> Any:
    """An option for a number from 0 to 10."""
    return typer.Option(min=0, max=10, help=what, show_default=False)


def rows(what: str, metavar: str = "ID", names: Callable[..., Any] | None = tab.exercise_ids) -> Any:
    """An option for exercises, which can be given more than once."""
    return typer.Option(metavar=metavar, help=what, show_default=False, autocompletion=names)


Leg = Annotated[
    str | None,
    typer.Option(
        help="none, usual, closer, further or new (weak or numb).",
        show_default=False,
        autocompletion=tab.words(*tab.LEG),
    ),
]
Limb = Annotated[int | None, score("Foot, shin, knee or hip pain.")]
Note = Annotated[str, typer.Option(help="Your own words.", show_default=False)]
Stopped = Annotated[
    str | None,
    typer.Option(
        metavar="REASON",
        help="pain, leg, dizzy, unwell, time or other.",
        show_default=False,
        autocompletion=tab.words(*tab.STOPPED),
    ),
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="This day and later.", show_default=False)
]
Until = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="This day and before.", show_default=False)
]
