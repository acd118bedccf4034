"""``backmove done``: a session was done without the guide, wholly, partly, or stopped."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.asking import ask_choice, ask_typed
from backmove.cli.at import AtOption, moment_of, told
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of
from backmove.cli.options import Leg, Note, Stopped, rows, score

if TYPE_CHECKING:
    from backmove.core.record import Done, Session
    from backmove.core.reporting import Report

EXAMPLES = """Examples:

backmove done --effort 5 --exercise bridge=4

backmove done --partly --hurt bird-dog --peak 6

backmove done --stopped time --at yesterday"""


def done(
    ctx: typer.Context,
    partly: Annotated[bool, typer.Option("--partly", help="Not all of it.")] = False,
    stopped: Stopped = None,
    effort: Annotated[int | None, score("3 easy, 5 about right, 8 too much.")] = None,
    peak: Annotated[int | None, score("The most pain.")] = None,
    leg: Leg = None,
    exercise: Annotated[
        list[str] | None, rows("Effort of one exercise. Can be given again.", "ID=EFFORT", names=None)
    ] = None,
    hurt: Annotated[list[str] | None, rows("It hurt. Can be given again.")] = None,
    skipped: Annotated[list[str] | None, rows("Left out. Can be given again.")] = None,
    easier_used: Annotated[list[str] | None, rows("Done in its easier form.")] = None,
    soreness: Annotated[bool, typer.Option("--soreness", help="Sore muscles after.")] = False,
    prediction: Annotated[int | None, score("How bad you feared it would be.")] = None,
    found: Annotated[int | None, score("How bad it was.")] = None,
    note: Note = "",
    at: AtOption = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Report the session: done, partly, or stopped."""
    from backmove.core.reporting import Report, done_of, session_to_report
    from backmove.core.typed import text

    app = app_of(ctx)
    stamp = app.stamp(moment_of(app, at))
    session = session_to_report(app.diary, stamp["day"], app.today())
    report = Report(
        partly=partly,
        stopped=stopped,
        effort=effort,
        peak=peak,
        leg=leg,
        efforts=tuple(exercise or ()),
        hurt=tuple(hurt or ()),
        skipped=tuple(skipped or ()),
        easier=tuple(easier_used or ()),
        soreness=soreness,
        prediction=prediction,
        found=found,
        note=text(note),
    )
    record = done_of(_complete(app, report, session), session, stamp)
    app.write(record)
    _answer(app, record)
    return None


def _complete(app: App, report: "Report", session: "Session") -> "Report":
    """The two taps, when nothing was typed and somebody is there; and the leg or a feared row where it matters."""
    from msgspec.structs import replace

    from backmove.core.reporting import TAPS, Report

    if report != Report() or not app.interactive or app.json:
        return report
    from backmove.term.short_questions import FELT, REASON, STATUS

    status = ask_choice(app, STATUS)
    reason = ask_choice(app, REASON) if status == "stopped" else None
    effort = TAPS[ask_choice(app, FELT)]
    found = _found(app, session)
    leg, hurt = _leg(app, session, stopped_for_it=reason == "leg")

    return replace(
        report,
        partly=status == "partly",
        stopped=reason,
        effort=effort,
        leg=leg,
        hurt=hurt,
        found=found,
    )


def _leg(app: App, session: "Session", *, stopped_for_it: bool) -> tuple[str | None, tuple[str, ...]]:
    """The word about the leg, and the exercise that sent pain down it; asked of those whose leg is in question."""
    from backmove.core.reporting import asks_leg

    if not stopped_for_it and not asks_leg(app.diary, session, standing_of(app).tags):
        return None, ()
    from backmove.term.short_questions import LEG, which

    leg = ask_choice(app, LEG)
    if leg != "further":
        return leg, ()
    rows = {item.exercise: app.catalog.exercises.get(item.exercise) for item in session.items}
    named = ask_choice(app, which([(one, row.name if row else one) for one, row in rows.items()]))
    return leg, (named,) if named else ()


def _found(app: App, session: "Session") -> int | None:
    """How bad the feared row was, if the session had one."""
    from backmove.core.exposure import exposed

    if exposed(session.items) is None:
        return None
    from backmove.term.short_questions import FOUND, read_found

    return ask_typed(app, FOUND, read_found)


def _answer(app: App, record: "Done") -> None:
    from backmove.core.reporting import after_report
    from backmove.term.answer_view import first_line, notice_json, notice_lines
    from backmove.term.entries_view import entry_json, entry_text

    notices = after_report(record, app.diary, standing_of(app), lambda: emergency_number(app))
    if app.json:
        app.answer_json({"entry": entry_json(record), "notices": notice_json(notices)})
        return
    text = f"Saved: {entry_text(record, told(app, record.at))}."
    app.show(first_line(text, width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
