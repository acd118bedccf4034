"""What must hold in a physiotherapist's plan beside the library, every fault at once: exercises that exist, numbers
that fit them, an end that is still to come. A fault says what is wrong and what would be right."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from backmove.core.exercise import Catalog, DoseKind, Exercise, Position, Slot, Status
from backmove.core.fault import Fault
from backmove.core.finding import named
from backmove.core.therapist_plan import (
    MOST_SETS,
    MOST_WEEKS,
    SLACK,
    Amount,
    dose_for,
    most_dose,
    top_dose,
    work_of,
)
from backmove.errors import NotFound

IN_A_SESSION: Final = (Slot.MAIN, Slot.SETTLE, Slot.WARMUP)
"""The parts of a session that a row of a plan can stand in, the first that it has."""
_FIELDS: Final = {
    DoseKind.REPS: ("reps", "sets"),
    DoseKind.HOLDS: ("reps", "sets", "hold_s"),
    DoseKind.STRETCH: ("reps", "hold_s"),
    DoseKind.PYRAMID: ("reps", "sets", "hold_s", "pyramid"),
    DoseKind.MINUTES: ("minutes",),
}
"""The numbers that rows of each kind have; the first one must be said."""
_WAYS: Final = {
    DoseKind.REPS: "it goes by repeats: reps, and sets if more than one",
    DoseKind.HOLDS: "it is held: reps (how many holds), hold_s (seconds each), and sets if more than one",
    DoseKind.STRETCH: "it is a stretch: reps (how many times) and hold_s (seconds each)",
    DoseKind.PYRAMID: "it is held: pyramid such as [6, 4, 2], or reps and sets; and hold_s (seconds each)",
    DoseKind.MINUTES: "it goes by the clock: minutes",
}
_WORDS: Final = {
    DoseKind.REPS: "repeats",
    DoseKind.HOLDS: "holds",
    DoseKind.STRETCH: "times",
    DoseKind.PYRAMID: "holds",
}


class DraftRow(Struct, frozen=True):
    """A row as it was written. ``amount`` None: the numbers have not even their shape, which is told elsewhere."""

    exercise: str
    amount: Amount | None
    instead_of: str | None = None


def plan_faults(
    rows: Sequence[DraftRow | None], until: date | None, catalog: Catalog, today: str
) -> Iterator[Fault]:
    """Everything that is wrong; ``today`` is an ISO date. None stands for what has not even its shape."""
    if until is not None:
        yield from _until_faults(until, date.fromisoformat(today))
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row is None:
            continue
        here = ("rows", number)
        if row.exercise in seen:
            yield Fault((*here, "exercise"), f"{row.exercise} stands twice in this plan; keep one row of it")
        seen.setdefault(row.exercise, number)
        yield from _row_faults(here, row, catalog)
    for number, row in enumerate(rows):
        other = row.instead_of if row is not None else None
        if other is not None and other in seen:
            yield Fault(
                ("rows", number, "instead_of"), f"{other} is in this plan itself; leave one of the two out"
            )


def _until_faults(until: date, today: date) -> Iterator[Fault]:
    last = today + timedelta(weeks=MOST_WEEKS)
    if until < today:
        yield Fault(("until",), f"{until} has passed; name the last day of the plan, {today} or later")
    elif until > last:
        yield Fault(("until",), f"{until} is more than {MOST_WEEKS} weeks away; name a day up to {last}")


def _row_faults(here: tuple[str | int, ...], row: DraftRow, catalog: Catalog) -> Iterator[Fault]:
    if row.instead_of is not None and row.instead_of not in catalog.exercises:
        yield Fault((*here, "instead_of"), _unknown(row.instead_of, catalog))
    exercise = catalog.exercises.get(row.exercise)
    if exercise is None:
        yield Fault((*here, "exercise"), _unknown(row.exercise, catalog))
        return
    if exercise.status is not Status.ACTIVE:
        yield Fault(
            (*here, "exercise"), f"{exercise.id} is no longer given; use {exercise.merged_into or 'another'}"
        )
    if part_of(exercise) is None:
        yield Fault((*here, "exercise"), _outside(exercise))
        return
    if row.amount is None:
        return
    faults = [*_field_faults(here, exercise, row.amount)]
    yield from faults or _size_faults(here, exercise, row.amount)


def _unknown(word: str, catalog: Catalog) -> str:
    """That there is no such exercise, with a guess."""
    try:
        guess = f" Did you mean {named(catalog, word).id}?"
    except NotFound as unknown:
        guess = unknown.message.partition(".")[2]
    return f"there is no exercise {word!r}.{guess} All of them: backmove exercises list"


def part_of(exercise: Exercise) -> Slot | None:
    """The part of a session that a row of a plan stands in: the main part, else the end, else the beginning."""
    if exercise.position in (Position.OUTDOORS, Position.WATER):
        return None
    return next((slot for slot in IN_A_SESSION if slot in exercise.slots), None)


def _outside(exercise: Exercise) -> str:
    if Slot.OUTING in exercise.slots:
        return f"{exercise.id} is for outdoors, not for a session; walks have a plan of their own (backmove walk)"
    return f"{exercise.id} is for moments in between and not part of a session; choose another"


def _field_faults(here: tuple[str | int, ...], exercise: Exercise, amount: Amount) -> Iterator[Fault]:
    kind = exercise.dose.kind
    for name in ("sets", "reps", "hold_s", "minutes", "pyramid"):
        if getattr(amount, name) is not None and name not in _FIELDS[kind]:
            yield Fault((*here, name), f"{exercise.id} has no {name}; {_WAYS[kind]}")
    if amount.pyramid is not None and kind is DoseKind.PYRAMID:
        if amount.reps is not None or amount.sets is not None:
            yield Fault((*here, "pyramid"), "say either pyramid, or reps and sets")
        elif list(amount.pyramid) != sorted(amount.pyramid, reverse=True):
            yield Fault((*here, "pyramid"), "the numbers of a pyramid fall, such as [6, 4, 2]")
    elif getattr(amount, _FIELDS[kind][0]) is None:
        yield Fault((*here, _FIELDS[kind][0]), f"say how much of {exercise.id}; {_WAYS[kind]}")


def _size_faults(here: tuple[str | int, ...], exercise: Exercise, amount: Amount) -> Iterator[Fault]:
    """Numbers beyond what a plan may hold (core/therapist_plan.py)."""
    dose, most, top = dose_for(exercise, amount), most_dose(exercise), top_dose(exercise)
    if dose.minutes is not None:
        if dose.minutes > (most.minutes or 0):
            yield Fault(
                (*here, "minutes"),
                f"{dose.minutes}: {exercise.id} has {most.minutes} minutes at most in a plan",
            )
        return
    word = _WORDS[exercise.dose.kind]
    field = "pyramid" if amount.pyramid else "reps"
    beyond = False
    if len(dose.counts) > len(most.counts):
        beyond = True
        where = "pyramid" if amount.pyramid else "sets"
        yield Fault((*here, where), f"{len(dose.counts)} sets: a plan has {MOST_SETS} at most")
    if max(dose.counts) > most.counts[0]:
        beyond = True
        yield Fault(
            (*here, field),
            f"{max(dose.counts)}: {exercise.id} has {most.counts[0]} {word} in a set at most in a plan "
            f"({SLACK} times what backmove itself ever gives)",
        )
    if (dose.hold_s or 0) > (most.hold_s or 0):
        beyond = True
        yield Fault(
            (*here, "hold_s"),
            f"{dose.hold_s}: {exercise.id} is held for {most.hold_s} seconds at most in a plan; "
            f"add {word}, not seconds",
        )
    if not beyond and work_of(dose) > SLACK * work_of(top):
        unit = "seconds of holding" if dose.hold_s else word
        yield Fault(
            (*here, field),
            f"in all {work_of(dose)} {unit}; a plan has {SLACK * work_of(top)} of {exercise.id} at most "
            f"({SLACK} times what backmove itself ever gives): fewer sets, or fewer in each",
        )
