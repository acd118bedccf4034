"""``backmove`` alone: the first run, and the day at a glance. The next thing to type is always the last
line."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from backmove.core.overview import Overview
from backmove.core.when import say_day
from backmove.term.clean import columns, one_line, wrap
from backmove.term.walk_view import day_walk_json, day_walk_lines

READABLE: Final = 80
"""Columns of the longest line of prose."""


def first_run_text(number: str, *, known_region: bool, width: int, plain: bool) -> str:
    """What this is, and the offer of the safety questions. ``number``: what to call."""
    own = "" if known_region else " To see only the number of your region: backmove profile set region CODE"
    paragraphs = [
        "It asks about warning signs first. Then it gives you a short session that fits you, "
        "and remembers how it went. Everything stays on this computer.",
        "It gives general information. It cannot examine you, and it can miss serious problems.",
        f"In an emergency call {number}.{own}",
    ]
    title = "exercises for your low back, one day at a time"
    offer = "Next: answer the safety questions, about five minutes"
    if plain:
        return "\n".join([f"backmove: {title}", *paragraphs, f"{offer}: backmove triage"])
    body = [line for paragraph in paragraphs for line in wrap(paragraph, min(width, READABLE))]
    return "\n".join(
        [*wrap(f"backmove · {title}", width), "", *body, "", *_arrow(offer, "backmove triage", width)]
    )


def today_text(day: Overview, names: Mapping[str, str], *, width: int, plain: bool) -> str:
    """What stands, today's session, what was done lately, and the next thing to type. ``names``: exercise names
    by id."""
    hint = [day.reminder.text] if day.reminder else []
    lines = [
        *_lock(day),
        *_session(day, names),
        *day_walk_lines(day.walk),
        *hint,
        *_lately(day),
        *_checkin(day),
        *_triage(day),
    ]
    offer = f"Next session: {_day(day.next_on, day)}" if day.next_on else "Next"
    if plain:
        return "\n".join([*lines, f"{offer}: {day.next_command}"])
    shown = [part for line in lines for part in wrap(line, width)]
    return "\n".join([*shown, "", *_arrow(offer, day.next_command, width)])


def today_json(day: Overview) -> dict[str, Any]:
    """The same for scripts."""
    session = day.session
    return {
        "date": day.today,
        "first_run": day.first_run,
        "open": day.standing.open,
        "reasons": [{"code": r.code, "text": r.text} for r in day.standing.reasons],
        "disposition": day.standing.disposition,
        "valid_until": day.standing.valid_until,
        "book_by": day.standing.book_by,
        "session": None
        if session is None
        else {
            "id": session.id,
            "exercises": [item.exercise for item in session.items],
            "estimated_s": session.estimated_s,
            "outings": list(session.outings),
            "report": None if day.report is None else day.report.status,
        },
        "sessions_last_7_days": day.sessions_lately,
        "last_done": day.last_done,
        "walked_this_week": {"minutes": day.walked[0], "days": day.walked[1]},
        "walk": day_walk_json(day.walk),
        "reminder": {"code": day.reminder.code, "text": day.reminder.text} if day.reminder else None,
        "checkin_due": day.checkin,
        "next": {"command": day.next_command, "date": day.next_on},
    }


def _arrow(offer: str, command: str, width: int) -> list[str]:
    line = f"{offer} →  {command}"
    return [line] if columns(line) <= width else [*wrap(offer, width), f"→  {command}"]


def _lock(day: Overview) -> list[str]:
    return [reason.text for reason in day.standing.reasons[:1]]


def _session(day: Overview, names: Mapping[str, str]) -> list[str]:
    if day.session is None:
        return []
    main = [item.exercise for item in day.session.items if item.block == "main"]
    rows = [one_line(names.get(row, row)) for row in main]
    shown = ", ".join(row[:1].lower() + row[1:] for row in rows)
    said = {"done": "done", "partly": "partly done", "stopped": "stopped"}
    state = f" · {said[day.report.status]}" if day.report else ""
    lines = [f"Today: {shown} · {-(-day.session.estimated_s // 60)} min{state}"]
    if day.report is None and day.standing.open:
        lines.append("When you have done it: backmove done")
    return lines


def _lately(day: Overview) -> list[str]:
    lines = []
    if day.sessions_lately:
        plural = "session" if day.sessions_lately == 1 else "sessions"
        lines.append(f"Last 7 days: {day.sessions_lately} {plural}, the last {_on(day.last_done, day)}")
    elif day.last_done:
        lines.append(f"Last session: {_on(day.last_done, day)}. Good to see you again.")
    minutes, days = day.walked
    if minutes and not (day.walk and day.walk.due):
        lines.append(f"Walked this week: {minutes} min on {days} day{'' if days == 1 else 's'}")
    return lines


def _checkin(day: Overview) -> list[str]:
    return ["How was your week? A few short questions, if you like: backmove checkin"] if day.checkin else []


def _triage(day: Overview) -> list[str]:
    lines = []
    if day.standing.open and day.standing.valid_until:
        lines.append(f"Safety questions: valid until {_day(day.standing.valid_until, day)}")
    if day.standing.book_by:
        lines.append(f"See a doctor, nurse or physio by {_day(day.standing.book_by, day)}")
    return lines


def _on(day: str | None, view: Overview) -> str:
    if day == view.today:
        return "today"
    return f"on {_day(day, view)}"


def _day(day: str | None, view: Overview) -> str:
    return say_day(date.fromisoformat(day or view.today), date.fromisoformat(view.today))
