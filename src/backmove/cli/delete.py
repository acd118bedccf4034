"""``backmove delete``: take one entry back. Its line stays in the journal; undo brings it back."""

import typer

from backmove.cli.at import told
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of
from backmove.cli.named import EntryId, TakesMinusOne, entry_of

COMMAND = TakesMinusOne
EXAMPLES = """Examples:

backmove delete last

backmove delete a1b2"""


def delete(ctx: typer.Context, entry: EntryId, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Take an entry back. See the ids with: backmove list."""
    from backmove.core.corrections import deletable
    from backmove.core.logbook import after_correction
    from backmove.core.record import Retract
    from backmove.term.answer_view import first_line, notice_json, notice_lines
    from backmove.term.entries_view import entry_json, entry_text

    app = app_of(ctx)
    record = entry_of(app, entry)
    deletable(record, app.diary)
    app.write(Retract(**app.stamp(), target=record.id))
    notices = after_correction(record, app.diary, standing_of(app))
    if app.json:
        app.answer_json({"deleted": entry_json(record), "notices": notice_json(notices)})
        return None
    text = f"Taken back: {entry_text(record, told(app, record.at))}."
    app.show(first_line(text, width=app.width, plain=app.plain))
    app.show(*notice_lines(notices, width=app.width, plain=app.plain))
    return None
