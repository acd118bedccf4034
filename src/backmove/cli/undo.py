"""``backmove undo``: take the last change back, and say what it was. Again: the change before that."""

import typer

from backmove.cli.at import told
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of

EXAMPLES = """Example:

backmove undo"""


def undo(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Take your last change back; again, and it goes further back.

    Also edits, deletions and changes of the profile. Answers to the safety questions stay.
    """
    from backmove.core.corrections import last_change, undone
    from backmove.core.logbook import after_correction
    from backmove.core.record import Retract
    from backmove.term.answer_view import lines, notice_json, notice_lines, undone_text
    from backmove.term.entries_view import entry_json

    app = app_of(ctx)
    before, taken = app.diary, last_change(app.journal.read())
    group = app.new_id() if len(taken) > 1 else None
    app.write(*(Retract(**app.stamp(), target=r.id, undo=True, group=group) for r in taken))
    steps = [undone(r, before, app.diary) for r in taken]
    held = standing_of(app)
    notices = [n for step in steps for n in after_correction(step.entry, app.diary, held)]
    if app.json:
        app.answer_json({"undone": [entry_json(r) for r in taken], "notices": notice_json(notices)})
        return None
    app.show(
        *lines((undone_text(s, lambda at: told(app, at)) for s in steps), width=app.width, plain=app.plain)
    )
    app.show(*notice_lines(dict.fromkeys(notices), width=app.width, plain=app.plain))
    return None
