"""``backmove walk``: the walking plan of this week."""

import typer

from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import standing_of

EXAMPLES = """Examples:

backmove walk

backmove log --walk 14    (note a walk)

backmove log --walk 14 --limb 4    (with a sore foot, shin, knee or hip)"""


def walk(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """This week's walks: what is done, what is left, and what next week brings."""
    from backmove.core.walking import indoors_of
    from backmove.core.walking_today import may_walk, pace_today, walk_today
    from backmove.term.walk_view import walk_json, walk_page

    app = app_of(ctx)
    held, today = standing_of(app), app.today()
    day = walk_today(app.diary, held, today, app.parameters)
    pace = pace_today(day, held, app.parameters.walk)
    if app.json:
        app.answer_json(walk_json(day, held, pace, today=today))
    else:
        rows = indoors_of(app.catalog, app.diary, held.tags, day)
        app.show_page(walk_page(day, held, rows, pace, today=today, width=app.width, plain=app.plain))
    return None if may_walk(held) else held.reasons[0].exit_code
