"""``backmove doctor``: is the journal intact, and if not, how to mend it."""

from dataclasses import asdict

import typer

from backmove.cli.context import JsonFlag, Outcome, PlainFlag, app_of
from backmove.errors import ExitCode


def doctor(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Prove the journal intact, or say what is wrong and how to mend it. Changes nothing."""
    from backmove.term.doctor_view import examination_page

    app = app_of(ctx)
    found = app.journal.examine()
    if app.json:
        app.answer_json(asdict(found) | {"intact": found.intact})
    else:
        app.show_page(examination_page(found, width=app.width, plain=app.plain))
    return ExitCode.OK if found.intact else ExitCode.DATA
