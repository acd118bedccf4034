"""What forbids a session (R-A, rulings 2.4, 4.2, 4.7), worked out anew from the records, for I2.

``must`` are the codes of conditions that hold by their plain words; ``may`` adds those that hold by the stricter of two
readings. A call is right when it refuses for all of ``must``, and for nothing outside of both.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from backmove.core.diary import Diary
from backmove.core.record import RULES_VERSION, Check, Done, Pain, Triage
from backmove.core.record import Profile as ProfileChange
from life import CLEAR_FIRST, Visit
from story import Story, days_apart, hurt_in, leg_sign_in

OPEN = ("SELF_CARE", "CAREFUL")


def must(visit: Visit, story: Story) -> set[str]:
    diary, today = visit.before, visit.day
    if not diary.triages:
        return {"no-triage"}
    return {
        *_answers(diary.triages[-1], today),
        *_breaks(diary, today),
        *_said_since(diary),
        *_pain(visit),
        *_overloads(diary, story, today),
        *_weeks(diary, today),
    }


def may(visit: Visit) -> set[str]:
    """``leg-further``: on two days, whatever the direction was; ``no-safe-session`` and an unanswered check are no
    matter of the gate."""
    said = [r for r in visit.before.since_triage if isinstance(r, Done | Pain) and r.leg == "further"]
    days = {r.day for r in said}
    return {"no-safe-session", "check-incomplete", *(["leg-further"] if len(days) > 1 else [])}


def full(triage: Triage) -> bool:
    return triage.ended == "finished" and triage.complete and not triage.assumed


def _answers(last: Triage, today: str) -> Iterator[str]:
    if last.disposition not in OPEN or not last.unlocked or not full(last):
        yield "new-red-flag" if {"DC1", "DC3"} & set(last.rules) else "triage-not-clear"
    elif last.valid_until is None or today > last.valid_until or last.rules_version != RULES_VERSION:
        yield "triage-stale"


def _last_full(diary: Diary) -> Triage | None:
    return next((t for t in reversed(diary.triages) if full(t)), None)


def _breaks(diary: Diary, today: str) -> Iterator[str]:
    """A3: four weeks without a session and no questions within seven days; a new spell after four good weeks."""
    last, done = _last_full(diary), [d.day for d in diary.dones if d.status != "stopped"]
    fresh = last is not None and days_apart(last.day, today) <= 7
    if done and days_apart(max(done), today) >= 28 and not fresh:
        yield "triage-stale"
    since = {r.id for r in diary.since_triage}
    free: str | None = None
    for entry in sorted(diary.pains, key=lambda p: datetime.fromisoformat(p.at)):
        if entry.morning and entry.score < 8:
            continue
        if entry.score <= 1:
            free = free or entry.day
            continue
        if free and days_apart(free, entry.day) >= 28 and entry.id in since:
            yield "triage-stale"
        free = None


def _said_since(diary: Diary) -> Iterator[str]:
    """A4, A9: what was said after the last full questionnaire."""
    last = _last_full(diary)
    judged = {span.tag for span in last.tags} if last else set()
    for record in diary.since_triage:
        if isinstance(record, Check) and record.outcome in ("emergency", "full-triage"):
            yield "new-red-flag"
        if isinstance(record, Check) and record.outcome == "too-much-pain":
            yield "pain-too-high"
        if isinstance(record, Done | Pain) and record.leg == "new":
            yield "new-red-flag"
        if isinstance(record, ProfileChange):
            tags = set(record.set.get("precautions", ()))
            if tags & set(CLEAR_FIRST) - judged:
                yield "needs-clearance"


def _pain(visit: Visit) -> Iterator[str]:
    """A5: 9 or more; 8 without clear answers of the last 24 hours; three above the week's median twice."""
    diary, today, last = visit.before, visit.day, visit.before.triages[-1]
    now = max((p.score for p in diary.pains if p.day == today and not p.morning), default=0)
    now = max(now, *(t.pain_now or 0 for t in diary.triages if t.day == today), 0)
    now = max([now, *(s.pain for s in diary.sessions if s.day == today)])
    clear = last.unlocked and full(last) and visit.at - datetime.fromisoformat(last.at) <= timedelta(hours=24)
    since = {r.id for r in diary.since_triage}
    said = sorted(
        (p for p in diary.pains if not p.morning or p.score >= 8), key=lambda p: datetime.fromisoformat(p.at)
    )
    if (
        now >= 9
        or (now == 8 and not clear)
        or any(p.score >= 8 and p.day == today and p.id in since for p in said)
    ):
        yield "pain-too-high"
    for number, (first, second) in enumerate(pairwise(said)):
        base = [p.score for p in said[:number] if 0 <= days_apart(p.day, first.day) <= 7]
        near = second.id in since and days_apart(first.day, second.day) <= 3
        if near and base and min(first.score, second.score) - median(base) >= 3:
            yield "pain-too-high"


def _overloads(diary: Diary, story: Story, today: str) -> Iterator[str]:
    """A6: three in fourteen days since the questions, unless all name one chain and no leg."""
    since = {r.session for r in diary.since_triage if isinstance(r, Done)}
    recent = [
        session
        for session, said in story.taken
        if said == "overload" and session.id in since and session.day < today
        if days_apart(session.day, today) <= 14
    ]
    if len(recent) < 3:
        return
    reports = [story.reports[session.id] for session in recent]
    named = [
        {item.chain or item.exercise for item in session.items if item.exercise in hurt_in(said)}
        for session, said in zip(recent, reports, strict=True)
    ]
    if any(map(leg_sign_in, reports)) or not set.intersection(*named):
        yield "three-overloads"


def _weeks(diary: Diary, today: str) -> Iterator[str]:
    """A7 and F20: two weeks of rise; four weeks without any gain at 4 or more, never looked at."""
    last = _last_full(diary)
    if last is None or days_apart(last.day, today) <= 7:
        return
    said = [p for p in diary.pains if not p.morning or p.score >= 8]
    weeks = [
        [p.score for p in said if 7 * back <= days_apart(p.day, today) < 7 * back + 7] for back in range(4)
    ]
    if all(len(week) >= 2 for week in weeks[:3]):
        now, before, earlier = (median(week) for week in weeks[:3])
        if now - before >= 2 and before - earlier >= 2:
            yield "steady-worsening"
    no_gain = all(len(week) >= 2 for week in weeks) and median(weeks[0]) >= max(4, median(weeks[3]))
    if no_gain and not last.assessed:
        yield "triage-stale"
