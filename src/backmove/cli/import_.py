"""``backmove import``: an export, a journal or a table comes into the journal. ``undo`` takes all of it back."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.bringing import bring_records, bring_table
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of

if TYPE_CHECKING:
    from backmove.core.incoming_table import Asked

EXAMPLES = """What can be taken in: an export (backmove export), a journal of your own from another computer, or a table
(CSV) with pain scores or walks. What is here already is not added twice. All of a file comes in, or nothing.

Columns that --map knows: day, time, at, score (pain 0-10), minutes (of a walk), morning, leg, limb, sleep, note, kind
(pain or walk). A day and a score or minutes are enough. A table made by backmove export needs no --map.

Two people's answers must never be put together. When both journals hold answers to the safety questions and have no
entry in common, backmove asks you to say --same-person.

Examples:

backmove import journal.json --dry-run

backmove import pain.csv --map day=Date --map score=Pain --dates DD.MM.YYYY

age -d -i key.txt journal.json.age | backmove import -"""

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come in; change nothing.")]
SamePerson = Annotated[
    bool, typer.Option("--same-person", help="Both journals are yours, though they share no entry.")
]


def import_(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file; - is standard input.", show_default=False)
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="json|journal|csv", help="Left out: seen in the file.", show_default=False
        ),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="NAME=COLUMN", help="csv: which column is which.", show_default=False),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(metavar="DD.MM.YYYY", help="csv: how dates are written.", show_default=False),
    ] = None,
    dry_run: DryRun = False,
    same_person: SamePerson = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Take in an export, a journal or a table. What is here already is not added twice."""
    from backmove.core.incoming import format_of, refuse_format
    from backmove.core.incoming_table import only_for_tables
    from backmove.store.incoming_file import read_incoming

    app = app_of(ctx)
    refuse_format(format_)
    incoming = read_incoming(file, app.paths.journal, app.stdin, app.tell)
    found = format_of(incoming, format_ or ("csv" if map_ else None))
    if found == "csv":
        return bring_table(app, incoming, _asked(app, map_ or [], dates), dry=dry_run)
    only_for_tables(map_ or [], dates)
    return bring_records(app, incoming, found, dry=dry_run, same_person=same_person)


def _asked(app: App, columns: list[str], dates: str | None) -> "Asked":
    from backmove.core.incoming_table import Asked, mapping

    return Asked(mapping(columns), dates, app.now(), app.diary.profile.day_ends)
