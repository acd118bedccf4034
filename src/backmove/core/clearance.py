"""What a triage unlocks, until when, and what locks it again (R-A, triage.md b.1-b.4, rulings 2).

``standing`` looks at the records alone; ``pain_reasons`` adds what today's pain forbids. Neither ever opens what the
other closed: a session needs both to be empty. Reasons come in the order A1-A9; the first is the code that is told.

The numbers stand here and not in a data file on purpose: no edited file or cache can move a lock
(docs/decisions/0007-gate-numbers-in-code.md). They are choices of this project unless a source is named.
Days are ISO dates; "since" means later in the file, never later by the clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from backmove.core.diary import Diary, is_full
from backmove.core.record import RULES_VERSION, Check, Done, Pain, Triage
from backmove.core.record import Profile as ProfileChange
from backmove.errors import ExitCode

BREAK_DAYS: Final = 28
"""A3: so long without a session, and the questions come first (a choice of practice)."""
FRESH_TRIAGE_DAYS: Final = 7
FRESH_TRIAGE_HOURS: Final = 24
PAIN_FREE_DAYS: Final = 28
"""A month free of pain ends a spell. Source: de Vet 2002, Stanton 2009 and 2011 (one month)."""
PAIN_FREE_MAX: Final = 1
NEW_SPELL_MIN: Final = 2
REFUSE_PAIN: Final = 9
ASK_FIRST_PAIN: Final = 8
JUMP: Final = 3
"""d >= 3 on two entries in a row, at most three days apart, against the median of the seven days before."""
JUMP_APART_DAYS: Final = 3
BASE_DAYS: Final = 7
OVERLOADS: Final = 3
OVERLOAD_DAYS: Final = 14
OVERLOAD_PEAK: Final = 6
"""More than 5 during exercise is too much. Source: the pain-monitoring model (Thomee 1997, Silbernagel 2007)."""
MORNING_RISE: Final = 3
WORSENING: Final = 2
"""A real change on the 0-10 scale. Source: Ostelo 2008."""
ENTRIES_A_WEEK: Final = 2
NO_GAIN_WEEKS: Final = 4
NO_GAIN_MIN: Final = 4
LEG_DAYS: Final = 7
GENTLE_DAYS: Final = 7
GENTLE_SESSIONS: Final = 2

_OPEN: Final = ("SELF_CARE", "CAREFUL")
_LOCK_CODES: Final = {"EMERGENCY": ExitCode.EMERGENCY, "SAME_DAY": ExitCode.SAME_DAY}
TAG_RULES: Final = frozenset(
    {"P-age", "P-tags", "P-osteo", "P-preg", "P-post", "P-surg", "P-leg", "P-base", "P-old"}
)
"""Rules whose whole effect is age or a tag: they act through features and add no level cap (rulings 3.2)."""

ASK_AGAIN: Final = "Next: backmove triage"
DAILY_RULES: Final = frozenset({"DC1", "DC3"})
"""What stands under ``rules`` of a lock that a daily check set (DC1, or chest and fainting in DC3)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why no session may be given: its code (interface 3), the words, and the exit code."""

    code: str
    text: str
    exit_code: ExitCode = ExitCode.LOCKED


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records say about today, before pain is asked.

    ``reasons``: why there is no session (empty: one may be given). ``tags``: every precaution that holds today, from
    triage and profile. ``careful``: the result is CAREFUL for a rule other than age and the tags (D5, rulings 3.2).
    ``gentle``: only a gentle session. ``fresh``: a full triage that opens is at most 24 hours old. ``age``: years.
    """

    reasons: tuple[Reason, ...] = ()
    disposition: str | None = None
    valid_until: str | None = None
    book_by: str | None = None
    triage_at: str | None = None
    tags: frozenset[str] = field(default=frozenset())
    careful: bool = False
    gentle: bool = False
    fresh: bool = False
    age: int | None = None

    @property
    def open(self) -> bool:
        return not self.reasons


