"""``backmove profile``: what a person told us once, to see and to change."""

from typing import Annotated, Any

import typer

from backmove.cli import tab
from backmove.cli.asking import ask_line, asker_of, must_be_typed
from backmove.cli.at import moment_of
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of

EXAMPLES = """Examples:

backmove profile

backmove profile set place floor

backmove profile edit"""

SHOW_EXAMPLES = """Examples:

backmove profile show

backmove profile show --json"""

SET_EXAMPLES = """Examples:

backmove profile set place floor

backmove profile set equipment chair wall band

backmove profile set activities "lift the shopping" "sit through a film\""""

UNSET_EXAMPLES = """Examples:

backmove profile unset place"""

EDIT_EXAMPLES = """Examples:

backmove profile edit"""

FLARE_PLAN_EXAMPLES = """Examples:

backmove profile flare-plan"""

profile = typer.Typer(
    name="profile",
    help="Show or change the profile.",
    epilog=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
)

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="Such as place; see them with: backmove profile show",
        autocompletion=tab.profile_keys,
    ),
]


@profile.callback(invoke_without_command=True)
def profile_alone(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Show or change the profile. Alone: show it."""
    return _show(app_of(ctx)) if ctx.invoked_subcommand is None else None


@profile.command(epilog=SHOW_EXAMPLES)
def show(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Show every key and its value."""
    return _show(app_of(ctx))


@profile.command("set", epilog=SET_EXAMPLES)
def set_(
    ctx: typer.Context,
    key: Key,
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="VALUE...", help="One or more words, or none.", autocompletion=tab.profile_values
        ),
    ],
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Set one key."""
    app = app_of(ctx)
    return _write(app, {key: _read(app, key, values)})


@profile.command(epilog=UNSET_EXAMPLES)
def unset(ctx: typer.Context, key: Key, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Forget one key: it is as at first."""
    from backmove.core.profile import known_key

    app = app_of(ctx)
    return _write(app, {}, unset=(known_key(key),))


@profile.command(epilog=EDIT_EXAMPLES)
def edit(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Ask for each key in turn. Enter keeps the value as it is; q ends and saves."""
    from backmove.core.profile import allowed
    from backmove.term.profile_walk import walk

    app = app_of(ctx)
    must_be_typed(app, "the key and its value", "backmove profile set place floor")
    app.show("Enter keeps a value as it is. ? shows what is allowed. q ends and saves.")
    changes = walk(
        app.diary.profile,
        ask=lambda prompt: ask_line(app, prompt),
        read=lambda key, words: _read(app, key, words),
        allowed=lambda key: allowed(key, **_lists(app, key)),
        say=app.show,
    )
    return _write(app, changes)


@profile.command("flare-plan", epilog=FLARE_PLAN_EXAMPLES)
def flare_plan(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Write down beforehand what helps in a flare-up. Each question can be skipped."""
    from backmove.store.now_and_then_file import load_now_and_then
    from backmove.term.flare_plan_walk import ask_flare_plan

    app = app_of(ctx)
    must_be_typed(app, "the key and its value", 'backmove profile set keep_activity "walk the dog"')
    with asker_of(app, by_line=True) as asker:
        answers = ask_flare_plan(asker, load_now_and_then().flare_plan)
    return _write(app, answers)


def _show(app: App) -> Outcome:
    from backmove.term.profile_view import profile_json, profile_text

    if app.json:
        app.answer_json(profile_json(app.diary.profile))
    else:
        app.show(profile_text(app.diary.profile, width=app.width, plain=app.plain))
    return None


def _read(app: App, key: str, values: list[str]) -> Any:
    """The value to keep. A day may be typed as WHEN, a region by any of its names."""
    from backmove.core.profile import read_value
    from backmove.core.typed import text

    words = [text(value) for value in values]
    if key == "episode_start" and len(words) == 1:
        words = [app.stamp(moment_of(app, words[0]))["day"]]
    value = read_value(key, words, **_lists(app, key))
    return _numbers().find(value).code if key == "region" else value


def _lists(app: App, key: str) -> dict[str, Any]:
    """What is allowed, read only for the keys that need it."""
    return {
        "tags": tuple(app.catalog.precautions) if key == "precautions" else (),
        "ids": tuple(app.catalog.exercises) if key in ("likes", "dislikes") else (),
        "regions": _numbers().words() if key == "region" else (),
    }


def _numbers() -> Any:
    from backmove.store.library import load_emergency_numbers

    return load_emergency_numbers()


def _write(app: App, changes: dict[str, Any], unset: tuple[str, ...] = ()) -> Outcome:
    from backmove.core.logbook import locked
    from backmove.core.profile import news
    from backmove.core.record import Profile
    from backmove.term.answer_view import UNDO, first_line, notice_json, notice_lines
    from backmove.term.profile_view import changed_text, profile_json

    before = app.diary.profile
    new, gone = news(before, changes, unset)
    if new or gone:
        app.write(Profile(**app.stamp(), set=new, unset=gone))
    notices = [n for n in locked(standing_of(app)) if n.code == "needs-clearance"]
    if app.json:
        app.answer_json(profile_json(app.diary.profile) | {"notices": notice_json(notices)})
        return None
    text = changed_text([*new, *gone], before, app.diary.profile)
    said = f"Saved: {text}." if text else "Nothing changed."
    app.show(first_line(said, width=app.width, plain=app.plain, hint=UNDO if text else ""))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
    return None
