"""``backmove exercises``: the library, one exercise in full, those a person leaves out, and the check of a file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backmove.cli import tab
from backmove.cli.context import App
from backmove.cli.exercises_list import LIST_EXAMPLES, SEARCH_EXAMPLES, list_, search
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of
from backmove.errors import ExitCode

if TYPE_CHECKING:
    from backmove.core.exercise import Exercise

Named = Annotated[
    list[str],
    typer.Argument(metavar="ID", help="An id, a name or another name.", autocompletion=tab.exercise_ids),
]

EXAMPLES = """Examples:

backmove exercises search bridge

backmove exercises show bird-dog

backmove exercises list --body hips --position lying"""

SHOW_EXAMPLES = """Examples:

backmove exercises show bird-dog

backmove exercises show "bird dog" --move    (first the picture moves)"""

EXCLUDE_EXAMPLES = """Examples:

backmove exercises exclude plank --because "my wrist\""""

INCLUDE_EXAMPLES = """Examples:

backmove exercises include plank"""

SHEET_EXAMPLES = """Examples:

backmove exercises sheet --out exercises.html"""

CHECK_EXAMPLES = """Examples:

backmove exercises check

backmove exercises check my-exercises.yaml"""

SCHEMA_EXAMPLES = """Examples:

backmove exercises schema > exercises.schema.json"""

exercises = typer.Typer(
    name="exercises",
    help="The exercise library: look, search, leave one out, check a file.",
    epilog=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)


exercises.command("list", epilog=LIST_EXAMPLES)(list_)
exercises.command("search", epilog=SEARCH_EXAMPLES)(search)


@exercises.command(epilog=SHOW_EXAMPLES)
def show(
    ctx: typer.Context,
    exercise: Named,
    move: Annotated[bool, typer.Option("--move", help="First show the picture moving.")] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Show one exercise in full: its picture, how to do it, its dose, its sources."""
    from backmove.cli.drawn import lines_drawn, moved, words_drawn
    from backmove.core.finding import barred_by, named
    from backmove.core.left_out import word_on
    from backmove.term.exercise_view import exercise_json, exercise_page

    app = app_of(ctx)
    row = named(app.catalog, " ".join(exercise))
    barred = [entry.label for entry in barred_by(app.catalog, row, app.diary.profile.precautions)]
    mine = word_on(app.diary, row.id)
    because = None if mine is None else mine.because
    if app.json:
        app.answer_json(
            exercise_json(row)
            | {"left_out_by": barred, "excluded": mine is not None, "because": because}
            | {"picture": list(words_drawn(app, row.id))}
        )
        return None
    if move:
        moved(app, row.id)
    page = exercise_page(
        row,
        app.catalog,
        taken_out_by=barred,
        because=because,
        width=app.width,
        plain=app.plain,
        drawn=lines_drawn(app, row.id),
    )
    app.show_page(page)
    return None


@exercises.command(epilog=EXCLUDE_EXAMPLES)
def exclude(
    ctx: typer.Context,
    exercise: Named,
    because: Annotated[str, typer.Option(help="Why, in your own words.", show_default=False)] = "",
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Leave one exercise out of every session, until you let it in again."""
    from backmove.core.finding import named
    from backmove.core.left_out import is_news, stand_in
    from backmove.core.record import Exclude
    from backmove.core.typed import text
    from backmove.term.exercise_view import left_out_text

    app = app_of(ctx)
    row, why = named(app.catalog, " ".join(exercise)), text(because)
    news = is_news(app.diary, row.id, why)
    if news:
        app.write(Exclude(**app.stamp(), exercise=row.id, because=why))
    instead = stand_in(row, app.catalog, app.diary, standing_of(app), app.today(), app.parameters)
    _say(
        app,
        row,
        left_out_text(row, instead, news=news),
        news=news,
        more={"instead": instead.id if instead else None},
    )
    return None


@exercises.command(epilog=INCLUDE_EXAMPLES)
def include(
    ctx: typer.Context, exercise: Named, json_: JsonFlag = False, plain: PlainFlag = False
) -> Outcome:
    """Let an exercise in again that you had left out."""
    from backmove.core.finding import named
    from backmove.core.left_out import also_held_by, word_on
    from backmove.core.record import Exclude
    from backmove.term.exercise_view import let_in_text

    app = app_of(ctx)
    row = named(app.catalog, " ".join(exercise))
    news = word_on(app.diary, row.id) is not None
    if news:
        app.write(Exclude(**app.stamp(), exercise=row.id, on=False))
    held = also_held_by(row, app.catalog, app.diary.profile, standing_of(app).tags)
    _say(app, row, let_in_text(row, held, news=news), news=news, more={"held_by": list(held)})
    return None


def _say(app: App, row: "Exercise", said: tuple[str, ...], *, news: bool, more: dict[str, Any]) -> None:
    from backmove.core.left_out import word_on
    from backmove.term.answer_view import UNDO, first_line, lines

    mine = word_on(app.diary, row.id)
    if app.json:
        because = mine.because if mine else None
        app.answer_json(
            {"exercise": row.id, "excluded": mine is not None, "because": because, "changed": news} | more
        )
        return
    app.show(first_line(said[0], width=app.width, plain=app.plain, hint=UNDO if news else ""))
    app.show(*lines(said[1:], width=app.width, plain=app.plain))


@exercises.command(epilog=SHEET_EXAMPLES)
def sheet(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="The page to write, such as exercises.html.",
            show_default=False,
        ),
    ],
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Write one page with a picture of every exercise, to check or to print."""
    from backmove.core.pose import figures_of
    from backmove.report.sheet import sheet as page_of
    from backmove.store.figures_file import load_album
    from backmove.store.page_file import write_page
    from backmove.term.vocabulary import CATEGORIES

    app = app_of(ctx)
    rows = tuple(app.catalog.exercises.values())
    page = page_of(rows, figures_of(load_album(app.paths)), CATEGORIES)
    write_page(out, page)
    if app.json:
        app.answer_json({"file": str(out.absolute()), "exercises": len(rows)})
    else:
        app.show(f"Written: {out.absolute()}")
    return None


@exercises.command(epilog=CHECK_EXAMPLES)
def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="A YAML file; left out: the files of this program.",
        ),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Check a library file or a plan: every fault at once, with its line and what would be right."""
    from backmove.store.library_files import check_shipped
    from backmove.store.plan_file import check_any

    app = app_of(ctx)
    problems = check_any(file, app.catalog, app.today()) if file else check_shipped()
    if app.json:
        app.answer_json({"file": str(file) if file else None, "problems": [p.as_json() for p in problems]})
    else:
        app.show(*[str(problem) for problem in problems])
        app.tell(f"{len(problems)} to mend." if problems else "Nothing to mend.")
    return ExitCode.DATA if problems else None


@exercises.command(epilog=SCHEMA_EXAMPLES)
def schema(ctx: typer.Context) -> Outcome:
    """Print the JSON Schema of exercise files, for an editor."""
    from backmove.store.schema import exercise_schema

    app_of(ctx).show(json.dumps(exercise_schema(), indent=2))
    return None
