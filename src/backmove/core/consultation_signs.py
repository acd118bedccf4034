"""Warning signs for a consultation: what the questions found and when, what was checked, and what locks now.

Nothing is judged anew here: results, rules and locks are those of the records. Private answers are not kept, so a sign
is told in the words of its rule.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.locks import standing_locks
from backmove.core.questionnaire import RANK, Questionnaire
from backmove.core.record import Check, Clearance, Disposition, Triage
from backmove.errors import ExitCode

Urgent = Literal["EMERGENCY", "SAME_DAY"]
OTHER: Final = "a sign that this version does not know"
_LOCKS: Final = RANK["CLINICIAN_FIRST"]
_URGENT: Final[Mapping[ExitCode, Urgent]] = {ExitCode.EMERGENCY: "EMERGENCY", ExitCode.SAME_DAY: "SAME_DAY"}


class Fired(Struct, frozen=True):
    """A rule that fired: its id, and its sign in plain words (it completes "I have back pain and ...")."""

    rule: str
    sign: str


class Answered(Struct, frozen=True):
    """The questions were answered on a day. ``result`` is what these answers say by themselves, ``disposition`` what
    stood after earlier locks. ``weak``: signs that act only in company. ``missing``: questions without an answer;
    ``unsure``: how many were "not sure"."""

    day: str
    disposition: Disposition
    result: Disposition
    ended: Literal["finished", "emergency", "broken-off"]
    fired: tuple[Fired, ...]
    weak: tuple[str, ...]
    missing: int
    unsure: int
    assumed: bool
    wrongly: bool
    valid_until: str | None
    book_by: str | None
    rules_version: str


class Checked(Struct, frozen=True):
    """A clinician has looked, as the person says: who, when, at what."""

    told_on: str
    who: str
    day: str
    fired: tuple[Fired, ...]


class DailyYes(Struct, frozen=True):
    """A daily check that was not five times no. ``yes`` and ``unsure``: ids of its questions (dc1-dc5)."""

    day: str
    outcome: str
    yes: tuple[str, ...]
    unsure: tuple[str, ...]


class Locked(Struct, frozen=True):
    """A sign that still locks the sessions, since the day on which it was told last."""

    rule: str
    sign: str
    disposition: Disposition
    day: str


class WarningSigns(Struct, frozen=True):
    """``answered``: the runs of the period and every earlier one that told of a sign to be looked at, oldest first;
    the last run is always there. ``urgent``: what stands today must not wait for a visit. ``reasons``: why no session
    is given today, in the program's words."""

    answered: tuple[Answered, ...]
    checked: tuple[Checked, ...]
    daily: tuple[DailyYes, ...]
    locks: tuple[Locked, ...]
    open: bool
    urgent: Urgent | None
    reasons: tuple[str, ...]
    valid_until: str | None


def warning_signs(
    diary: Diary, q: Questionnaire, standing: Standing, first_day: str, last_day: str
) -> WarningSigns:
    """What a clinician should know of the warning signs. The days are the period, both included."""
    runs = [t for t in diary.triages if t.day <= last_day]
    told = [t for t in runs if t.day >= first_day or _is_grave(t) or t is runs[-1]]
    checks = [c for c in diary.checks if first_day <= c.day <= last_day and c.outcome != "open"]
    codes = {reason.exit_code for reason in standing.reasons}
    urgent = next((word for code, word in _URGENT.items() if code in codes), None)
    return WarningSigns(
        answered=tuple(_answered(q, run) for run in told),
        checked=tuple(_checked(q, c) for c in diary.clearances if c.day <= last_day),
        daily=tuple(_daily(check) for check in checks),
        locks=tuple(
            Locked(lock.rule, sign_of(q, lock.rule), lock.disposition, lock.day.isoformat())
            for lock in sorted(standing_locks(q, diary.triages), key=lambda lock: -RANK[lock.disposition])
        ),
        open=standing.open,
        urgent=urgent,
        reasons=tuple(reason.text for reason in standing.reasons),
        valid_until=standing.valid_until,
    )


def sign_of(q: Questionnaire, rule: str) -> str:
    """The sign of a rule, of a daily check or of a precaution that was asked about, in plain words."""
    known = q.rules.get(rule)
    return known.sign if known else q.daily_locks.get(rule, OTHER)


def _is_grave(run: Triage) -> bool:
    return RANK[run.result] >= _LOCKS


def _answered(q: Questionnaire, run: Triage) -> Answered:
    return Answered(
        day=run.day,
        disposition=run.disposition,
        result=run.result,
        ended=run.ended,
        fired=_fired(q, run.rules),
        weak=tuple(q.weak_points[w].sign if w in q.weak_points else OTHER for w in run.weak_points),
        missing=len(run.missing),
        unsure=run.unsure,
        assumed=run.assumed,
        wrongly=run.wrongly,
        valid_until=run.valid_until,
        book_by=run.book_by,
        rules_version=run.rules_version,
    )


def _fired(q: Questionnaire, rules: Iterable[str]) -> tuple[Fired, ...]:
    """The gravest first."""

    def weight(rule: str) -> int:
        return -RANK[q.rules[rule].disposition] if rule in q.rules else -max(RANK.values())

    return tuple(Fired(rule, sign_of(q, rule)) for rule in sorted(rules, key=weight))


def _checked(q: Questionnaire, clearance: Clearance) -> Checked:
    """Signs that a clearance names; a precaution is named by its tag."""
    fired = [Fired(rule, rule if rule in q.clearable_tags else sign_of(q, rule)) for rule in clearance.rules]
    return Checked(clearance.day, clearance.who, clearance.date, tuple(fired))


def _daily(check: Check) -> DailyYes:
    def said(word: str) -> tuple[str, ...]:
        return tuple(question for question, answer in check.answers.items() if answer == word)

    return DailyYes(check.day, check.outcome, said("y"), said("u"))
