"""What a triage unlocks, until when, and what locks it again (R-A, triage.md b.1-b.4, rulings 2).

``standing`` looks at the records alone; ``pain_reasons`` adds what today's pain forbids. Neither ever opens what the
other closed: a session needs both to be empty. Reasons come in the order A1-A9; the first is the code that is told.

The numbers stand here and not in a data file on purpose: no edited file or cache can move a lock
(docs/decisions/0007-gate-numbers-in-code.md). They are choices of this project unless a source is named.
Days are ISO dates; "since" means later in the file, never later by the clock.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct, field

from backmove.core.days import days_between
from backmove.core.diary import Diary, is_full
from backmove.core.reason import Reason
from backmove.core.record import RULES_VERSION, Check, Done, Seal, Triage
from backmove.core.record import Profile as ProfileChange
from backmove.core.triggers import (
    ASK_FIRST_PAIN,
    leg_reasons,
    long_break,
    new_spell,
    no_gain,
    overload_reasons,
    stale,
    triggers,
    worsening,
)
from backmove.errors import ExitCode

FRESH_TRIAGE_HOURS: Final = 24
REFUSE_PAIN: Final = 9
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


class Standing(Struct, frozen=True):
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


def standing(
    diary: Diary,
    *,
    now: datetime,
    today: str,
    clear_first: Iterable[str] = (),
    locks: Iterable[str] = (),
) -> Standing:
    """What holds today. ``clear_first``: tags that need a clinician's yes (precautions file).

    ``locks``: the dispositions of the locks that stand when all results are replayed; needed when an import
    mixed the answers of two journals (``Diary.mixed``), for the last result may not have known of them.
    ``now`` is aware; ``today`` is the ISO day after ``day_ends``.
    """
    last = diary.last_triage
    if last is None:
        return Standing(reasons=(_no_triage(),), tags=frozenset(diary.profile.precautions))
    reasons = [
        *_result_reasons(last, locks),
        *_shaken(diary),
        *_set_aside(diary),
        *_age_of_result(last, now, today),
        *long_break(diary, today),
        *new_spell(diary),
        *_check_reasons(diary),
        *triggers(diary, today),
        *leg_reasons(diary, today),
        *overload_reasons(diary, today),
        *worsening(diary, today),
        *no_gain(diary, today),
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


_LOCK_WORDS: Final = {
    "EMERGENCY": "Your answers held a sign that needs emergency help. No session until a clinician has seen it.",
    "SAME_DAY": "Your answers held a sign that needs medical advice the same day. No session until it was seen.",
    "CLINICIAN_FIRST": "A doctor, nurse or physio should look at a sign first. Then tell us: backmove triage.",
    "OUT_OF_SCOPE": "backmove is made for adults who answer for themselves.",
}


def _result_reasons(last: Triage, locks: Iterable[str]) -> list[Reason]:
    """The gravest of what the last result says and of what it did not know of, because it came from another journal."""
    found = [*_disposition_reasons(last), *(_held("triage-not-clear", one) for one in locks)]
    return [max(found, key=_weight)] if found else []


def _disposition_reasons(last: Triage) -> list[Reason]:
    """``disposition`` is the highest of the three; a line that was changed by hand may not know that."""
    locking = [one for one in (last.disposition, last.result, last.held_by) if one and one not in _OPEN]
    if not locking and last.unlocked and is_full(last):
        return []
    code = "new-red-flag" if set(last.rules) & DAILY_RULES else "triage-not-clear"
    return [_held(code, one) for one in locking or [last.disposition]]


def _held(code: str, disposition: str) -> Reason:
    text = _LOCK_WORDS.get(disposition, "The safety questions were not answered to the end.")
    return Reason(code, text, _LOCK_CODES.get(disposition, ExitCode.LOCKED))


def _shaken(diary: Diary) -> list[Reason]:
    """What was brought in and taken back opens nothing, and what was asked meanwhile may rest on it."""
    return (
        [stale("An import that held answers to the safety questions was taken back.")] if diary.shaken else []
    )


def _set_aside(diary: Diary) -> list[Reason]:
    """Lines that could not be read were taken out when the journal was mended: one may have held a warning."""
    blind = any(isinstance(record, Seal) and record.blind for record in diary.since_triage)
    return [stale("Lines of your journal were set aside, and one may have held a warning.")] if blind else []


def _age_of_result(last: Triage, now: datetime, today: str) -> list[Reason]:
    if now < datetime.fromisoformat(last.at) or today < last.day:
        return [stale("The clock of this computer is earlier than your last safety questions.")]
    if last.rules_version != RULES_VERSION:
        return [stale("The safety questions have changed since you answered them.")]
    if last.disposition in _OPEN and (last.valid_until is None or today > last.valid_until):
        return [stale("Your last answers to the safety questions have run out.")]
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
    return [max(reasons, key=_weight)] if reasons else []


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
    return last.gentle and (days_between(last.day, today) < GENTLE_DAYS or len(since) < GENTLE_SESSIONS)


def _within(at: str, now: datetime, span: timedelta) -> bool:
    return timedelta(0) <= now - datetime.fromisoformat(at) <= span
