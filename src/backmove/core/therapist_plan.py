"""A physiotherapist's plan: which one is in force, the doses it may hold, and how a dose is made less.

**Limits.** A therapist who has seen a person may go beyond the ladder of a row, and below it. But the features by which
precautions judge a row (``hard-effort``, ``iso-hard``) were given to it at the library's own dose; far beyond that they
no longer describe it. So no number of a plan is more than ``SLACK`` times the row's own top, nor the whole of it, and a
dose beyond the row's own top gives way where a precaution forbids hard effort or long holds. Judgement from practice;
the numbers stand in code, so that no edited data file can loosen them (docs/decisions/0014).

Days are ISO dates.
"""

from datetime import date
from itertools import zip_longest
from typing import Final

import msgspec
from msgspec import Struct

from backmove.core.diary import Diary
from backmove.core.exercise import Dose, DoseKind, Exercise, Feature
from backmove.core.record import GivenDose, PlanRow, TherapistPlan

SLACK: Final = 2
"""How many times the row's own top a plan may ask for."""
MOST_SETS: Final = 5
MOST_MINUTES: Final = 30
"""Minutes of one row: half of the longest session."""
MOST_ROWS: Final = 12
"""Rows of one plan. More than five at a time are seldom done (HENRY99, BACHMANN18); the others take turns."""
MOST_WEEKS: Final = 26
"""How far away the end may be. Source: practice; by then somebody should have looked again."""
STRAINING: Final = frozenset({Feature.HARD_EFFORT, Feature.ISO_HARD})
"""Where one of these is forbidden, a dose ends at the row's own top."""


def plan_on(diary: Diary, day: str) -> TherapistPlan | None:
    """The plan in force on a day: the one taken up last, unless it was put away or its last day is over."""
    last = _last(diary)
    return last if last is not None and day <= (last.until or "") else None


def plan_over(diary: Diary, day: str) -> TherapistPlan | None:
    """The plan that has ended by itself, as long as no session was done since; None otherwise."""
    last = _last(diary)
    if last is None or last.until is None or day <= last.until:
        return None
    reported = {done.session for done in diary.dones}
    later = any(s.day > last.until and s.day < day and s.id in reported for s in diary.sessions)
    return None if later else last


def _last(diary: Diary) -> TherapistPlan | None:
    """The plan taken up last, if it was not put away and its end is a day that there is."""
    last = diary.plans[-1] if diary.plans else None
    if last is None or not last.on or last.until is None:
        return None
    try:
        date.fromisoformat(last.until)
    except ValueError:
        return None
    return last


def digest_of(plan: TherapistPlan) -> str:
    """The same for the same content, whoever took it up and when."""
    import hashlib  # noqa: PLC0415 - 3 ms that no session without a new plan has to pay

    content = (plan.by, plan.whom, plan.note, plan.until, plan.days_per_week, plan.rows)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:16]


def whose(plan: TherapistPlan) -> str:
    """``Anna Weber's plan``, or ``your physio's plan`` where nobody is named. Not cleaned."""
    return f"{plan.by}'s plan" if plan.by else "your physio's plan"


# --- doses ------------------------------------------------------------------------------------------------


class Amount(Struct, frozen=True):
    """What a plan says about one row: numbers as they were written, None where nothing was said.

    ``reps`` are repetitions, holds or times, by the kind of the row; ``pyramid`` the count of each set.
    """

    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    minutes: int | None = None
    pyramid: tuple[int, ...] | None = None


def dose_for(exercise: Exercise, amount: Amount) -> GivenDose:
    """The dose that is written down: seconds of a hold, rests and sides as in the library where nothing is said."""
    own = exercise.dose
    if own.kind is DoseKind.MINUTES:
        return GivenDose(kind="minutes", minutes=amount.minutes)
    counts = amount.pyramid or (amount.reps or 0,) * (amount.sets or 1)
    hold = own.stretch_s[0] if own.stretch_s else own.hold_s
    return GivenDose(
        kind=str(own.kind),
        counts=counts,
        hold_s=amount.hold_s if amount.hold_s is not None else hold,
        tempo_s=own.tempo_s,
        rest_s=own.rest_s or 0,
        sides=own.sides,
    )


def top_dose(exercise: Exercise) -> GivenDose:
    """The most that the library ever gives of a row."""
    own = exercise.dose
    if own.kind is DoseKind.MINUTES:
        return GivenDose(kind="minutes", minutes=_top(own.minutes))
    if own.kind is DoseKind.PYRAMID:
        counts = own.pyramid or ()
    elif own.kind is DoseKind.STRETCH:
        counts = (_top(own.times),)
    else:
        counts = (_top(own.reps or own.holds),) * _top(own.sets)
    return dose_for(exercise, Amount(pyramid=counts, hold_s=_longest(own)))


def most_dose(exercise: Exercise) -> GivenDose:
    """The most that a plan may ask for of a row. Of a stretch all counts are in one set."""
    top = top_dose(exercise)
    if top.minutes is not None:
        return msgspec.structs.replace(top, minutes=max(top.minutes, min(SLACK * top.minutes, MOST_MINUTES)))
    sets = 1 if top.kind == DoseKind.STRETCH else max(len(top.counts), MOST_SETS)
    hold = None if top.hold_s is None else SLACK * top.hold_s
    return msgspec.structs.replace(top, counts=(SLACK * max(top.counts),) * sets, hold_s=hold)


def work_of(dose: GivenDose) -> int:
    """All of a dose in one number: repetitions, seconds of holding, or minutes. For doses of one row only."""
    return dose.minutes if dose.minutes is not None else sum(dose.counts) * (dose.hold_s or 1)


def lesser(dose: GivenDose, other: GivenDose) -> GivenDose:
    """In every number the smaller of two doses of one row, so that it is never more than either."""
    if dose.minutes is not None and other.minutes is not None:
        return msgspec.structs.replace(dose, minutes=min(dose.minutes, other.minutes))
    counts = tuple(min(a, b) for a, b in zip(dose.counts, other.counts, strict=False))
    holds = [hold for hold in (dose.hold_s, other.hold_s) if hold is not None]
    return msgspec.structs.replace(dose, counts=counts, hold_s=min(holds, default=None))


def is_at_most(dose: GivenDose, other: GivenDose) -> bool:
    """Whether no number of a dose is above that of another dose of the same row."""
    pairs = zip_longest(dose.counts, other.counts, fillvalue=0)
    return (
        all(a <= b for a, b in pairs)
        and (dose.hold_s or 0) <= (other.hold_s or 0)
        and (dose.minutes or 0) <= (other.minutes or 0)
    )


def dose_today(
    row: PlanRow, exercise: Exercise, start: GivenDose, *, eased: bool, strained: bool
) -> GivenDose:
    """The plan's dose, or less. ``start``: the first dose of the row's ladder, which is the most where the day is
    ``eased``; ``strained``: a precaution forbids what a dose beyond the row's own top asks for."""
    dose = lesser(row.dose, top_dose(exercise)) if strained else row.dose
    return lesser(dose, start) if eased else dose


def _longest(own: Dose) -> int | None:
    return _top(own.stretch_s) if own.stretch_s else own.hold_s


def _top(pair: tuple[int, ...] | None) -> int:
    return pair[1] if pair else 0
