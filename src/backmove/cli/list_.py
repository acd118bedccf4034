"""``backmove list``: what was written down."""

from typing import Annotated

import typer

from backmove.cli import tab
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.options import Since, Until

EXAMPLES = """Examples:

backmove list -n 10

backmove list --from monday --kind pain

backmove list --on yesterday --json"""

Day = Annotated[str | None, typer.Option(metavar="DAY", show_default=False)]


def list_(
    ctx: typer.Context,
    from_: Since = None,
    to: Until = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="This day only.", show_default=False)
    ] = None,
    count: Annotated[
        int | None, typer.Option("-n", min=1, help="Only the last so many.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="One kind: pain, walk, session, done, ...", show_default=False, autocompletion=tab.kinds
        ),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """List entries, newest last, with the short ids for edit and delete."""
    from datetime import date

    from backmove.core.corrections import short_ids, visible
    from backmove.core.selection import selection
    from backmove.core.when import parse_day
    from backmove.term.entries_view import entry_json, list_text

    app = app_of(ctx)
    ends = app.diary.profile.day_ends
    since, until, day = (parse_day(text, app.now(), ends) if text else None for text in (from_, to, on))
    wanted = selection(since=since, until=until, on=day, kind=kind, count=count)
    entries = wanted.of(visible(app.diary))
    if app.json:
        app.answer_json({"entries": [entry_json(record) for record in entries]})
    elif entries:
        ids = short_ids(app.journal.read(), entries)
        app.show(
            list_text(entries, ids, today=date.fromisoformat(app.today()), width=app.width, plain=app.plain)
        )
    else:
        _say_that_there_is_none(app)
    return None


def _say_that_there_is_none(app: App) -> None:
    if app.diary.entries:
        app.tell("No entry fits.")
    else:
        app.tell("No entry yet. Write one:  backmove log 4")
