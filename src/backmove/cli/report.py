"""``backmove report``: one page to take along to a doctor, nurse or physio."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of
from backmove.errors import UsageProblem

if TYPE_CHECKING:
    from backmove.core.consultation import Consultation, Wishes
    from backmove.core.paper import Paper

EXAMPLES = """Examples:

backmove report

backmove report --format html --open --question "May I run again?"

backmove report --out for-my-physio.html --name "A. Jones" --include-notes

backmove report --from 2026-03-01 --to 2026-05-31 --out -"""

STDOUT = Path("-")
PAPER_COLUMNS = 80


class Format(StrEnum):
    HTML = "html"
    TEXT = "text"


def report(
    ctx: typer.Context,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", help="html or text; left out: by the name of --out, else text.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="The file to write (- for standard output).", show_default=False
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    include_notes: Annotated[
        bool, typer.Option("--include-notes", help="Add your notes, and why you leave exercises out.")
    ] = False,
    name: Annotated[
        str, typer.Option(help="Your name on the page; none otherwise.", show_default=False)
    ] = "",
    question: Annotated[
        list[str] | None,
        typer.Option(help="What you want to ask. May be given again.", show_default=False),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="First day; left out: 12 weeks.", show_default=False),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day; left out: today.", show_default=False)
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Make one page for a consultation: warning signs, what you can do, pain, what was done, what hurt."""
    from backmove.store.page_file import write_page
    from backmove.term.consultation_view import consultation_json
    from backmove.term.consultation_words import paper_of

    app = app_of(ctx)
    kind = _format(format_, out, open_=open_)
    file = _file(app, kind, out, open_=open_)
    facts = _facts(app, _wishes(name, question, notes=include_notes), from_, to)
    paper = paper_of(facts, app.catalog, number=emergency_number(app))
    if file is not None:
        write_page(file, _page(app, paper, kind, plain=plain))
    if app.json:
        app.answer_json(consultation_json(facts) | {"file": str(file.absolute()) if file else None})
    elif file is not None:
        _say_where(app, file, paper)
    elif out is None:
        _show(app, paper, asks=bool(facts.questions))
    else:
        app.show(_for_any_stream(_page(app, paper, kind, plain=plain), kind))
    if open_ and file is not None and not app.browse(file.absolute().as_uri()):
        app.tell(f"No browser could be started. The page is here: {file.absolute()}")
    return None


# --- what was typed ------------------------------------------------------------------------------------------


def _format(asked: Format | None, out: Path | None, *, open_: bool) -> Format:
    named = out is not None and out.suffix.lower() in (".html", ".htm")
    kind = asked or (Format.HTML if named or open_ else Format.TEXT)
    if open_ and kind is not Format.HTML:
        raise UsageProblem("--open is for the page in html.", hint="backmove report --open")
    return kind


def _file(app: App, kind: Format, out: Path | None, *, open_: bool) -> Path | None:
    """The file to write, or None. A page in HTML with no place named gets a new name in the folder where one is."""
    if out == STDOUT:
        if open_ or app.json:
            raise UsageProblem("--out - goes with neither --open nor --json.", hint="Give --out a file name.")
        return None
    if out is None and kind is Format.HTML and (open_ or not app.json):
        return Path(f"backmove-report-{app.now():%Y-%m-%d-%H%M%S}.html")
    return out


def _wishes(name: str, questions: list[str] | None, *, notes: bool) -> "Wishes":
    from backmove.core.consultation import Wishes
    from backmove.core.typed import text

    asked = tuple(said for words in questions or () if (said := text(words)))
    return Wishes(text(name), asked, notes)


# --- the facts and the page ----------------------------------------------------------------------------------


def _facts(app: App, wishes: "Wishes", from_: str | None, to: str | None) -> "Consultation":
    from backmove import __version__
    from backmove.core.consultation import consultation, period_of
    from backmove.core.when import parse_day

    ends, today = app.diary.profile.day_ends, app.today()
    first, last = (parse_day(d, app.now(), ends).isoformat() if d else None for d in (from_, to))
    return consultation(
        app.diary,
        app.catalog,
        app.questionnaire,
        standing_of(app),
        period_of(app.diary, today, first, last),
        wishes,
        today=today,
        program=__version__,
    )


def _page(app: App, paper: "Paper", kind: Format, *, plain: bool) -> str:
    """The page as a file: text is 80 columns wide, whatever the terminal."""
    if kind is Format.TEXT:
        from backmove.term.consultation_view import text_page

        return text_page(paper, width=PAPER_COLUMNS, plain=plain).text() + "\n"
    from backmove.core.pose import figures_of
    from backmove.report.consultation import html_of
    from backmove.store.figures_file import load_album

    return html_of(paper, figures_of(load_album(app.paths)))


# --- how it is told --------------------------------------------------------------------------------------------


def _show(app: App, paper: "Paper", *, asks: bool) -> None:
    """The page in text on the screen."""
    from backmove.term.consultation_view import text_page

    app.show_page(text_page(paper, width=app.width, plain=app.plain))
    if not asks:
        app.tell('To put your own questions on it:  backmove report --question "..."')


def _say_where(app: App, file: Path, paper: "Paper") -> None:
    """Where the page is. What must not wait is told here, too: the page may be read only at the visit."""
    from backmove.term.answer_view import lines
    from backmove.term.clean import one_line

    app.show(f"Written: {one_line(str(file.absolute()))}")
    if paper.urgent:
        app.show(*lines([paper.urgent], width=app.width, plain=app.plain))


def _for_any_stream(page: str, kind: Format) -> str:
    """The page for standard output, which may not be able to write every sign: HTML has another way to say them."""
    signs = page.encode("ascii", "xmlcharrefreplace").decode("ascii") if kind is Format.HTML else page
    return signs.rstrip("\n")
