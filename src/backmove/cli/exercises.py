"""``backmove exercises``: the library, one exercise in full, and the check of a file of one's own."""

import json
from pathlib import Path
from typing import Annotated

import typer

from backmove.cli.context import JsonFlag, Outcome, PlainFlag, app_of
from backmove.errors import ExitCode

exercises = typer.Typer(
    name="exercises",
    help="The exercise library.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@exercises.command("list")
def list_(
    ctx: typer.Context,
    category: Annotated[str, typer.Option(help="Such as mobility, core, strength.", show_default=False)] = "",
    position: Annotated[str, typer.Option(help="Such as sitting, standing, prone.", show_default=False)] = "",
    equipment: Annotated[
        str, typer.Option(help="Uses this: band, chair, ... none: needs nothing.", show_default=False)
    ] = "",
    goal: Annotated[str, typer.Option(help="Such as lift, walk, sleep.", show_default=False)] = "",
    level: Annotated[int | None, typer.Option(min=1, max=5, help="1 is easiest.", show_default=False)] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(help="A precaution: shows what it leaves. May be given again.", show_default=False),
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """List exercises, all or some."""
    from backmove.core.finding import find, wanted
    from backmove.term.exercise_view import exercise_json, list_page

    app = app_of(ctx)
    what = wanted(
        app.catalog,
        category=category,
        position=position,
        equipment=equipment,
        goal=goal,
        level=level,
        tags=tag or [],
    )
    found = find(app.catalog, what)
    if app.json:
        app.answer_json({"exercises": [exercise_json(row) for row in found.rows], "left_out": found.left_out})
        return None
    total = len(app.catalog.exercises)
    page = list_page(found.rows, total=total, left_out=found.left_out, width=app.width, plain=app.plain)
    app.show_page(page)
    return None


@exercises.command()
def show(
    ctx: typer.Context,
    exercise: Annotated[list[str], typer.Argument(metavar="ID", help="An id, a name or another name.")],
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Show one exercise in full: how to do it, its dose, its sources."""
    from backmove.core.finding import barred_by, named
    from backmove.term.exercise_view import exercise_json, exercise_page

    app = app_of(ctx)
    row = named(app.catalog, " ".join(exercise))
    barred = [entry.label for entry in barred_by(app.catalog, row, app.diary.profile.precautions)]
    if app.json:
        app.answer_json(exercise_json(row) | {"left_out_by": barred})
        return None
    page = exercise_page(row, app.catalog, taken_out_by=barred, width=app.width, plain=app.plain)
    app.show_page(page)
    return None


@exercises.command()
def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A YAML file; left out: the files of this program.")
    ] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Check a library file: every fault at once, with its line and what would be right."""
    from backmove.store.library_files import check_file, check_shipped

    app = app_of(ctx)
    problems = check_file(file) if file else check_shipped()
    if app.json:
        app.answer_json({"file": str(file) if file else None, "problems": [p.as_json() for p in problems]})
    else:
        app.show(*[str(problem) for problem in problems])
        app.tell(f"{len(problems)} to mend." if problems else "Nothing to mend.")
    return ExitCode.DATA if problems else None


@exercises.command()
def schema(ctx: typer.Context) -> Outcome:
    """Print the JSON Schema of exercise files, for an editor."""
    from backmove.store.schema import exercise_schema

    app_of(ctx).show(json.dumps(exercise_schema(), indent=2))
    return None
