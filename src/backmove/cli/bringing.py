"""What ``import`` and ``merge`` share: a file is read, what it means is found out, and the journal is written once."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from backmove.cli.context import App
from backmove.cli.flags import Outcome
from backmove.cli.lock import standing_of
from backmove.errors import ExitCode

LONG = 200_000
"""Records of a file; after more of them what is locked is not looked up at once, for that takes the most memory of all.
The next command says it."""

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backmove.core.bringing import Bringing, Source
    from backmove.core.brought import Brought
    from backmove.core.incoming import File
    from backmove.core.incoming_table import Asked
    from backmove.core.strand import Progress, Strand


def bring_records(
    app: App, file: "File", format_: "Literal['json', 'journal']", *, dry: bool, same_person: bool
) -> Outcome:
    """Brings an export or a journal in, and tells what that did."""
    from backmove.core.bringing import Source
    from backmove.core.incoming import strand_from

    source = Source(file.name, format_)
    theirs = strand_from(file, format_, progress_of(app, f"Reading {file.name}"))
    found, copy = _woven_in(app, theirs, source, dry=dry, same_person=same_person)
    return _told(app, found, copy, dry=dry)


def bring_table(app: App, file: "File", asked: "Asked", *, dry: bool) -> Outcome:
    """Brings a table in, and tells what that did."""
    from backmove.core.bringing import Source
    from backmove.core.brought import of_table
    from backmove.core.incoming_table import read_table
    from backmove.core.lines import write_line
    from backmove.core.record import Import
    from backmove.core.table_place import place_of

    source = Source(file.name, "csv")
    here = place_of(app.journal.read(), app.diary)
    table = read_table(file, asked, here, progress_of(app, f"Reading {file.name}"))
    if table.ids and not dry:
        note = Import(**app.stamp(), source=file.name, format="csv", brought=tuple(table.ids))
        app.journal.append_lines([*table.lines, write_line(note)])
    return _told(app, of_table(source, table), None, dry=dry)


def _woven_in(
    app: App, theirs: "Strand", source: "Source", *, dry: bool, same_person: bool
) -> "tuple[Brought, Path | None]":
    from backmove.core.bringing import bring
    from backmove.core.brought import of_strand
    from backmove.store.rewriting import read_small, rewrite

    found: list[Bringing] = []
    group = app.new_id()

    def compose(ours: "Strand") -> "Iterable[bytes] | None":
        what = bring(
            ours, theirs, source, stamp=lambda ends: _stamp(app, ends), group=group, same_person=same_person
        )
        found[:] = [what]
        return what.lines() if what.anything else None

    reading = progress_of(app, "Reading your journal")
    copy = None
    if dry or not len(theirs):
        compose(read_small(app.paths.journal, app.tell, reading))
    else:
        copy = rewrite(app.journal, compose, now=app.now(), tell=app.tell, progress=reading)
    return of_strand(source, theirs, found[0]), copy


def _stamp(app: App, day_ends: str) -> dict[str, Any]:
    """What a record begins with, without a diary: only its day depends on that."""
    from backmove.core.record import VERSION
    from backmove.core.when import day_of

    now = app.now()
    return {
        "v": VERSION,
        "id": app.new_id(),
        "at": now.isoformat(timespec="seconds"),
        "day": day_of(now, day_ends).isoformat(),
    }


def progress_of(app: App, what: str) -> "Progress":
    """Says on standard error how far a long file has been read; a short one says nothing."""
    return lambda lines: app.tell(f"{what}: {lines:,} lines ...")


def _told(app: App, found: "Brought", copy: Path | None, *, dry: bool) -> Outcome:
    from backmove.core.logbook import locked
    from backmove.term.brought_view import brought_json, brought_page

    app.__dict__.pop("diary", None)
    look = found.anything and not dry and found.held <= LONG
    notices = tuple(locked(standing_of(app))) if look and app.diary.triages else ()
    if app.json:
        app.answer_json(brought_json(found, copy, notices, dry=dry))
    else:
        app.show_page(brought_page(found, copy, notices, dry=dry, width=app.width, plain=app.plain))
    return ExitCode.OK if found.held else ExitCode.FAILURE
