"""``backmove plan``: a physiotherapist's plan, taken up from a file, shown, put away."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of
from backmove.errors import ExitCode

if TYPE_CHECKING:
    from backmove.core.plan_report import PlanReport
    from backmove.core.record import TherapistPlan

plan = typer.Typer(
    name="plan",
    help="A physiotherapist's plan: take it up, see it, put it away.",
    add_completion=False,
    rich_markup_mode=None,
)

EXAMPLES = """Examples:

backmove plan example > my-plan.yaml

backmove plan check my-plan.yaml

backmove plan use my-plan.yaml"""

File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A YAML file; see: backmove plan example"),
]


@plan.callback(invoke_without_command=True, epilog=EXAMPLES)
def plan_alone(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """A physiotherapist's plan: take it up, see it, put it away. Alone: show it."""
    return _show(app_of(ctx)) if ctx.invoked_subcommand is None else None


@plan.command(epilog="Example:  backmove plan use my-plan.yaml")
def use(ctx: typer.Context, file: File, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Take up the plan in a file. Sessions give its rows first, within every limit of the day."""
    from backmove.core.logbook import locked
    from backmove.core.therapist_plan import plan_on
    from backmove.store.plan_file import read_plan
    from backmove.term.answer_view import UNDO, first_line, lines, notice_json, notice_lines
    from backmove.term.plan_view import away_lines, plan_json, taken_up

    app = app_of(ctx)
    new, known = read_plan(file, app.catalog, app.stamp()), plan_on(app.diary, app.today())
    news = known is None or known.digest != new.digest
    if news:
        app.write(new)
    report, notices = _report(app, new if known is None or news else known), locked(standing_of(app))
    if app.json:
        app.answer_json(plan_json(report) | {"changed": news, "notices": notice_json(notices)})
        return None
    said = taken_up(report.plan, app.now().date()) if news else "This plan is in force already."
    app.show(first_line(said, width=app.width, plain=app.plain, hint=UNDO if news else ""))
    away = [row.stays_away for row in report.rows if row.stays_away is not None]
    app.show(*lines(away_lines(away, report), width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
    return None


@plan.command(epilog="Example:  backmove plan show")
def show(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Show the plan in force: until when, its rows, and what could not be given."""
    return _show(app_of(ctx))


@plan.command(epilog="Example:  backmove plan stop")
def stop(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Put the plan away now. Sessions are chosen by backmove again."""
    from backmove.core.record import TherapistPlan
    from backmove.core.therapist_plan import plan_on, whose
    from backmove.term.answer_view import UNDO, first_line
    from backmove.term.clean import one_line

    app = app_of(ctx)
    known = plan_on(app.diary, app.today())
    if known is not None:
        app.write(TherapistPlan(**app.stamp(), on=False))
    if app.json:
        app.answer_json({"plan": None, "changed": known is not None})
        return None
    said = f"Put away: {one_line(whose(known))}." if known is not None else "There was no plan in force."
    app.show(first_line(said, width=app.width, plain=app.plain, hint=UNDO if known is not None else ""))
    return None


@plan.command(epilog="Example:  backmove plan check my-plan.yaml")
def check(ctx: typer.Context, file: File, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Check a plan without taking it up: every fault at once, with its line and what would be right."""
    from backmove.store.plan_file import check_plan

    app = app_of(ctx)
    problems = check_plan(file, app.catalog, app.today())
    if app.json:
        app.answer_json({"file": str(file), "problems": [problem.as_json() for problem in problems]})
    else:
        app.show(*[str(problem) for problem in problems])
        app.tell(f"{len(problems)} to mend." if problems else "Nothing to mend.")
    return ExitCode.DATA if problems else None


@plan.command(epilog="Example:  backmove plan example > my-plan.yaml")
def example(ctx: typer.Context) -> Outcome:
    """Print a plan to start from, with a word on every line."""
    from backmove.store.plan_file import example as text

    app = app_of(ctx)
    app.show(text(app.today()).rstrip("\n"))
    return None


@plan.command(epilog="Example:  backmove plan schema > plan.schema.json")
def schema(ctx: typer.Context) -> Outcome:
    """Print the JSON Schema of plans, for an editor."""
    from backmove.store.plan_file import plan_schema

    app_of(ctx).show(json.dumps(plan_schema(), indent=2))
    return None


def _show(app: App) -> Outcome:
    from backmove.core.therapist_plan import plan_on, plan_over
    from backmove.term.plan_view import no_plan_page, plan_json, plan_page

    known, today = plan_on(app.diary, app.today()), app.now().date()
    report = _report(app, known) if known is not None else None
    if app.json:
        app.answer_json({"plan": plan_json(report) if report is not None else None})
    elif report is not None:
        app.show_page(plan_page(report, today=today, width=app.width, plain=app.plain))
    else:
        over = plan_over(app.diary, app.today())
        app.show_page(no_plan_page(over, today=today, width=app.width, plain=app.plain))
    return None


def _report(app: App, known: "TherapistPlan") -> "PlanReport":
    from backmove.core.plan_report import report_of

    return report_of(known, app.diary, standing_of(app), app.today(), app.catalog, app.parameters)
