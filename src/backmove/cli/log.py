"""``backmove log``: pain, a walk, a flare-up. It always writes down what was said, also while sessions are
locked."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.asking import ask_typed, must_be_typed
from backmove.cli.at import AtOption, moment_of, told
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of
from backmove.cli.options import Leg, Limb, Note, score

if TYPE_CHECKING:
    from backmove.core.logbook import Entry, Said
    from backmove.core.notice import Notice

EXAMPLES = """Examples:

backmove log 4 --note "worse after sitting"

backmove log 6 --at "yesterday 22:00" --leg usual

backmove log --walk 20"""


def log(
    ctx: typer.Context,
    pain: Annotated[
        int | None, typer.Argument(min=0, max=10, metavar="[PAIN]", help="0 is none, 10 the worst.")
    ] = None,
    note: Note = "",
    leg: Leg = None,
    walk: Annotated[
        int | None, typer.Option(min=1, max=1440, help="Minutes you walked.", show_default=False)
    ] = None,
    morning: Annotated[bool, typer.Option("--morning", help="Pain on the morning after a session.")] = False,
    limb: Limb = None,
    sleep: Annotated[int | None, score("0 slept badly, 10 slept well.")] = None,
    flare: Annotated[
        bool | None,
        typer.Option("--flare/--no-flare", help="A flare-up began, or is over.", show_default=False),
    ] = None,
    at: AtOption = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Write down pain from 0 to 10, a walk, or a flare-up."""
    from backmove.core.logbook import Said, notices, records_of
    from backmove.core.typed import text

    app = app_of(ctx)
    moment = moment_of(app, at)
    said = Said(pain, text(note), leg, walk, morning, limb, sleep, flare)
    said = _complete(app, said, past=moment is not None)
    before = app.diary
    records = records_of(said, before, lambda: app.stamp(moment), app.new_id())
    app.write(*records)
    after = notices(
        records,
        before,
        app.diary,
        standing_of(app),
        today=app.today(),
        number=lambda: emergency_number(app),
    )
    _answer(app, records, (*after, *_about_walking(app, records)))
    return None


def _about_walking(app: App, records: tuple["Entry", ...]) -> "tuple[Notice, ...]":
    """Where the week stands after a walk, and a word on a sore leg. Other entries open no library for it."""
    from backmove.core.record import Walk

    if not any(isinstance(r, Walk) or getattr(r, "limb", None) for r in records):
        return ()
    from backmove.core.walking_today import after_walk

    return tuple(after_walk(records, app.diary, standing_of(app), app.today(), app.parameters))


def _complete(app: App, said: "Said", *, past: bool) -> "Said":
    """Asks for the pain of now where it is missing and somebody is there."""
    from msgspec.structs import replace

    from backmove.core.logbook import ask_once, check_words

    check_words(said)
    if not said.needs_pain:
        return said
    must_be_typed(app, "your pain from 0 to 10", "backmove log 4", ask=not past)
    ask_once(app.diary, app.today())

    from backmove.term.short_questions import PAIN, read_score

    return replace(said, pain=ask_typed(app, PAIN, read_score))


def _answer(app: App, records: tuple["Entry", ...], notices: tuple["Notice", ...]) -> None:
    from backmove.term.answer_view import first_line, notice_json, notice_lines
    from backmove.term.entries_view import entry_json, several_text

    if app.json:
        app.answer_json({"entries": [entry_json(r) for r in records], "notices": notice_json(notices)})
        return
    text = several_text(records, told(app, records[0].at))
    app.show(first_line(f"Saved: {text}.", width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