def standing(diary: Diary, *, now: datetime, today: str, clear_first: Iterable[str] = ()) -> Standing:
    """What holds today. ``clear_first``: tags that need a clinician's yes (precautions file).

    ``now`` is aware; ``today`` is the ISO day after ``day_ends``.
    """
    last = diary.last_triage
    if last is None:
        return Standing(reasons=(_no_triage(),), tags=frozenset(diary.profile.precautions))
    reasons = [
        *_disposition_reasons(last),
        *_age_of_result(last, now, today),
        *_long_break(diary, today),
        *_new_spell(diary),
        *_check_reasons(diary),
        *triggers(diary, today),
        *_leg_reasons(diary, today),
        *_overload_reasons(diary, today),
        *_worsening(diary, today),
        *_no_gain(diary, today),
        *_uncleared_tags(diary, clear_first),
    ]
    return Standing(
        reasons=tuple(sorted(reasons, key=lambda r: (-_weight(r), _ORDER.index(r.code)))),
        disposition=last.disposition,
        valid_until=last.valid_until,
        book_by=last.book_by,
        triage_at=last.at,
        tags=_tags(last, diary, today),
        careful=last.disposition == "CAREFUL" and not TAG_RULES.issuperset(last.rules),
        gentle=_gentle(diary, last, today),
        fresh=is_full(last) and last.unlocked and _within(last.at, now, timedelta(hours=FRESH_TRIAGE_HOURS)),
        age=last.age,
    )


_ORDER: Final = (
    "no-triage",
    "triage-not-clear",
    "triage-stale",
    "check-incomplete",
    "new-red-flag",
    "pain-too-high",
    "three-overloads",
    "steady-worsening",
    "leg-further",
    "needs-clearance",
    "no-safe-session",
)


def _weight(reason: Reason) -> int:
    """An emergency is told before anything else, whatever its letter."""
    return {ExitCode.EMERGENCY: 2, ExitCode.SAME_DAY: 1}.get(reason.exit_code, 0)


def pain_reasons(diary: Diary, standing: Standing, pain: int, today: str) -> tuple[Reason, ...]:
    """A5: what today's pain (0-10) forbids. 8 needs a clear triage of the last 24 hours; 9 and 10 wait."""
    if pain >= REFUSE_PAIN:
        return (
            Reason(
                "pain-too-high",
                "Pain this strong needs rest and a look at the cause, not a session. " + _HELP,
            ),
        )
    if pain >= ASK_FIRST_PAIN and not standing.fresh:
        return (
            Reason("pain-too-high", "At pain 8 the safety questions come first. Answer them again today."),
        )
    return ()


_HELP: Final = "Answer the safety questions again. If nothing eases it, get medical advice today."


def _no_triage() -> Reason:
    return Reason("no-triage", "The safety questions come first. They take about five minutes.")


def _disposition_reasons(last: Triage) -> list[Reason]:
    if last.disposition in _OPEN and last.unlocked and is_full(last):
        return []
    words = {
        "EMERGENCY": "Your answers held a sign that needs emergency help. No session until a clinician has seen it.",
        "SAME_DAY": "Your answers held a sign that needs medical advice the same day. No session until it was seen.",
        "CLINICIAN_FIRST": "A doctor, nurse or physio should look at a sign first. Then tell us: backmove triage.",
        "OUT_OF_SCOPE": "backmove is made for adults who answer for themselves.",
    }
    text = words.get(last.disposition, "The safety questions were not answered to the end.")
    code = "new-red-flag" if set(last.rules) & DAILY_RULES else "triage-not-clear"
    return [Reason(code, text, _LOCK_CODES.get(last.disposition, ExitCode.LOCKED))]


def _age_of_result(last: Triage, now: datetime, today: str) -> list[Reason]:
    if now < datetime.fromisoformat(last.at) or today < last.day:
        return [_stale("The clock of this computer is earlier than your last safety questions.")]
    if last.rules_version != RULES_VERSION:
        return [_stale("The safety questions have changed since you answered them.")]
    if last.disposition in _OPEN and (last.valid_until is None or today > last.valid_until):
        return [_stale("Your last answers to the safety questions have run out.")]
    return []


def _stale(text: str) -> Reason:
    return Reason("triage-stale", f"{text} Answer them again, about five minutes.")


