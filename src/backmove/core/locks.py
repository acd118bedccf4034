"""Locks over time: what earlier results still hold, what lifts them, and the record of a result.

A result of CLINICIAN_FIRST or above leaves a lock for each of its rules. A lock is lifted (triage.md f.7,
rulings 1.11, 1.12, 1.20):
- by a clearance that names the rule, when the sign is gone or was cleared in this very run;
- EMERGENCY and SAME_DAY: by two clean full runs at least 24 hours apart, "I answered wrongly" said both
  times;
- CLINICIAN_FIRST: by one clean full run at least 24 hours after it; some rules only by a clearance
  (``Rule.rerun``). Any lift makes the sessions gentle. Runs with assumed answers lock and never lift; a run
  that was broken off keeps its locks and counts for nothing else. Order is that of the journal; a clock that
  was set back lifts nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.assess import Assessment, TagDays, named_rules
from backmove.core.condition import Answers
from backmove.core.questionnaire import RANK, Claim, Questionnaire, highest
from backmove.core.record import RULES_VERSION, Disposition, TagSpan, Triage

RERUN: Final = timedelta(hours=24)
_LOCKS: Final = RANK["CLINICIAN_FIRST"]
_BOOK_DAYS: Final[Mapping[Disposition, int]] = {"SAME_DAY": 0, "CLINICIAN_FIRST": 7}
_YEARS_APART: Final = 2


class Lock(Struct, frozen=True):
    """One rule that locks: its disposition, the moment it fired last, and the day of that."""

    rule: str
    disposition: Disposition
    since: datetime
    day: date


class Held(Struct, frozen=True):
    """A result after the earlier locks. ``held_by``: the lock that outranks the run's own result.

    ``locks``: what still locks, this run included. ``lifted``: rules whose lock this run lifted;
    ``by_claim`` those of them (and of this run) that a clearance took. ``gentle``: sessions begin gentle
    because of it.
    """

    disposition: Disposition
    held_by: Disposition | None
    gentle: bool
    locks: tuple[Lock, ...]
    lifted: tuple[str, ...]
    by_claim: tuple[str, ...]


class _Run(Struct, frozen=True):
    """What a run means to the locks."""

    at: datetime
    day: date
    locking: Mapping[str, Disposition]
    clean: bool
    wrongly: bool
    cleared: frozenset[str]


class _State(Struct, frozen=True):
    locks: tuple[Lock, ...] = ()
    clean_runs: tuple[_Run, ...] = ()


def hold(
    q: Questionnaire,
    previous: Sequence[Triage],
    new: Assessment,
    at: datetime,
    *,
    day: date,
    wrongly: bool = False,
    claim: Claim | None = None,
) -> Held:
    """What stands after this run. ``previous`` are all earlier triage records in file order.

    ``wrongly``: the person says that the earlier answers were given by mistake; an answer file never does.
    ``day`` is the local day of the run. Someone else's answers are never brought here.
    """
    before = _State()
    for record in previous:
        before = _after(q, before, record)
    claimed = _lifted_by_claim(q, before.locks, claim, day)
    run = _Run(
        at=at,
        day=day,
        locking={} if RANK[new.disposition] < _LOCKS else _locking(q, new.rules, new.disposition),
        clean=new.complete and new.opens,
        wrongly=wrongly,
        cleared=frozenset(new.cleared) | claimed,
    )
    after = _step(q, before, run)
    standing = highest(lock.disposition for lock in after.locks)
    lifted = tuple(lock.rule for lock in before.locks if lock.rule not in {left.rule for left in after.locks})
    return Held(
        disposition=highest((new.disposition, standing)),
        held_by=standing if RANK[standing] > max(RANK[new.disposition], _LOCKS - 1) else None,
        gentle=bool(lifted) or bool(new.cleared),
        locks=after.locks,
        lifted=lifted,
        by_claim=tuple(sorted({*new.cleared, *(claimed.intersection(lifted) if run.clean else ())})),
    )


def standing_locks(q: Questionnaire, previous: Sequence[Triage]) -> tuple[Lock, ...]:
    """The locks that stand before a new run."""
    state = _State()
    for record in previous:
        state = _after(q, state, record)
    return state.locks


def _after(q: Questionnaire, state: _State, record: Triage) -> _State:
    """What stands after a record. A lock that it speaks of stands, also when the line of that lock is lost."""
    state = _step(q, state, _run_of(q, record))
    if record.held_by is None or any(lock.disposition == record.held_by for lock in state.locks):
        return state
    lost = Lock("?", record.held_by, datetime.fromisoformat(record.at), date.fromisoformat(record.day))
    return _State((*state.locks, lost), ())


def _step(q: Questionnaire, state: _State, run: _Run) -> _State:
    if run.locking:
        new = tuple(Lock(rule, tier, run.at, run.day) for rule, tier in run.locking.items())
        kept = tuple(lock for lock in state.locks if lock.rule not in run.locking)
        return _State((*kept, *new), ())
    if not run.clean:
        return state
    left = tuple(lock for lock in state.locks if not _lifts(q, lock, run, state.clean_runs))
    return _State(left, (*state.clean_runs, run))


def _lifts(q: Questionnaire, lock: Lock, run: _Run, clean_runs: Iterable[_Run]) -> bool:
    if lock.rule in run.cleared:
        return True
    if RANK[lock.disposition] > _LOCKS:
        return run.wrongly and any(r.wrongly and run.at - r.at >= RERUN for r in clean_runs)
    rule = q.rules.get(lock.rule)
    return (rule is None or rule.rerun) and run.at - lock.since >= RERUN


def _run_of(q: Questionnaire, record: Triage) -> _Run:
    finished = record.ended == "finished" and record.complete and not record.assumed
    return _Run(
        at=datetime.fromisoformat(record.at),
        day=date.fromisoformat(record.day),
        locking={} if RANK[record.result] < _LOCKS else _locking(q, record.rules, record.result),
        clean=finished and record.result in ("SELF_CARE", "CAREFUL"),
        wrongly=record.wrongly,
        cleared=frozenset(record.cleared),
    )


def _locking(q: Questionnaire, rules: Iterable[str], result: Disposition) -> dict[str, Disposition]:
    """The rules of a result that lock. A rule that this version does not know locks as the whole result
    does.
    """
    tiers = {rule: q.rules[rule].disposition if rule in q.rules else result for rule in rules}
    found = {rule: tier for rule, tier in tiers.items() if RANK[tier] >= _LOCKS}
    return found if result in found.values() else {**found, "?": result}


def _lifted_by_claim(
    q: Questionnaire, locks: Iterable[Lock], claim: Claim | None, day: date
) -> frozenset[str]:
    """Rules named by a full clearance that came after their lock. Their sign must be gone: only clean runs
    lift.
    """
    if claim is None or not (claim.looked_at_sign and claim.exercise_fine and claim.nothing_worse):
        return frozenset()
    named = named_rules(q, claim, q.clearable_tags)
    return frozenset(
        lock.rule
        for lock in locks
        if lock.rule in named
        and (lock.rule not in q.rules or q.rules[lock.rule].clearable != "never")
        and lock.day <= claim.day <= day
        and (lock.rule not in q.rules or (day - claim.day).days <= q.rules[lock.rule].clearance_days)
    )


def another_person(previous: Triage | None, answers: Answers, day: date) -> bool:
    """The age or sex does not go with the last result: "is this still you?" is asked before anything is
    kept.
    """
    if previous is None:
        return False
    age, sex = answers.get("age"), answers.get("sex")
    if previous.sex is not None and sex is not None and sex != previous.sex:
        return True
    if previous.age is None or not isinstance(age, int):
        return False
    passed = (day - date.fromisoformat(previous.day)).days / 365.25
    return abs(age - previous.age - passed) > _YEARS_APART


# --- the record --------------------------------------------------------------------------------------------


def to_record(
    result: Assessment,
    answers: Answers,
    held: Held,
    stamp: Mapping[str, Any],
    *,
    ended: Literal["finished", "emergency", "broken-off"],
    wrongly: bool = False,
) -> Triage:
    """What is kept of a run: rule ids, dates, tags, and no intimate answer. ``stamp``: v, id, at, day,
    group.
    """
    day = date.fromisoformat(stamp["day"])
    finished = ended == "finished"
    own: Disposition = (
        "INCOMPLETE" if RANK[result.disposition] <= RANK["CAREFUL"] and not finished else result.disposition
    )
    disposition = highest((own, held.disposition))
    unlocked = result.opens and RANK[disposition] <= RANK["CAREFUL"]
    book = [
        d
        for d in (result.book_days, _BOOK_DAYS.get(disposition))
        if d is not None and disposition != "EMERGENCY"
    ]
    age, pain_now, pain_usual = (answers.get(name) for name in ("age", "pain_now", "pain_usual"))
    onset, sex, assessed = (answers.get(name) for name in ("onset_days", "sex", "assessed"))
    return Triage(
        **stamp,
        disposition=disposition,
        result=own,
        ended=ended,
        complete=result.complete and finished,
        rules_version=RULES_VERSION,
        rules=result.rules,
        weak_points=result.weak_points,
        missing=result.missing,
        unsure=result.unsure,
        unlocked=unlocked,
        gentle=result.gentle or held.gentle,
        held_by=held.held_by,
        wrongly=wrongly,
        valid_until=_shift(day, result.valid_days) if unlocked else None,
        book_by=_shift(day, min(book, default=None)),
        tags=tuple(_span(tag, day) for tag in result.tags),
        baselines=result.baselines,
        cleared=held.by_claim,
        assumed=result.assumed,
        age=age if isinstance(age, int) else None,
        sex=sex if isinstance(sex, str) else None,
        episode_start=_shift(day, -onset) if isinstance(onset, int) else None,
        pain_now=pain_now if isinstance(pain_now, int) else None,
        pain_usual=pain_usual if isinstance(pain_usual, int) else None,
        assessed=assessed == "y" if assessed is not None else None,
        leg_signs=result.leg_signs,
    )


def _shift(day: date, days: int | None) -> str | None:
    return None if days is None else (day + timedelta(days=days)).isoformat()


def _span(tag: TagDays, day: date) -> TagSpan:
    return TagSpan(tag.tag, since=_shift(day, tag.first), until=_shift(day, tag.last))


def as_stored(result: Assessment, record: Triage) -> Assessment:
    """The result with the disposition that was kept, for its words."""
    return replace(result, disposition=record.disposition)
