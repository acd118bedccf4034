"""Random plans of physiotherapists, as the linter lets them through, and people who have one."""

from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from backmove.core.exercise import Catalog, DoseKind, Exercise
from backmove.core.plan_lint import DraftRow, part_of, plan_faults
from backmove.core.record import PlanRow, TherapistPlan
from backmove.core.therapist_plan import MOST_MINUTES, SLACK, Amount, digest_of, dose_for, top_dose
from session_strategies import TODAY, Person

UNTIL = (date.fromisoformat(TODAY) + timedelta(weeks=8)).isoformat()


def plan_rows(rng: Random, catalog: Catalog, most: int = 8) -> tuple[PlanRow, ...]:
    """Some exercises with doses anywhere within what a plan may hold; mostly easy ones, as people get."""
    fitting = [row for row in catalog.exercises.values() if part_of(row) is not None]
    easy = [row for row in fitting if row.level <= 2]
    chosen = rng.sample(easy if rng.random() < 0.6 else fitting, rng.randint(1, most))
    ids = {row.id for row in chosen}
    others = [row.id for row in catalog.exercises.values() if row.id not in ids]
    return tuple(
        PlanRow(
            row.id,
            dose_for(row, amount_of(rng, row, catalog)),
            note=rng.choice(("", "", f"slowly with {row.id}")),
            instead_of=rng.choice(others) if rng.random() < 0.15 else None,
        )
        for row in chosen
    )


def amount_of(rng: Random, row: Exercise, catalog: Catalog) -> Amount:
    """An amount that the linter accepts: tried until it does."""
    while True:
        amount = _amount(rng, row)
        draft = [DraftRow(row.id, amount)]
        if not list(plan_faults(draft, date.fromisoformat(UNTIL), catalog, TODAY)):
            return amount


def _amount(rng: Random, row: Exercise) -> Amount:
    top, kind = top_dose(row), row.dose.kind
    if top.minutes is not None:
        return Amount(minutes=rng.randint(1, min(SLACK * top.minutes, MOST_MINUTES)))
    reps = rng.randint(1, SLACK * max(top.counts))
    hold = rng.choice((None, rng.randint(1, SLACK * (top.hold_s or 1)))) if top.hold_s else None
    if kind is DoseKind.STRETCH:
        return Amount(reps=reps, hold_s=hold)
    if kind is DoseKind.PYRAMID and rng.random() < 0.6:
        return Amount(pyramid=tuple(n for n in (reps, reps - 2, reps - 4) if n > 0), hold_s=hold)
    return Amount(sets=rng.choice((None, 1, 2, 3, 5)), reps=reps, hold_s=hold)


def plan_record(
    rows: tuple[PlanRow, ...], *, day: str = TODAY, until: str = UNTIL, **more: Any
) -> TherapistPlan:
    plan = TherapistPlan(
        v=1, id="plan00000001", at=f"{day}T07:00:00+01:00", day=day, rows=rows, until=until, **more
    )
    return TherapistPlan(
        **{name: getattr(plan, name) for name in plan.__struct_fields__ if name != "digest"},
        digest=digest_of(plan),
    )


def with_plan(who: Person, rows: tuple[PlanRow, ...], **more: Any) -> Person:
    """The same person with this plan in force."""
    return replace(who, diary=replace(who.diary, plans=(plan_record(rows, **more),)))
