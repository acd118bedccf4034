"""Ladders of doses and how long a dose takes."""

import pytest

import shipped
from backmove.core.choices import Category
from backmove.core.dose import graduation, ladder, middle, more_sets, one_set, seconds, start_dose
from backmove.core.exercise import Exercise
from backmove.core.record import GivenDose

CATALOG, PARAMETERS = shipped.library()
ROWS = list(CATALOG.exercises.values())


def rungs(row: str, *, older: bool = False) -> tuple[GivenDose, ...]:
    return ladder(CATALOG.exercises[row], older=older, parameters=PARAMETERS)


def counts(row: str) -> list[tuple[int, ...]]:
    return [rung.counts for rung in rungs(row)]


def amount(dose: GivenDose) -> int:
    """What has to rise from rung to rung."""
    if dose.minutes is not None:
        return dose.minutes
    return sum(dose.counts) * (dose.hold_s or 1 if dose.kind == "stretch" else 1)


def test_repeats_rise_before_sets_and_a_rung_that_is_no_more_is_left_out() -> None:
    assert counts("bridge") == [(8,), (10,), (12,), (8, 8), (10, 10), (12, 12), (10, 10, 10), (12, 12, 12)]


def test_halves_round_down_and_doubles_are_left_out() -> None:
    assert counts("knee-rolls") == [(5,), (7,), (10,), (7, 7), (10, 10)]
    assert counts("tandem-stand") == [(2,), (3,), (4,), (3, 3), (4, 4)]


def test_pyramids_rise_by_one_in_each_set() -> None:
    assert counts("curl-up-mcgill") == [(3, 1), (4, 2), (5, 3, 1), (6, 4, 2)]
    assert counts("knee-plank") == [(2,), (3, 1), (4, 2), (5, 3, 1)]


def test_stretches_rise_in_times_then_in_seconds_until_more_is_no_use() -> None:
    assert [(r.counts[0], r.hold_s) for r in rungs("hip-flexor-standing")] == [(2, 15), (3, 15), (3, 22)]


def test_older_people_hold_stretches_longer_but_only_those_of_that_category() -> None:
    assert [(r.counts[0], r.hold_s) for r in rungs("hip-flexor-standing", older=True)] == [(2, 30), (3, 30)]
    assert rungs("side-bend-seated", older=True)[0].hold_s == 20
    assert rungs("knee-to-chest-single", older=True) == rungs("knee-to-chest-single")


def test_minutes_rise_by_one_below_ten_and_by_two_above() -> None:
    assert [r.minutes for r in rungs("bike-recumbent")] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert [r.minutes for r in rungs("walk-steady")] == [10, 12, 14, 16, 18, 20]
    assert [r.minutes for r in rungs("breathing-space-3min")] == [3]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_ladder_rises_from_its_start_within_its_range(row: Exercise) -> None:
    for older in (False, True):
        doses = ladder(row, older=older, parameters=PARAMETERS)
        amounts = [amount(dose) for dose in doses]
        assert doses[0] == start_dose(row, older=older, parameters=PARAMETERS)
        assert amounts == sorted(set(amounts))
        assert all(dose.kind == row.dose.kind for dose in doses)
        if row.dose.kind in ("holds", "pyramid") and row.category is not Category.BALANCE:
            assert all((dose.hold_s or 0) <= 10 for dose in doses)


def test_graduation_is_the_top_count_at_two_sets() -> None:
    bridge, rolls, breath = rungs("bridge"), rungs("knee-rolls"), rungs("ta-breath")
    assert bridge[graduation(bridge)].counts == (12, 12)
    assert bridge[middle(bridge)].counts == (12,)
    assert rolls[graduation(rolls)].counts == (10, 10)
    assert breath[graduation(breath)].counts == (10,)
    assert graduation(rungs("curl-up-mcgill")) == 3
    assert graduation(rungs("goblet-squat")) == counts("goblet-squat").index((12, 12))


@pytest.mark.parametrize(
    ("row", "rung", "expected"),
    [
        ("bridge", 0, 8 * 5 + 10),
        ("bridge", 3, 2 * 8 * 5 + 45 + 10),
        ("clam", 0, 8 * 4 * 2 + 10),
        ("tandem-stand", 3, 2 * 3 * 13 * 2 + 10 + 10),
        ("curl-up-mcgill", 0, 4 * 11 + 20 + 10),
        ("hip-flexor-standing", 0, 2 * 19 * 2 + 10),
        ("breathing-diaphragm", 1, 2 * 60 + 10),
    ],
)
def test_seconds_count_sides_rests_and_the_change_over(row: str, rung: int, expected: int) -> None:
    assert seconds(rungs(row)[rung], PARAMETERS.seconds) == expected


def test_another_set_repeats_the_count_as_far_as_the_row_allows() -> None:
    bridge, breath = CATALOG.exercises["bridge"], CATALOG.exercises["ta-breath"]
    second = more_sets(rungs("bridge")[0], bridge)
    assert second is not None
    assert second.counts == (8, 8)
    assert more_sets(rungs("ta-breath")[0], breath) is None
    assert more_sets(rungs("curl-up-mcgill")[0], CATALOG.exercises["curl-up-mcgill"]) is None


def test_one_set_is_the_first_of_them() -> None:
    assert one_set(rungs("curl-up-mcgill")[0]).counts == (3,)
    assert one_set(rungs("bridge")[3]).counts == (8,)
