"""The list of commands, and the one place where an expected failure becomes a sentence and an exit code."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from backmove import __version__
from backmove.cli import (
    delete,
    doctor,
    done,
    edit,
    exercises,
    list_,
    log,
    path,
    profile,
    session,
    triage,
    undo,
)
from backmove.cli.context import ENVELOPE, App, JsonFlag, PlainFlag, app_of
from backmove.cli.named import TakesMinusOne
from backmove.errors import BackmoveError, ExitCode

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Typer's own usage error, named without importing the Click that it carries inside."""


class Boundary(TyperGroup):
    """Expected failures leave through here, and only through here."""

    def invoke(self, ctx: Any) -> Any:
        app = app_of(ctx)
        try:
            code = super().invoke(ctx)
        except BackmoveError as problem:
            say(app, problem)
            raise typer.Exit(problem.exit_code) from None
        except _UsageError as wrong:
            if "--json" not in app.argv:
                raise
            message = wrong.format_message() if hasattr(wrong, "format_message") else str(wrong)
            _say_json(app, "usage", message, "")
            raise typer.Exit(ExitCode.USAGE) from None
        except (KeyboardInterrupt, EOFError):
            app.tell("\nbackmove: stopped.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        if isinstance(code, ExitCode) and code is not ExitCode.OK:
            raise typer.Exit(code)
        return code


def say(app: App, problem: BackmoveError) -> None:
    """A failure in words on standard error; with ``--json`` as a document on standard output."""
    if app.json:
        _say_json(app, problem.code, problem.message, problem.hint)
        return
    app.tell(f"backmove: {problem.message}")
    if problem.hint:
        app.tell(problem.hint)


def _say_json(app: App, code: str, message: str, hint: str) -> None:
    import json

    document = {
        "backmove": ENVELOPE,
        "command": app.command,
        "error": {"code": code, "message": message, "hint": hint},
    }
    app.stdout.write(json.dumps(document, indent=2) + "\n")
    app.stdout.flush()


def report_fault(fault: Exception) -> ExitCode:
    """A fault of ours: a log file without arguments, answers or journal, one sentence, exit 3."""
    import platform
    import traceback

    from backmove.store.paths import find_paths, write_fault_log

    frames = "".join(traceback.format_list(traceback.extract_tb(fault.__traceback__)))
    text = (
        f"backmove {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n\n"
        f"{frames}{type(fault).__name__}\n"
    )
    live = App.of_this_process()
    try:
        where = f" What happened is in {write_fault_log(find_paths(live.env), live.now(), text)}."
    except (OSError, BackmoveError):
        where = f"\n{text}"
    live.tell(f"backmove: a fault of ours, not yours. Your journal is as it was.{where}")
    return ExitCode.BUG


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"backmove {__version__}\n")
        raise typer.Exit


app = typer.Typer(
    name="backmove",
    cls=Boundary,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def backmove(
    ctx: typer.Context,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> Any:
    """Exercises for your low back, one day at a time. Alone: what is due today."""
    if ctx.invoked_subcommand is None:
        from backmove.cli.today import today

        return today(app_of(ctx))
    return None


# --- the daily loop ------------------------------------------------------------------------------------------

app.command(name="triage", epilog=triage.EXAMPLES)(triage.triage)
app.command(name="session", epilog=session.EXAMPLES)(session.session)

# --- the small commands: entries, corrections, profile, paths -----------------------------------------------

app.command(name="log", epilog=log.EXAMPLES)(log.log)
app.command(name="list", epilog=list_.EXAMPLES)(list_.list_)
app.command(name="edit", cls=TakesMinusOne, epilog=edit.EXAMPLES)(edit.edit)
app.command(name="delete", cls=TakesMinusOne, epilog=delete.EXAMPLES)(delete.delete)
app.command(name="undo", epilog=undo.EXAMPLES)(undo.undo)
app.command(name="done", epilog=done.EXAMPLES)(done.done)
app.command(name="path", epilog=path.EXAMPLES)(path.path)
app.command(name="doctor")(doctor.doctor)
app.add_typer(profile.profile)
app.add_typer(exercises.exercises)