def _long_break(diary: Diary, today: str) -> list[Reason]:
    """A3: back after a long break."""
    days = [d.day for d in diary.dones if d.status != "stopped"]
    if days and _days(max(days), today) >= BREAK_DAYS and not _full_within(diary, today, FRESH_TRIAGE_DAYS):
        return [_stale("Welcome back. After four weeks or more the safety questions come first.")]
    return []


def _new_spell(diary: Diary) -> list[Reason]:
    """A3: pain again after four pain-free weeks (rulings 4.7)."""
    fresh = {p.id for p in diary.fresh_alarms}
    free_since: str | None = None
    for entry in diary.alarms:
        if entry.score <= PAIN_FREE_MAX:
            free_since = free_since or entry.day
            continue
        long_free = free_since is not None and _days(free_since, entry.day) >= PAIN_FREE_DAYS
        free_since = None
        if long_free and entry.id in fresh and entry.score >= NEW_SPELL_MIN:
            return [
                _stale("Pain is back after four good weeks: a new spell starts with the safety questions.")
            ]
    return []


def _check_reasons(diary: Diary) -> list[Reason]:
    """A4: a yes in a daily check locks until a full triage after it; a later no opens nothing (rulings 2.2)."""
    reasons = []
    for check in diary.since_triage:
        if not isinstance(check, Check):
            continue
        if check.outcome == "emergency":
            text = (
                "You told us of a sign that needs emergency help. No session until a clinician has seen it."
            )
            reasons.append(Reason("new-red-flag", text, ExitCode.EMERGENCY))
        elif check.outcome == "full-triage":
            reasons.append(
                Reason("new-red-flag", "You told us of something new. The full safety questions come first.")
            )
        elif check.outcome == "too-much-pain":
            text = (
                "You told us that pain is much worse than your normal. The full safety questions come first."
            )
            reasons.append(Reason("pain-too-high", text))
    return reasons[:1] if not reasons else [max(reasons, key=_weight)]


def triggers(diary: Diary, today: str) -> tuple[Reason, ...]:
    """Pain entries since the last full triage that ask for a new one (rulings 2.4): 8 or more today, or a jump."""
    reasons = []
    if any(p.score >= ASK_FIRST_PAIN and p.day == today for p in diary.fresh_alarms):
        reasons.append(
            Reason(
                "pain-too-high", "Pain of 8 or more today: answer the safety questions before any session."
            )
        )
    elif _jump(diary.alarms, {p.id for p in diary.fresh_alarms}):
        reasons.append(
            Reason(
                "pain-too-high", "Pain went up by 3 or more and stayed up: the safety questions come first."
            )
        )
    return tuple(reasons)


def _jump(entries: Sequence[Pain], fresh: set[str]) -> bool:
    for i in range(1, len(entries)):
        first, second = entries[i - 1], entries[i]
        if second.id not in fresh or not 0 <= _days(first.day, second.day) <= JUMP_APART_DAYS:
            continue
        base = [p.score for p in entries[: i - 1] if 0 <= _days(p.day, first.day) <= BASE_DAYS]
        if base and min(first.score, second.score) - median(base) >= JUMP:
            return True
    return False


def _leg_reasons(diary: Diary, today: str) -> list[Reason]:
    """A4 and A8: new weakness or numbness; pain going further down the leg on two days of one week.

    Which direction of movement did it is not yet recorded, so any two days count: the stricter reading.
    """
    said = diary.fresh_legs
    if any(leg == "new" for _, leg in said):
        text = "You told us of new weakness or numbness in a leg. The full safety questions come first."
        return [Reason("new-red-flag", text)]
    further = sorted({day for day, leg in said if leg == "further"})
    if any(_days(a, b) <= LEG_DAYS for a, b in pairwise(further)):
        text = "Pain went further down the leg on two days. Answer the safety questions, and show it to a clinician."
        return [Reason("leg-further", text)]
    return []


def _overload_reasons(diary: Diary, today: str) -> list[Reason]:
    """A6: three sessions that were too much within 14 days."""
    days = [d.day for d in diary.since_triage if isinstance(d, Done) and _overload(d, diary)]
    recent = [day for day in days if 0 <= _days(day, today) <= OVERLOAD_DAYS]
    if len(recent) >= OVERLOADS:
        text = "Three sessions in two weeks were too much. Let a physio or doctor look, then answer again."
        return [Reason("three-overloads", text)]
    return []


