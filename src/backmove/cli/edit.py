"""``backmove edit``: change an entry. What was written stays in the journal; the change is a record of its
own."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from backmove.cli import tab
from backmove.cli.at import AtOption, moment_of, told
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of
from backmove.cli.named import EntryId, TakesMinusOne, entry_of
from backmove.cli.options import Leg, Limb, Stopped, score

if TYPE_CHECKING:
    from backmove.core.record import AnyRecord

COMMAND = TakesMinusOne
EXAMPLES = """Examples:

backmove edit last --pain 5

backmove edit a1b2 --at "yesterday 22:00" --note "on the stairs"

backmove edit a1b2 --status partly --effort 6"""


def edit(
    ctx: typer.Context,
    entry: EntryId,
    pain: Annotated[int | None, score("Pain 0-10.")] = None,
    note: Annotated[str | None, typer.Option(help="New words; '' for none.", show_default=False)] = None,
    at: AtOption = None,
    leg: Leg = None,
    limb: Limb = None,
    sleep: Annotated[int | None, score("How you slept.")] = None,
    minutes: Annotated[
        int | None, typer.Option(min=1, max=1440, help="Of a walk.", show_default=False)
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            help="Of a session: done, partly or stopped.",
            show_default=False,
            autocompletion=tab.words(*tab.STATUS),
        ),
    ] = None,
    stopped: Stopped = None,
    effort: Annotated[int | None, score("Of a session.")] = None,
    peak: Annotated[int | None, score("The most pain in a session.")] = None,
    soreness: Annotated[
        bool | None,
        typer.Option("--soreness/--no-soreness", help="Sore after a session.", show_default=False),
    ] = None,
    prediction: Annotated[int | None, score("What you feared.")] = None,
    found: Annotated[int | None, score("What you found.")] = None,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Change an entry. See the ids with: backmove list."""
    from backmove.core.corrections import changes, wanted_changes
    from backmove.core.record import Amend

    app = app_of(ctx)
    record = entry_of(app, entry)
    typed = {
        "score": pain,
        "note": note,
        "leg": leg,
        "limb": limb,
        "sleep": sleep,
        "minutes": minutes,
        "status": status,
        "reason": stopped,
        "effort": effort,
        "peak": peak,
        "soreness": soreness,
        "prediction": prediction,
        "found": found,
    }
    moment = moment_of(app, at)
    new = changes(record, wanted_changes(typed) | (_moved(app, moment) if moment else {}))
    if new:
        app.write(Amend(**app.stamp(), target=record.id, set=new))
    _answer(app, record, changed=bool(new))
    return None


def _moved(app: App, moment: Any) -> dict[str, Any]:
    stamp = app.stamp(moment)
    return {"at": stamp["at"], "day": stamp["day"]}


def _answer(app: App, before: "AnyRecord", *, changed: bool) -> None:
    from backmove.core.logbook import after_correction
    from backmove.term.answer_view import UNDO, first_line, notice_json, notice_lines
    from backmove.term.entries_view import entry_json, entry_text

    now = next(r for r in app.diary.entries if r.id == before.id)
    notices = after_correction(before, app.diary, standing_of(app))
    if app.json:
        data = {"entry": entry_json(now), "changed": changed, "notices": notice_json(notices)}
        app.answer_json(data)
        return
    text = f"{'Changed' if changed else 'Already so'}: {entry_text(now, told(app, now.at))}."
    hint = UNDO if changed else ""
    app.show(first_line(text, width=app.width, plain=app.plain, hint=hint))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
