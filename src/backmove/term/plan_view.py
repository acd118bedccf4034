"""A physiotherapist's plan on the screen and for scripts. Words of people are cleaned here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from backmove.core.plan_report import PlanReport, RowReport
from backmove.core.record import GivenDose, LeftOut, TherapistPlan
from backmove.core.therapist_plan import whose
from backmove.core.when import say_day
from backmove.term.clean import one_line
from backmove.term.dose_words import dose_words
from backmove.term.page import Page


def begun(words: str) -> str:
    """The words at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def said_dose(dose: GivenDose) -> str:
    """A dose in words."""
    return dose_words(
        dose.kind,
        counts=dose.counts,
        hold_s=dose.hold_s,
        tempo_s=dose.tempo_s,
        sides=dose.sides,
        minutes=dose.minutes,
    )


def plan_page(report: PlanReport, *, today: date, width: int, plain: bool) -> Page:
    """The plan in force: from whom, until when, its rows, and what could not be given."""
    page, plan = Page(width, plain), report.plan
    page.prose(begun(one_line(whose(plan))), style="head")
    page.prose(_frame(plan, today))
    if plan.note:
        page.prose(one_line(plan.note))
    page.blank()
    for place, row in enumerate(report.rows, 1):
        _row(page, place, row, today)
    page.blank()
    page.prose(_so_far(report))
    page.prose("Sessions give these first, within every limit of the day. What does not fit takes turns.")
    page.blank()
    page.command("A new one in its place:", "backmove plan use FILE", "dim")
    page.command("To end it now:", "backmove plan stop", "dim")
    return page


def _frame(plan: TherapistPlan, today: date) -> str:
    parts = [f"For {one_line(plan.whom)}."] if plan.whom else []
    until = date.fromisoformat(plan.until or plan.day)
    left = (until - today).days
    days = "today is its last day" if left == 0 else f"{left} more day{'' if left == 1 else 's'}"
    parts.append(f"Until {say_day(until, today)}; {days}.")
    if plan.days_per_week is not None:
        parts.append(f"{plan.days_per_week} session{'' if plan.days_per_week == 1 else 's'} a week.")
    return " ".join(parts)


def _row(page: Page, place: int, report: RowReport, today: date) -> None:
    row = report.row
    name = report.exercise.name if report.exercise is not None else one_line(row.exercise)
    page.prose(f"{name}: {said_dose(row.dose)}", bullet=f"{place}. ", hang=3)
    if row.note:
        page.prose(one_line(row.note), indent=3, style="dim")
    if row.instead_of is not None:
        page.prose(f"In place of {one_line(row.instead_of)}.", indent=3, style="dim")
    if report.stays_away is not None:
        page.prose(f"Stays away for now: {report.stays_away.why}.", indent=3, style="warn")
    elif report.left_out:
        times = _times(report.left_out)
        when = say_day(date.fromisoformat(report.left_on), today)
        page.prose(f"Left out {times}, the last time {when}: {report.why}.", indent=3, style="dim")
    if report.given:
        times = _times(report.given)
        last = say_day(date.fromisoformat(report.last), today)
        page.prose(f"In a session {times}, the last time {last}.", indent=3, style="dim")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _so_far(report: PlanReport) -> str:
    if not report.sessions:
        return "No session by it yet."
    return f"{report.sessions} session{'' if report.sessions == 1 else 's'} by it so far."


def no_plan_page(over: TherapistPlan | None, *, today: date, width: int, plain: bool) -> Page:
    """That there is none, and how to come by one. ``over``: one that has ended by itself."""
    page = Page(width, plain)
    if over is not None and over.until is not None:
        until = say_day(date.fromisoformat(over.until), today)
        page.prose(f"{begun(one_line(whose(over)))} ran until {until} and is over.")
        page.prose("Sessions are chosen by backmove again. Ask the person who wrote it how to go on.")
    else:
        page.prose("There is no plan of a physiotherapist in force. Sessions are chosen by backmove.")
    page.command("A file to start from:", "backmove plan example > my-plan.yaml", "dim")
    page.command("To take it up:", "backmove plan use my-plan.yaml", "dim")
    return page


def taken_up(plan: TherapistPlan, today: date) -> str:
    """What was saved, in one sentence."""
    until = say_day(date.fromisoformat(plan.until or plan.day), today)
    rows = f"{len(plan.rows)} exercise{'' if len(plan.rows) == 1 else 's'}"
    return f"Saved: {one_line(whose(plan))}, {rows}, until {until}."


def away_lines(away: Sequence[LeftOut], report: PlanReport) -> list[str]:
    """One sentence for each row that will not come as things are."""
    names = {row.row.exercise: row.exercise.name for row in report.rows if row.exercise is not None}
    named = [(names.get(one.exercise) or one_line(one.exercise), one.why) for one in away]
    return [f"Stays away for now: {name} ({why})." for name, why in named]


def plan_json(report: PlanReport) -> dict[str, Any]:
    """The plan in force, for scripts."""
    plan = report.plan
    return {
        "id": plan.id,
        "by": plan.by,
        "for": plan.whom,
        "note": plan.note,
        "since": plan.day,
        "until": plan.until,
        "days_per_week": plan.days_per_week,
        "digest": plan.digest,
        "sessions": report.sessions,
        "rows": [
            {
                "exercise": row.row.exercise,
                "name": row.exercise.name if row.exercise is not None else None,
                "dose": msgspec.to_builtins(row.row.dose),
                "words": said_dose(row.row.dose),
                "note": row.row.note,
                "instead_of": row.row.instead_of,
                "given": row.given,
                "last_given": row.last or None,
                "left_out": row.left_out,
                "last_left_out": {"date": row.left_on, "why": row.why} if row.left_out else None,
                "stays_away": {"code": row.stays_away.code, "why": row.stays_away.why}
                if row.stays_away is not None
                else None,
            }
            for row in report.rows
        ],
    }
