"""What the diary itself asks a new full triage for: jumps of pain, a new spell, long breaks, overloads, no gain.

Each function looks at records only and gives no reason or the reasons that hold (R-A A3-A8, rulings 2.4).
"Since" means later in the file, never later by the clock; days are ISO dates. The numbers stand in code on purpose:
docs/decisions/0007-gate-numbers-in-code.md. They are choices of this project unless a source is named.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.further import further_days
from backmove.core.reason import Reason
from backmove.core.record import Done, Pain
from backmove.core.response import Response, Visit, too_much, visits_of

BREAK_DAYS: Final = 28
"""A3: so long without a session, and the questions come first (a choice of practice)."""
FRESH_TRIAGE_DAYS: Final = 7
PAIN_FREE_DAYS: Final = 28
"""A month free of pain ends a spell. Source: de Vet 2002, Stanton 2009 and 2011 (one month)."""
PAIN_FREE_MAX: Final = 1
NEW_SPELL_MIN: Final = 2
ASK_FIRST_PAIN: Final = 8
JUMP: Final = 3
"""d >= 3 on two entries in a row, at most three days apart, against the median of the seven days before."""
JUMP_APART_DAYS: Final = 3
BASE_DAYS: Final = 7
OVERLOADS: Final = 3
OVERLOAD_DAYS: Final = 14
WORSENING: Final = 2
"""A real change on the 0-10 scale. Source: Ostelo 2008."""
ENTRIES_A_WEEK: Final = 2
NO_GAIN_WEEKS: Final = 4
NO_GAIN_MIN: Final = 4
LEG_DAYS: Final = 7


def long_break(diary: Diary, today: str) -> list[Reason]:
    """A3: back after a long break."""
    days = [d.day for d in diary.dones if d.status != "stopped"]
    if (
        days
        and days_between(max(days), today) >= BREAK_DAYS
        and not _full_within(diary, today, FRESH_TRIAGE_DAYS)
    ):
        return [stale("Welcome back. After four weeks or more the safety questions come first.")]
    return []


def new_spell(diary: Diary) -> list[Reason]:
    """A3: pain again after four pain-free weeks (rulings 4.7)."""
    fresh = {p.id for p in diary.fresh_heard}
    free_since: str | None = None
    for entry in diary.alarms:
        if entry.score <= PAIN_FREE_MAX:
            free_since = free_since or entry.day
            continue
        long_free = free_since is not None and days_between(free_since, entry.day) >= PAIN_FREE_DAYS
        free_since = None
        if long_free and entry.id in fresh and entry.score >= NEW_SPELL_MIN:
            return [
                stale("Pain is back after four good weeks: a new spell starts with the safety questions.")
            ]
    return []


def triggers(diary: Diary, today: str) -> tuple[Reason, ...]:
    """Pain entries since the last full triage that ask for a new one (rulings 2.4): 8 or more today, or a jump."""
    reasons = []
    if any(p.score >= ASK_FIRST_PAIN and p.day == today for p in diary.fresh_heard):
        reasons.append(
            Reason(
                "pain-too-high", "Pain of 8 or more today: answer the safety questions before any session."
            )
        )
    elif _jump(diary.alarms, {p.id for p in diary.fresh_heard}):
        reasons.append(
            Reason(
                "pain-too-high", "Pain went up by 3 or more and stayed up: the safety questions come first."
            )
        )
    return tuple(reasons)


def _jump(entries: Sequence[Pain], fresh: set[str]) -> bool:
    by_day: dict[str, list[tuple[int, int]]] = {}
    if not fresh:
        return False
    for place, entry in enumerate(entries):
        by_day.setdefault(entry.day, []).append((place, entry.score))
    for i in range(1, len(entries)):
        first, second = entries[i - 1], entries[i]
        if second.id not in fresh or not 0 <= days_between(first.day, second.day) <= JUMP_APART_DAYS:
            continue
        days = (days_after(first.day, -back) for back in range(BASE_DAYS + 1))
        base = [score for day in days for place, score in by_day.get(day, ()) if place < i - 1]
        if base and min(first.score, second.score) - median(base) >= JUMP:
            return True
    return False


def leg_reasons(diary: Diary, today: str) -> list[Reason]:
    """A4 and A8: new weakness or numbness; pain going further down the leg with two ways of moving within a week.

    A word that names no way of moving counts as both: the stricter reading.
    """
    if any(leg == "new" for _, leg in diary.fresh_legs):
        text = "You told us of new weakness or numbness in a leg. The full safety questions come first."
        return [Reason("new-red-flag", text)]
    pairs = combinations(further_days(diary), 2)
    if any(days_between(a.day, b.day) <= LEG_DAYS and len(a.ways | b.ways) > 1 for a, b in pairs):
        text = (
            "Pain went further down the leg twice. Answer the safety questions, and show it to a clinician."
        )
        return [Reason("leg-further", text)]
    return []


def overload_reasons(diary: Diary, today: str) -> list[Reason]:
    """A6: three sessions that were too much within 14 days, unless one chain alone is at fault: that one rests then
    (rulings 4.2)."""
    fresh = [d for d in diary.since_triage if isinstance(d, Done)]
    if len(fresh) < OVERLOADS:
        return []
    named = {d.session for d in fresh}
    recent = [v for v in overloads(visits_of(diary, today), today) if v.session.id in named]
    known = {session.id for session in diary.sessions}
    alone = [d for d in fresh if d.session not in known and too_much(d) and _is_recent(d.day, today)]
    if len(recent) + len(alone) >= OVERLOADS and (alone or not chain_at_fault(recent)):
        text = "Three sessions in two weeks were too much. Let a physio or doctor look, then answer again."
        return [Reason("three-overloads", text)]
    return []


def overloads(visits: Iterable[Visit], today: str) -> list[Visit]:
    """The sessions that were too much within the last 14 days."""
    return [v for v in visits if v.response is Response.OVERLOAD and _is_recent(v.day, today)]


def _is_recent(day: str, today: str) -> bool:
    return 0 <= days_between(day, today) <= OVERLOAD_DAYS


def chain_at_fault(visits: Sequence[Visit]) -> frozenset[str]:
    """The chains that every one of these sessions named, without any sign in the leg."""
    if not visits or any(v.leg_sign for v in visits):
        return frozenset()
    return frozenset.intersection(*(v.faulty_chains for v in visits))


def _week(diary: Diary, today: str, back: int) -> list[int]:
    """Pain scores of the seven days that end ``back`` weeks before today."""
    before, last = days_after(today, -7 * (back + 1)), days_after(today, -7 * back)
    return [p.score for p in diary.heard if before < p.day <= last]


def worsening(diary: Diary, today: str) -> list[Reason]:
    """A7: the week's median up by a real change, two weeks running; at least two entries in each week."""
    weeks = [_week(diary, today, back) for back in range(3)]
    if any(len(week) < ENTRIES_A_WEEK for week in weeks) or _full_within(diary, today, FRESH_TRIAGE_DAYS):
        return []
    now, before, earlier = (median(week) for week in weeks)
    if now - before >= WORSENING and before - earlier >= WORSENING:
        text = "Pain has gone up for two weeks running. Answer the safety questions, and book a clinician."
        return [Reason("steady-worsening", text)]
    return []


def no_gain(diary: Diary, today: str) -> list[Reason]:
    """triage.md b.3, F20: four weeks of use without any gain, never looked at by a clinician."""
    last = diary.full_triage
    weeks = [_week(diary, today, back) for back in range(NO_GAIN_WEEKS)]
    if last is None or last.assessed or any(len(week) < ENTRIES_A_WEEK for week in weeks):
        return []
    if _full_within(diary, today, FRESH_TRIAGE_DAYS) or median(weeks[0]) < NO_GAIN_MIN:
        return []
    if median(weeks[0]) >= median(weeks[-1]):
        return [stale("Four weeks without a change: book a clinician, so that someone looks at the cause.")]
    return []


def median(scores: Iterable[int]) -> float:
    """The middle score. Our own: ``statistics`` loads fractions and decimals, 3 ms of every ``log``."""
    ranked = sorted(scores)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def _full_within(diary: Diary, today: str, days: int) -> bool:
    last = diary.full_triage
    return last is not None and days_between(last.day, today) <= days


def stale(text: str) -> Reason:
    """The answers to the safety questions no longer stand; ``text`` says why."""
    return Reason("triage-stale", f"{text} Answer them again, about five minutes.")
