"""``progress --json`` without Typer: for scripts that ask often, and for long journals.

Plainly typed, with one of the periods that have a name. Every other form of the command goes the ordinary way
(``cli/progress.py``); tests hold both to the same bytes.
"""

from typing import Final

from backmove.cli.context import App

PERIODS: Final = ("--week", "--month", "--year", "--all")


def quick_progress(app: App) -> str | None:
    """The look back as a document; None where the ordinary way must answer. Raises ``BackmoveError`` as that does."""
    words = list(app.argv)
    if words[:1] != ["progress"] or words.count("--json") != 1 or len(words) > 3:
        return None
    words.remove("--json")
    named = words[1:]
    if not set(named) <= set(PERIODS):
        return None
    from backmove.core.periods import Span, period
    from backmove.core.trend import trend
    from backmove.term.progress_json import progress_json

    app.command, app.json = "progress", True
    spans = tuple(Span(name.removeprefix("--")) for name in named)
    asked = period(app.today(), app.diary.first_day, spans=spans)
    course = trend(app.diary, asked.first_day, asked.last_day, today=app.today())
    return app.document(progress_json(course, asked, daily=False))
