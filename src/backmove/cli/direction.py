"""``backmove direction``: an optional self-test of which way of moving eases."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli import tab
from backmove.cli.asking import asker_of, must_be_typed
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of
from backmove.cli.options import Leg
from backmove.errors import Interrupted

if TYPE_CHECKING:
    from backmove.core.record import Direction
    from backmove.core.self_test import Half, Trial

EXAMPLES = """Examples:

backmove direction

backmove direction --bending worse --arching better --arching-leg closer"""

Word = Annotated[
    str | None,
    typer.Option(help="better, same or worse.", show_default=False, autocompletion=tab.words(*tab.WAY)),
]


def direction(
    ctx: typer.Context,
    bending: Word = None,
    arching: Word = None,
    bending_leg: Leg = None,
    arching_leg: Leg = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Find out whether bending or arching eases: ten of each, two questions after each. Optional."""
    from backmove.core.self_test import direction_of, halves_typed, only_open, open_halves

    app = app_of(ctx)
    halves = halves_typed(bending, arching, bending_leg, arching_leg)
    now = app.now()
    trials, left_out = open_halves(
        app.catalog,
        app.diary,
        standing_of(app),
        app.today(),
        now.hour * 60 + now.minute,
        app.parameters,
    )
    only_open(halves, trials, left_out)
    record = direction_of(halves or _asked(app, trials, left_out), app.stamp())
    app.write(record)
    _answer(app, record)
    return None


def _asked(app: App, trials: "tuple[Trial, ...]", left_out: tuple[str, ...]) -> "list[Half]":
    """The test on the terminal. Raises Interrupted when nothing was said."""
    from backmove.term.direction_walk import ask_halves

    must_be_typed(app, "what it did", "backmove direction --bending worse --arching better")
    app.show(*left_out)
    with asker_of(app) as asker:
        halves = ask_halves(asker, trials)
    if not halves:
        raise Interrupted("stopped. Nothing was written down.")
    return halves


def _answer(app: App, record: "Direction") -> None:
    from backmove.core.helpful_direction import ways_of
    from backmove.core.logbook import LEG_NEW, locked
    from backmove.core.notice import Notice
    from backmove.core.self_test import found
    from backmove.term.answer_view import first_line, notice_json, notice_lines
    from backmove.term.entries_view import describe, entry_json

    ways = ways_of(app.diary, app.today(), app.parameters)
    new = "new" in (record.bending_leg, record.arching_leg)
    alarm = [Notice("leg-new", LEG_NEW.format(number=emergency_number(app)))] if new else []
    lock = locked(standing_of(app))
    notices = [*alarm, *lock] if lock else [found(record, ways, app.parameters)]
    if app.json:
        app.answer_json({"entry": entry_json(record), "helps": ways.helps, "notices": notice_json(notices)})
        return
    app.show(first_line(f"Saved: {describe(record)}.", width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
