"""``backmove export``: the journal to keep or take along, a table, or a bundle for a clinical system."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of

if TYPE_CHECKING:
    from backmove.core.exporting import Wish

EXAMPLES = """json: the whole journal, notes included, nothing lost. It can be taken in again on another machine.

csv: a table of the entries as they stand now, for a spreadsheet. Columns: kind, id, at, day, score, morning,
before_session, leg, limb, sleep, minutes, status, reason, effort, peak, soreness, expected, found, session, exercise,
estimated_min, average_pain, enjoyment, activity, confidence, fear, mood, tension, outlook, bother, activities; with
--include-notes also note. Scores are 0-10; an empty cell was not said.

fhir: a FHIR R4 bundle for a clinic that asks for it. Without your name.

Examples:

backmove export --out journal.json

backmove export --format csv --excel --from 2026-01-01 --out back.csv

backmove export --encrypt age1... --out journal.json.age"""


def export(
    ctx: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="json|csv|fhir", help="What to make.")] = "json",
    out: Annotated[
        Path | None,
        typer.Option(
            help="A new file, readable by you alone. Else, or -: standard output.", show_default=False
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="csv, fhir: this day and later.", show_default=False),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help="csv, fhir: this day and before.", show_default=False),
    ] = None,
    include_notes: Annotated[
        bool, typer.Option("--include-notes", help="csv, fhir: your notes, too. json always has them.")
    ] = False,
    excel: Annotated[
        bool, typer.Option("--excel", help="csv: a mark in front, so that Excel reads every letter right.")
    ] = False,
    semicolon: Annotated[
        bool,
        typer.Option("--semicolon", help="csv: ; between cells, as Excel wants where 1.5 is written 1,5."),
    ] = False,
    snomed: Annotated[
        bool,
        typer.Option("--snomed", help="fhir: the SNOMED CT code, too (needs a licence in some countries)."),
    ] = False,
    encrypt: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RECIPIENT",
            help="Encrypt for this age key (age1...), or a file of keys. May be given again.",
            show_default=False,
        ),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Write your diary to a file: all of it (json), a table (csv), or for a clinic (fhir)."""
    from backmove.core.exporting import where_to, wish
    from backmove.core.when import parse_day
    from backmove.store.outlet import write_new, write_out

    app = app_of(ctx)
    file = None if str(out) == "-" else out
    since, until = (parse_day(text, app.now(), _day_ends(app)) if text else None for text in (from_, to))
    wanted = wish(
        format_,
        since=since,
        until=until,
        notes=include_notes,
        excel=excel,
        semicolon=semicolon,
        snomed=snomed,
    )
    where_to(file=file is not None, encrypted=bool(encrypt), json=app.json, terminal=app.stdout.isatty())
    pieces = _sealed(_pieces(app, wanted, shown=file is None), encrypt or [])
    if file is None:
        write_out(app.stdout, pieces)
    else:
        _tell(app, file, write_new(file, pieces), wanted, encrypted=bool(encrypt))
    return None


def _day_ends(app: App) -> str:
    return app.diary.profile.day_ends


def _pieces(app: App, wanted: "Wish", *, shown: bool) -> Iterable[bytes]:
    makers = {"json": _json, "csv": _csv, "fhir": _fhir}
    return makers[wanted.format](app, wanted, shown=shown and app.stdout.isatty())


def _sealed(pieces: Iterable[bytes], recipients: list[str]) -> Iterable[bytes]:
    if not recipients:
        return pieces
    from backmove.store.age_seal import sealed

    return sealed(pieces, recipients)


def _json(app: App, wanted: "Wish", *, shown: bool) -> Iterable[bytes]:
    from backmove.report.archive import document, harmless
    from backmove.store.journal_lines import lines_to_carry

    lines = lines_to_carry(app.paths.journal, app.tell)
    return document(map(harmless, lines) if shown else lines)


def _csv(app: App, wanted: "Wish", *, shown: bool) -> Iterable[bytes]:
    from backmove.core.corrections import visible
    from backmove.report.table import table

    entries = wanted.days.of(visible(app.diary))
    rows = table(entries, notes=wanted.notes, mark=wanted.mark, semicolon=wanted.semicolon)
    return (row.encode() for row in rows)


def _fhir(app: App, wanted: "Wish", *, shown: bool) -> Iterable[bytes]:
    from backmove.core.corrections import visible
    from backmove.core.exporting import strengthening
    from backmove.core.whole_weeks import weeks_noted
    from backmove.report.fhir import Handover, bundle
    from backmove.store.checkin_file import load_checkin

    records = app.journal.read()
    what = Handover(
        person=records[0].id if records else "",
        entries=wanted.days.of(visible(app.diary)),
        weeks=weeks_noted(app.diary, wanted.days, app.today(), strengthening(app.catalog)),
        checkin=load_checkin(),
        questionnaire=app.questionnaire,
        notes=wanted.notes,
        snomed=wanted.snomed,
    )
    return (piece.encode() for piece in bundle(what))


def _tell(app: App, file: Path, size: int, wanted: "Wish", *, encrypted: bool) -> None:
    from backmove.term.clean import one_line

    if app.json:
        told = {"file": str(file.absolute()), "format": wanted.format, "bytes": size, "encrypted": encrypted}
        app.answer_json(told)
        return
    app.show(f"Written: {one_line(str(file.absolute()))}")
    if not encrypted:
        app.tell("It is not encrypted. Whoever has the file can read it.")
