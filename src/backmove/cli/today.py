"""``backmove`` alone: what is due today."""

from backmove.cli.context import App
from backmove.cli.flags import Outcome
from backmove.cli.lock import emergency_number, standing_of


def today(app: App) -> Outcome:
    """Is the triage valid, what is today's session, what was done lately, and the one next thing to type."""
    from backmove.core.overview import overview
    from backmove.term.today_view import first_run_text, today_json, today_text

    parameters = app.parameters if app.diary.triages else None
    day = overview(app.diary, standing_of(app), app.today(), parameters)
    if app.json:
        app.answer_json(today_json(day))
    elif day.first_run:
        known = app.diary.profile.region is not None
        number = emergency_number(app)
        app.show(first_run_text(number, known_region=known, width=app.width, plain=app.plain))
    else:
        names = {row.id: row.name for row in app.catalog.exercises.values()} if day.session else {}
        app.show(today_text(day, names, width=app.width, plain=app.plain))
    _tell_of_copies(app)
    return None


def _tell_of_copies(app: App) -> None:
    """In a line, when a program that shares files has put a copy of the journal beside it."""
    from backmove.store.copies import copies_to_look_at

    copies = copies_to_look_at(app.paths.journal, app.paths.cache)
    if copies and not app.json:
        from backmove.term.brought_view import copies_line

        app.tell(copies_line(copies))
