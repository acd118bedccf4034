"""What a physiotherapist's plan may hold: exercises that are there, numbers within bounds, an end that is to come."""

from datetime import date

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.exercise import Slot, Status
from backmove.core.plan_lint import DraftRow, part_of, plan_faults
from backmove.core.therapist_plan import Amount

CATALOG = shipped.catalog()
TODAY = "2026-03-02"
SOON = date(2026, 4, 1)


def said(*rows: DraftRow | None, until: date | None = SOON) -> list[str]:
    """Each fault as ``where: what``."""
    faults = plan_faults(rows, until, CATALOG, TODAY)
    return [f"{'.'.join(map(str, fault.loc))}: {fault.what}" for fault in faults]


def one(exercise: str, *, instead_of: str | None = None, **amount: object) -> DraftRow:
    return DraftRow(exercise, Amount(**amount), instead_of)  # type: ignore[arg-type]


SOUND = [
    one("bridge", sets=3, reps=12),
    one("sit-to-stand", reps=1),
    one("bird-dog", pyramid=(6, 4, 2), hold_s=8),
    one("side-bridge-knees", sets=3, reps=4),
    one("figure-four-supine", reps=3, hold_s=30),
    one("seated-march", minutes=1, instead_of="plank"),
]


def test_a_sound_plan_has_nothing_to_mend() -> None:
    assert said(*SOUND) == []


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (one("brid-dog", reps=3), "exercise: there is no exercise 'brid-dog'. Did you mean bird-dog"),
        (one("clamshell", reps=3), "exercise: there is no exercise 'clamshell'. Did you mean clam?"),
        (one("walk-steady", minutes=10), "exercise: walk-steady is for outdoors"),
        (one("water-walk", minutes=10), "exercise: water-walk is for outdoors"),
        (one("desk-posture-shift", reps=3), "exercise: desk-posture-shift is for moments in between"),
        (one("bridge"), "reps: say how much of bridge; it goes by repeats"),
        (one("seated-march"), "minutes: say how much of seated-march; it goes by the clock"),
        (one("bridge", reps=5, hold_s=4), "hold_s: bridge has no hold_s"),
        (one("bridge", reps=5, minutes=4), "minutes: bridge has no minutes"),
        (one("seated-march", minutes=3, sets=2), "sets: seated-march has no sets"),
        (one("figure-four-supine", reps=2, sets=2), "sets: figure-four-supine has no sets"),
        (one("bird-dog", pyramid=(2, 4, 6)), "pyramid: the numbers of a pyramid fall"),
        (one("bird-dog", pyramid=(6, 4), reps=3), "pyramid: say either pyramid, or reps and sets"),
        (one("bridge", reps=5, pyramid=(6, 4)), "pyramid: bridge has no pyramid"),
        (one("bridge", reps=25), "reps: 25: bridge has 24 repeats in a set at most"),
        (one("bridge", reps=2, sets=6), "sets: 6 sets: a plan has 5 at most"),
        (one("bridge", reps=24, sets=4), "reps: in all 96 repeats; a plan has 72 of bridge at most"),
        (one("side-bridge-knees", reps=2, hold_s=21), "hold_s: 21: side-bridge-knees is held for 20 seconds"),
        (one("figure-four-supine", reps=1, hold_s=61), "hold_s: 61: figure-four-supine is held for 60"),
        (one("seated-march", minutes=11), "minutes: 11: seated-march has 10 minutes at most"),
        (one("bridge", reps=5, instead_of="brigde"), "instead_of: there is no exercise 'brigde'. Did you mean bridge"),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what_would_be_right(row: DraftRow, what: str) -> None:
    (fault,) = said(row)
    assert fault.startswith(f"rows.0.{what}")


def test_the_bounds_themselves_are_allowed() -> None:
    assert said(one("bridge", sets=3, reps=24), one("seated-march", minutes=10)) == []
    assert (
        said(one("figure-four-supine", reps=3, hold_s=60), one("side-bridge-knees", reps=5, hold_s=16)) == []
    )


def test_every_fault_is_told_at_once_and_a_row_without_shape_hides_none() -> None:
    found = said(one("bridge", reps=99), None, one("no-such", reps=1), until=date(2026, 3, 1))
    assert [fault.partition(":")[0] for fault in found] == ["until", "rows.0.reps", "rows.2.exercise"]


def test_an_exercise_stands_once_and_in_the_place_of_none_of_the_plan() -> None:
    twice = said(one("bridge", reps=5), one("bridge", reps=6))
    assert twice == ["rows.1.exercise: bridge stands twice in this plan; keep one row of it"]
    both = said(one("bridge", reps=5), one("clam", reps=6, instead_of="bridge"))
    assert both == ["rows.1.instead_of: bridge is in this plan itself; leave one of the two out"]


@pytest.mark.parametrize(
    ("until", "what"),
    [
        (date(2026, 3, 1), "has passed"),
        (date(2026, 3, 2), ""),
        (date(2026, 8, 31), ""),
        (date(2026, 9, 1), "is more than 26 weeks away; name a day up to 2026-08-31"),
    ],
)
def test_a_plan_ends_on_a_day_to_come_and_not_too_far_away(until: date, what: str) -> None:
    found = said(*SOUND, until=until)
    assert (what in found[0]) if what else found == []


def test_an_exercise_that_is_no_longer_given_is_refused() -> None:
    old = replace(CATALOG.exercises["bridge"], status=Status.MERGED, merged_into="clam")
    catalog = replace(CATALOG, exercises={**CATALOG.exercises, "bridge": old})
    (fault,) = plan_faults([one("bridge", reps=5)], SOON, catalog, TODAY)
    assert fault.what == "bridge is no longer given; use clam"


def test_stretches_belong_to_the_end_and_main_rows_to_the_main_part() -> None:
    parts = {row: part_of(CATALOG.exercises[row]) for row in ("bridge", "figure-four-supine", "arm-sweeps")}
    assert parts == {"bridge": Slot.MAIN, "figure-four-supine": Slot.SETTLE, "arm-sweeps": Slot.WARMUP}
    assert sum(part_of(row) is not None for row in CATALOG.exercises.values()) > 180
