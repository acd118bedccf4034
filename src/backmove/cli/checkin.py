"""``backmove checkin``: a look back on the week. It opens nothing and locks nothing."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.asking import asker_of, must_be_typed
from backmove.cli.at import told
from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.lock import emergency_number, standing_of

if TYPE_CHECKING:
    from backmove.core.checkin import CheckinQuestions, Said
    from backmove.core.notice import Notice
    from backmove.core.record import Checkin

EXAMPLES = """Examples:

backmove checkin

backmove checkin --more

backmove checkin --answers week.json

The file holds one JSON object, with what you want to say and nothing else:
{"activities": {"lift the shopping": 4}, "pain": 3, "enjoyment": 2, "activity": 2, "confidence": 6, "sleep": 7,
"fear": 3, "mood": 2, "tension": 4, "outlook": 5, "bother": 3, "note": "a quiet week"}"""


def checkin(
    ctx: typer.Context,
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The answers as JSON (- is standard input).", show_default=False),
    ] = None,
    more: Annotated[
        bool, typer.Option("--more", help="Ask the further questions, too: worry, mood, tension, outlook.")
    ] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Look back on the week: what you can do, confidence, sleep, average pain. Each from 0 to 10, or left out."""
    from backmove.core.checkin import records_of
    from backmove.core.record import Checkin
    from backmove.store.checkin_file import load_checkin

    app = app_of(ctx)
    questions = load_checkin()
    said = _asked(app, questions, more=more) if answers is None else _read(app, answers)
    group = app.new_id()
    records = records_of(said, lambda: app.stamp() | {"group": group})
    app.write(*records)
    told_of = next((r for r in records if isinstance(r, Checkin)), None)
    if told_of is None:
        app.show("No number was said, so no check-in was written down.")
    else:
        _answer(app, told_of, questions)
    return None


def _read(app: App, answers: str) -> "Said":
    from backmove.core.checkin import read_answers
    from backmove.store.answer_file import read_answer_file

    return read_answers(read_answer_file(answers, app.stdin), app.diary.profile.activities)


def _asked(app: App, questions: "CheckinQuestions", *, more: bool) -> "Said":
    """The numbers, asked one by one; before the first ones, what matters to the person."""
    from msgspec.structs import replace

    from backmove.core.checkin import ask_once, flags_due
    from backmove.term.checkin_walk import ask_checkin, ask_names

    must_be_typed(app, "the answers in a file", "backmove checkin --answers week.json")
    ask_once(app.diary, app.today())
    activities = app.diary.profile.activities
    named: tuple[str, ...] = ()
    if not activities:
        with asker_of(app, by_line=True) as asker:
            activities = named = ask_names(asker, questions)
    flags = more or flags_due(app.diary, app.today(), app.parameters.checkin)
    with asker_of(app) as asker:
        said = ask_checkin(asker, questions, activities, flags=flags)
        asker.clear()

    return replace(said, named=named)


def _answer(app: App, record: "Checkin", questions: "CheckinQuestions") -> None:
    from datetime import date

    from backmove.core.checkin import next_day
    from backmove.core.checkin_news import lines_of
    from backmove.core.when import say_day
    from backmove.term.answer_view import first_line, notice_json
    from backmove.term.checkin_view import checkin_page, line_json
    from backmove.term.entries_view import entry_json

    activities, week = lines_of(record, app.diary, questions, app.parameters.notice.real_change.value)
    notices = _notices(app, record, questions)
    upcoming = next_day(app.today(), app.parameters.checkin)
    if app.json:
        shown = {"activities": [line_json(x) for x in activities], "week": [line_json(x) for x in week]}
        app.answer_json(
            {"entry": entry_json(record)} | shown | {"next_date": upcoming, "notices": notice_json(notices)}
        )
        return
    text = f"Saved: your check-in {told(app, record.at)}."
    app.show(first_line(text, width=app.width, plain=app.plain))
    day = say_day(date.fromisoformat(upcoming), date.fromisoformat(app.today()))
    app.show_page(checkin_page(activities, week, notices, day, width=app.width, plain=app.plain))


def _notices(app: App, record: "Checkin", questions: "CheckinQuestions") -> "tuple[Notice, ...]":
    """What follows from the answers; and a lock, where one stands."""
    from backmove.core.checkin_news import notices_of
    from backmove.core.logbook import locked

    found = notices_of(
        record,
        questions,
        app.parameters.checkin,
        number=lambda: emergency_number(app),
        support=lambda: _support(app),
    )
    return (*found, *locked(standing_of(app)))


def _support(app: App) -> str:
    """Who listens in the person's region; nothing while the region is not known."""
    from backmove.store.library import load_emergency_numbers

    region = load_emergency_numbers().find(app.diary.profile.region)
    return region.support if region else ""
