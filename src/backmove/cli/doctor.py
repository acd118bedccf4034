"""``backmove doctor``: is the journal intact, and if not, how to mend it."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove import __version__
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.errors import ExitCode, UsageProblem

if TYPE_CHECKING:
    from backmove.core.examination import Examination
    from backmove.core.surroundings import Surroundings

EXAMPLES = """Examples:

backmove doctor

backmove doctor --fix --dry-run    (what would be done)

backmove doctor --fix

backmove doctor --report    (for a bug report: counts and versions, nothing personal)"""


def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend it. What cannot be read is set aside, never thrown away.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fix: say what would be done.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Counts and versions for a bug report, nothing personal.")
    ] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Prove the journal intact, or say what is wrong and how to mend it. Without --fix it changes nothing."""
    from backmove.store.surroundings import surroundings

    app = app_of(ctx)
    if dry_run and not fix:
        raise UsageProblem("--dry-run goes with --fix.", hint="backmove doctor --fix --dry-run")
    if fix and report:
        raise UsageProblem("--fix and --report are two things.", hint="Give one of them.")
    if fix:
        return _fixed(app, dry_run=dry_run)
    found, around = app.journal.examine(), surroundings(app.paths)
    if report:
        return _reported(app, found, around)
    _told(app, found, around)
    return ExitCode.OK if found.intact else ExitCode.DATA


def _told(app: App, found: "Examination", around: "Surroundings") -> None:
    from msgspec import to_builtins

    from backmove.core.record import RULES_VERSION
    from backmove.term.doctor_view import examination_page

    if app.json:
        facts = {"intact": found.intact, "rules_version": RULES_VERSION, "around": to_builtins(around)}
        app.answer_json(to_builtins(found) | facts)
        return
    app.show_page(examination_page(found, around, RULES_VERSION, width=app.width, plain=app.plain))


def _reported(app: App, found: "Examination", around: "Surroundings") -> Outcome:
    from backmove.core.bug_report import bug_report

    facts = bug_report(found, around, _versions())
    if app.json:
        app.answer_json(facts)
    else:
        app.show("\n".join(f"{name}: {value}" for name, value in facts.items()))
    return ExitCode.OK


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import version

    packages = {name: version(name) for name in ("typer", "rich", "pydantic", "msgspec", "PyYAML")}
    here = {"system": platform.system(), "machine": platform.machine()}
    return {"backmove": __version__, "python": platform.python_version()} | packages | here


def _fixed(app: App, *, dry_run: bool) -> Outcome:
    """The journal first, then who may look in, then the cache."""
    from backmove.store.mend import close_to_others, mend_journal, open_to_others
    from backmove.store.surroundings import broken_caches, forget
    from backmove.term.mended_view import Fixed, fixed_page

    done = mend_journal(app.journal, app.tell, dry_run=dry_run)
    opened, caches = open_to_others(app.paths), broken_caches(app.paths.cache)
    if not dry_run:
        close_to_others(opened)
        forget(caches)
    fixed = Fixed(
        journal=str(app.journal.path),
        plan=done.plan,
        copy=str(done.copy) if done.copy else None,
        aside=str(done.aside) if done.aside else None,
        torn=str(done.torn) if done.torn else None,
        closed=tuple(map(str, opened)),
        caches=tuple(map(str, caches)),
        dry_run=dry_run,
    )
    if app.json:
        app.answer_json(fixed.as_json())
    else:
        app.show_page(fixed_page(fixed, width=app.width, plain=app.plain))
    return ExitCode.OK
