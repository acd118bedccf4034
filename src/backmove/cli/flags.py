"""What every command shares: its flags, how it gets its ``App``, and how it ends."""

from typing import Annotated

import typer

from backmove.cli.context import App
from backmove.errors import ExitCode


def app_of(ctx: typer.Context) -> App:
    """The command's ``App``; its name is what the JSON envelope says."""
    app = ctx.find_object(App)
    if app is None:
        app = App.of_this_process()
        ctx.find_root().obj = app
    if ctx.command.name:
        names: list[str] = []
        walk: typer.Context | None = ctx
        while walk is not None and walk.parent is not None:
            names.append(walk.info_name or "")
            walk = walk.parent  # type: ignore[assignment]
        app.command = " ".join(reversed(names)) or "backmove"
    return app


def _want_json(ctx: typer.Context, value: bool) -> bool:
    if value:
        app_of(ctx).json = True
    return value


def _want_plain(ctx: typer.Context, value: bool) -> bool:
    if value:
        app_of(ctx).plain = True
    return value


JsonFlag = Annotated[
    bool,
    typer.Option("--json", callback=_want_json, is_eager=True, help="One JSON document on standard output."),
]
PlainFlag = Annotated[
    bool,
    typer.Option(
        "--plain", callback=_want_plain, is_eager=True, help="No boxes, no repainting, one fact a line."
    ),
]
Outcome = ExitCode | None
"""What a command function returns: None (or OK) when done, else the code the process ends with."""