def _overload(done: Done, diary: Diary) -> bool:
    """F4 as far as one report shows it: peak over 5, stopped for pain or leg, leg further or new, a bad morning."""
    if (done.peak or 0) >= OVERLOAD_PEAK or done.leg in ("further", "new"):
        return True
    if done.status == "stopped" and done.reason in ("pain", "leg"):
        return True
    given = next((s for s in diary.sessions if s.id == done.session), None)
    if given is None:
        return False
    morning = [p.score for p in diary.pains if p.morning and _days(given.day, p.day) == 1]
    return bool(morning) and max(morning) >= given.pain + MORNING_RISE


def _week(diary: Diary, today: str, back: int) -> list[int]:
    """Pain scores of the seven days that end ``back`` weeks before today."""
    return [p.score for p in diary.alarms if 7 * back <= _days(p.day, today) < 7 * (back + 1)]


def _worsening(diary: Diary, today: str) -> list[Reason]:
    """A7: the week's median up by a real change, two weeks running; at least two entries in each week."""
    weeks = [_week(diary, today, back) for back in range(3)]
    if any(len(week) < ENTRIES_A_WEEK for week in weeks) or _full_within(diary, today, FRESH_TRIAGE_DAYS):
        return []
    now, before, earlier = (median(week) for week in weeks)
    if now - before >= WORSENING and before - earlier >= WORSENING:
        text = "Pain has gone up for two weeks running. Answer the safety questions, and book a clinician."
        return [Reason("steady-worsening", text)]
    return []


def _no_gain(diary: Diary, today: str) -> list[Reason]:
    """triage.md b.3, F20: four weeks of use without any gain, never looked at by a clinician."""
    last = diary.full_triage
    weeks = [_week(diary, today, back) for back in range(NO_GAIN_WEEKS)]
    if last is None or last.assessed or any(len(week) < ENTRIES_A_WEEK for week in weeks):
        return []
    if _full_within(diary, today, FRESH_TRIAGE_DAYS) or median(weeks[0]) < NO_GAIN_MIN:
        return []
    if median(weeks[0]) >= median(weeks[-1]):
        return [_stale("Four weeks without a change: book a clinician, so that someone looks at the cause.")]
    return []


def _uncleared_tags(diary: Diary, clear_first: Iterable[str]) -> list[Reason]:
    """A9: a precaution that needs a clinician's yes was added after the last full triage."""
    judged = {span.tag for span in diary.full_triage.tags} if diary.full_triage else set()
    needed = set(clear_first) - judged
    for record in diary.since_triage:
        if isinstance(record, ProfileChange) and needed & set(record.set.get("precautions", ())):
            text = "A precaution in your profile needs a clinician's yes first. Answer the safety questions again."
            return [Reason("needs-clearance", text)]
    return []


def _tags(last: Triage, diary: Diary, today: str) -> frozenset[str]:
    held = (t.tag for t in last.tags if (t.since or today) <= today <= (t.until or today))
    return frozenset(diary.profile.precautions) | frozenset(held)


def _gentle(diary: Diary, last: Triage, today: str) -> bool:
    """Gentle until seven days and at least two sessions have passed, or for the day (rulings 1.14)."""
    checks = [c for c in diary.checks if c.day == today]
    if any(c.outcome != "open" for c in checks):
        return True
    since = [d for d in diary.since_triage if isinstance(d, Done) and d.status != "stopped"]
    return last.gentle and (_days(last.day, today) < GENTLE_DAYS or len(since) < GENTLE_SESSIONS)


def median(scores: Iterable[int]) -> float:
    """The middle score. Our own: ``statistics`` loads fractions and decimals, 3 ms of every ``log``."""
    ranked = sorted(scores)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def _full_within(diary: Diary, today: str, days: int) -> bool:
    last = diary.full_triage
    return last is not None and _days(last.day, today) <= days


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _within(at: str, now: datetime, span: timedelta) -> bool:
    return timedelta(0) <= now - datetime.fromisoformat(at) <= span
