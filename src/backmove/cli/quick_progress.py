"""``progress --json`` without Typer: for scripts that ask often, and for long journals.

Every other form of the command goes the ordinary way (``cli/progress.py``); tests hold both to the same bytes.
"""

from backmove.cli.context import App


def quick_progress(app: App) -> str:
    """The last four weeks as a document. Raises ``BackmoveError`` as the ordinary way does."""
    from backmove.core.periods import period
    from backmove.core.trend import trend
    from backmove.term.progress_json import progress_json

    app.command, app.json = "progress", True
    asked = period(app.today(), app.diary.first_day)
    course = trend(app.diary, asked.first_day, asked.last_day, today=app.today())
    return app.document(progress_json(course, asked, daily=False))
