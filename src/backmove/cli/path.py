"""``backmove path``: where the files are."""

import typer

from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of

EXAMPLES = """Examples:

backmove path

BACKMOVE_DIR=/media/stick backmove path"""


def path(ctx: typer.Context, json_: JsonFlag = False, plain: PlainFlag = False) -> Outcome:
    """Say where the journal, the cache and the log are. BACKMOVE_DIR moves them all."""
    from backmove.term.clean import one_line

    app = app_of(ctx)
    places = {"journal": app.paths.journal, "cache": app.paths.cache, "log": app.paths.log}
    if app.json:
        app.answer_json({name: str(place) for name, place in places.items()})
    else:
        app.show(*(f"{name + ':':9}{one_line(str(place))}" for name, place in places.items()))
    return None
