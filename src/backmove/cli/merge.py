"""``backmove merge``: two journals of one person become one. Alone: are there copies that wait for it?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.bringing import bring_records, progress_of
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.import_ import DryRun, SamePerson

if TYPE_CHECKING:
    from backmove.core.brought import Brought

EXAMPLES = """The other journal is read, never changed. Every entry of both is kept, once, in the order of time. Edits
and deletions of both sides hold. It does not matter which of two computers merges first.

Alone it looks for copies that a program such as Syncthing, Dropbox or Nextcloud has put beside the journal.

Two people's answers must never be put together. When both journals hold answers to the safety questions and have no
entry in common, backmove asks you to say --same-person.

Examples:

backmove merge

backmove merge /media/usb/journal.jsonl --dry-run

backmove merge /media/usb/journal.jsonl"""


def merge(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="The other journal, or an export of it.", show_default=False),
    ] = None,
    dry_run: DryRun = False,
    same_person: SamePerson = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Put a second journal of yours together with this one."""
    app = app_of(ctx)
    if file is None:
        return _look(app)
    from backmove.core.incoming import format_of, refuse_table
    from backmove.store.copies import mark_seen
    from backmove.store.incoming_file import read_incoming

    incoming = read_incoming(file, app.paths.journal, app.stdin, app.tell)
    format_ = refuse_table(format_of(incoming, None))
    outcome = bring_records(app, incoming, format_, dry=dry_run, same_person=same_person)
    if not dry_run and file != "-":
        mark_seen(Path(file), app.paths.cache)
    return outcome


def _look(app: App) -> Outcome:
    """Which copies beside the journal hold something that is not here."""
    from backmove.store.copies import conflict_copies, mark_seen
    from backmove.store.copy_news import news_in
    from backmove.store.rewriting import read_small
    from backmove.term.brought_view import copies_json, copies_page

    waiting: list[tuple[Path, Brought | str]] = []
    copies = conflict_copies(app.paths.journal)
    ours = read_small(app.paths.journal, app.tell, progress_of(app, "Reading your journal"))
    for path in copies:
        found = news_in(path, app.paths.journal, ours, app.tell)
        if not isinstance(found, str) and not found.anything:
            mark_seen(path, app.paths.cache)
        waiting.append((path, found))
    if app.json:
        app.answer_json(copies_json(waiting))
    else:
        app.show_page(copies_page(waiting, width=app.width, plain=app.plain))
    return None
