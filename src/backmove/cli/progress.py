"""``backmove progress``: what was done, what the person can do again, pain last."""

from typing import TYPE_CHECKING, Annotated

import typer

from backmove.cli.context import App
from backmove.cli.flags import JsonFlag, Outcome, PlainFlag, app_of
from backmove.cli.options import Since, Until

if TYPE_CHECKING:
    from backmove.core.periods import Period
    from backmove.core.trend import Trend

EXAMPLES = """Examples:

backmove progress

backmove progress --year

backmove progress --from 2026-01-01 --to 2026-03-31

backmove progress --week --pain-daily"""


def progress(
    ctx: typer.Context,
    week: Annotated[bool, typer.Option("--week", help="The last 7 days.")] = False,
    month: Annotated[bool, typer.Option("--month", help="The last 30 days.")] = False,
    year: Annotated[bool, typer.Option("--year", help="The last 365 days.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="From your first entry on.")] = False,
    from_: Since = None,
    to: Until = None,
    pain_daily: Annotated[
        bool, typer.Option("--pain-daily", help="Pain day by day instead of week by week.")
    ] = False,
    ascii_: Annotated[bool, typer.Option("--ascii", help="Draw the plot in plain signs.")] = False,
    json_: JsonFlag = False,
    plain: PlainFlag = False,
) -> Outcome:
    """Look back: what you did, what you can do again, and how pain changed. The last 4 weeks, if you say nothing."""
    from backmove.core.trend import trend

    app = app_of(ctx)
    asked = _period(app, week=week, month=month, year=year, everything=all_, since=from_, until=to)
    course = trend(app.diary, asked.first_day, asked.last_day, today=app.today())
    if app.json:
        from backmove.term.progress_json import progress_json

        app.answer_json(progress_json(course, asked, daily=pain_daily))
    else:
        _show(app, course, asked, daily=pain_daily, ascii_=ascii_)
    return None


def _period(
    app: App, *, week: bool, month: bool, year: bool, everything: bool, since: str | None, until: str | None
) -> "Period":
    from backmove.core.periods import Span, period
    from backmove.core.when import parse_day

    flags = ((week, Span.WEEK), (month, Span.MONTH), (year, Span.YEAR), (everything, Span.ALL))
    ends = app.diary.profile.day_ends
    first, last = (parse_day(text, app.now(), ends) if text else None for text in (since, until))
    return period(
        app.today(),
        app.diary.first_day,
        spans=tuple(span for wanted, span in flags if wanted),
        since=first,
        until=last,
    )


def _show(app: App, course: "Trend", asked: "Period", *, daily: bool, ascii_: bool) -> None:
    from datetime import date

    from backmove.term.plot import can_show_plot
    from backmove.term.progress_view import progress_page

    names = {row.id: row.name for row in app.catalog.exercises.values()} if course.climbed else {}
    app.show_page(
        progress_page(
            course,
            asked,
            names,
            today=date.fromisoformat(app.today()),
            width=app.width,
            plain=app.plain,
            ascii_only=ascii_ or not can_show_plot(getattr(app.stdout, "encoding", None) or "utf-8"),
            daily=daily,
        )
    )
