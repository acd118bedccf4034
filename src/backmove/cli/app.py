"""The list of commands, and the one place where an expected failure becomes a sentence and an exit code."""

import sys
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from backmove import __version__
from backmove.cli.context import ENVELOPE, App
from backmove.cli.flags import JsonFlag, PlainFlag, app_of
from backmove.cli.light import load_msgspec
from backmove.cli.lock import ANYWHERE
from backmove.cli.quick import keep_proof
from backmove.errors import BackmoveError, ExitCode

COMMANDS: Final = {
    "triage": "triage",
    "session": "session",
    "done": "done",
    "log": "log",
    "walk": "walk",
    "list": "list_",
    "edit": "edit",
    "delete": "delete",
    "undo": "undo",
    "profile": "profile",
    "checkin": "checkin",
    "progress": "progress",
    "direction": "direction",
    "exercises": "exercises",
    "plan": "plan",
    "learn": "learn",
    "report": "report",
    "export": "export",
    "import": "import_",
    "merge": "merge",
    "path": "path",
    "doctor": "doctor",
}
"""The commands, in the order of the help, each with the module (and the function in it) of that name. Only the one that
was typed is loaded: reading the options of all of them costs every command 8 ms."""

NARROW: Final = 52
"""Columns below which the library's own measure of the window is too wide."""

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Typer's own usage error, named without importing the Click that it carries inside."""


class Boundary(TyperGroup):
    """The commands on demand; and expected failures leave through here, and only through here."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.commands: Any = dict.fromkeys(COMMANDS)

    names_only = False
    """While TAB asks for names, and its shell shows nothing beside them."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self.names_only = app_of(ctx).env.get("_BACKMOVE_COMPLETE") == "complete_bash"
        try:
            return super().shell_complete(ctx, incomplete)
        finally:
            self.names_only = False

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Help of its own is at least 50 columns wide; in a narrow window it is as wide as the window."""
        live = extra.get("obj") or App.of_this_process()
        if live.width < NARROW:
            extra["terminal_width"] = live.width
        try:
            return super().make_context(info_name, args, parent, **extra)
        except _UsageError as wrong:
            _without_steering(wrong)
            raise

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and self.names_only:
            return TyperCommand(cmd_name)
        if cmd_name in COMMANDS and self.commands[cmd_name] is None:
            self.commands[cmd_name] = _load(cmd_name)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: Any) -> Any:
        app = app_of(ctx)
        load_msgspec()
        try:
            code = super().invoke(ctx)
        except BackmoveError as problem:
            say(app, problem)
            raise typer.Exit(problem.exit_code) from None
        except _UsageError as wrong:
            if "--json" not in app.argv:
                _without_steering(wrong)
                raise
            message = wrong.format_message() if hasattr(wrong, "format_message") else str(wrong)
            _say_json(app, "usage", message, "")
            raise typer.Exit(ExitCode.USAGE) from None
        except (KeyboardInterrupt, EOFError):
            app.tell("\nbackmove: stopped.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        keep_proof(app)
        if isinstance(code, ExitCode) and code is not ExitCode.OK:
            raise typer.Exit(code)
        return code


def _without_steering(wrong: Exception) -> None:
    """A word that is no option is shown again; nothing in it may turn the line around."""
    from backmove.term.clean import one_line

    for name in ("message", "option_name"):
        if not str(getattr(wrong, name, None) or "").isprintable():
            setattr(wrong, name, one_line(getattr(wrong, name)))


def _load(name: str) -> Any:
    """One command, or a group of them, from its module."""
    module = import_module(f"backmove.cli.{COMMANDS[name]}")
    found = getattr(module, COMMANDS[name])
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    kind = getattr(module, "COMMAND", TyperCommand)
    alone.command(name=name, cls=kind, epilog=getattr(module, "EXAMPLES", None))(found)
    return get_command(alone)


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


def report_refusal(refused: OSError) -> ExitCode:
    """The disk refused a quick entry, in the words and with the exit code of any other."""
    from backmove.store.files import explained
    from backmove.store.journal import CANNOT_WRITE
    from backmove.store.paths import find_paths

    live = App.of_this_process()
    try:
        with explained(find_paths(live.env).journal, CANNOT_WRITE):
            raise refused
    except BackmoveError as problem:
        say(live, problem)
        return problem.exit_code


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


def _version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        sys.stdout.write(f"backmove {__version__}\n")
        raise typer.Exit


EXAMPLES: Final = f"""Examples:

backmove triage    (first: the questions about warning signs)

backmove session --minutes 10

backmove log 4 --note "worse after sitting"

backmove session --help    (what a command can do)

It gives general information, and it cannot examine you. In an emergency call {ANYWHERE}."""

app = typer.Typer(
    name="backmove",
    cls=Boundary,
    epilog=EXAMPLES,
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
