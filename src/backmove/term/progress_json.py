"""The look back for scripts: the figures of ``core/trend.py`` under names that may only grow."""

from typing import Any

from backmove.core.pain_course import PainChange, PainPoint
from backmove.core.periods import Period
from backmove.core.trend import Told, Trend


def progress_json(course: Trend, asked: Period, *, daily: bool) -> dict[str, Any]:
    """Everything that the screen says, and no word of the person but the names of their activities. ``days`` of pain
    only when they were asked for."""
    sessions, walking, engaged = course.sessions, course.walking, course.engagement
    pain = {"change": _change(course.pain), "weeks": [_point(point) for point in course.weeks]}
    days = [{"day": day, "pain": score} for day, score in course.pain_days]
    return {
        "period": {
            "name": None if asked.span is None else str(asked.span),
            "from": course.first_day,
            "to": course.last_day,
            "days": course.days,
        },
        "done": {
            "sessions": {
                "given": sessions.given,
                "done": sessions.done,
                "partly": sessions.partly,
                "stopped": sessions.stopped,
                "minutes": sessions.minutes,
                "minutes_unknown": sessions.unmeasured,
                "days": sessions.days,
            },
            "walking": {"walks": walking.walks, "minutes": walking.minutes, "days": walking.days},
            "levels": [
                {
                    "chain": climb.chain,
                    "from": {"exercise": climb.from_exercise, "step": climb.from_step},
                    "to": {"exercise": climb.to_exercise, "step": climb.to_step},
                    "day": climb.day,
                }
                for climb in course.climbed
            ],
        },
        "again": {
            "checkins": course.checkins,
            "activities": [_told(one) for one in course.activities],
            "measures": [_told(one) for one in course.measures],
        },
        "pain": pain
        | ({"days": days} if daily else {})
        | {
            "mornings": {"days": course.mornings.days, "median": course.mornings.median},
            "flares": [{"from": flare.begun, "to": flare.ended} for flare in course.flares],
        },
        "barriers": [{"word": one.word, "times": one.times} for one in course.barriers],
        "pauses": [
            {"from": p.begun, "to": p.ended, "days_here": p.days, "why": list(p.why), "walked_days": p.walks}
            for p in course.pauses
        ],
        "engagement": {
            "started": engaged.started,
            "last": engaged.last,
            "sessions": engaged.sessions,
            "marks": [
                {"name": mark.name, "day": mark.day, "going": mark.going, "sessions": mark.sessions}
                for mark in engaged.marks
            ],
        },
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "item": told.item,
        "first": told.first,
        "first_day": told.first_day,
        "last": told.last,
        "last_day": told.last_day,
        "times": told.times,
        "gain": told.gain,
        "change": None if told.shift is None else str(told.shift),
    }


def _point(point: PainPoint) -> dict[str, Any]:
    return {"monday": point.first_day, "pain": point.pain, "days": point.days}


def _change(change: PainChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "median": change.median,
        "low": change.low,
        "high": change.high,
        "weeks_told": change.told,
        "weeks": change.stretches,
        "first": change.first,
        "last": change.last,
        "of_weeks": change.ends,
        "change": None if change.shift is None else str(change.shift),
    }
