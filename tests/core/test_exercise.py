"""What follows from an exercise's facts: derived hazards, what a precaution bars, ladders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category
from backmove.core.exercise import Direction, Exercise, Feature, Precaution, Spine, SpineRange, hazards_of

ROWS = list(shipped.catalog().exercises.values())
rows = st.sampled_from(ROWS)
features = st.frozensets(st.sampled_from(Feature), max_size=6)


def tag(*forbids: Feature, spares: tuple[Feature, ...] = ()) -> Precaution:
    return Precaution("x", "X", "X?", forbids, "", (), spares_aerobic=spares)


@pytest.mark.parametrize(
    ("spine", "derived"),
    [
        (Spine(Direction.FLEXION, SpineRange.MID, 0), {Feature.FLEX_MID}),
        (Spine(Direction.FLEXION, SpineRange.END, 1), {Feature.FLEX_MID}),
        (Spine(Direction.FLEXION, SpineRange.NONE, 1), set()),
        (Spine(Direction.EXTENSION, SpineRange.MID, 1), {Feature.EXT_ANY}),
        (Spine(Direction.EXTENSION, SpineRange.NONE, 3), {Feature.EXT_ANY}),
        (Spine(Direction.EXTENSION, SpineRange.MID, 0), set()),
        (Spine(Direction.ROTATION, SpineRange.END, 2), set()),
    ],
)
def test_bending_and_arching_are_derived_from_the_spine(spine: Spine, derived: set[Feature]) -> None:
    assert hazards_of((), spine, 3) == derived


@pytest.mark.parametrize(("effort", "hard"), [(6, False), (7, True), (10, True)])
def test_effort_of_seven_is_hard_effort(effort: int, hard: bool) -> None:
    hazards = hazards_of((), Spine(Direction.NEUTRAL, SpineRange.NONE, 0), effort)
    assert (Feature.HARD_EFFORT in hazards) is hard


@given(rows)
def test_own_features_are_always_hazards(row: Exercise) -> None:
    assert set(row.features) <= row.hazards


@given(rows, features)
def test_a_precaution_bars_exactly_the_rows_with_a_hazard_it_forbids(
    row: Exercise, forbidden: frozenset[Feature]
) -> None:
    assert tag(*forbidden).bars(row) is bool(row.hazards & forbidden)


@given(rows, features, features)
def test_more_forbidden_features_never_let_a_row_in(
    row: Exercise, some: frozenset[Feature], more: frozenset[Feature]
) -> None:
    assert not tag(*some).bars(row) or tag(*some, *more).bars(row)


@given(rows)
def test_a_spared_feature_lets_in_aerobic_rows_only(row: Exercise) -> None:
    spared = tag(Feature.HARD_EFFORT, spares=(Feature.HARD_EFFORT,))
    aerobic = row.category is Category.AEROBIC
    assert spared.bars(row) is (Feature.HARD_EFFORT in row.hazards and not aerobic)


def test_a_ladder_goes_from_easy_to_hard() -> None:
    ladder = [row.id for row in shipped.catalog().chain("squat")]
    assert ladder == ["sit-to-stand-hands", "sit-to-stand", "chair-squat", "goblet-squat", "split-squat"]


def test_an_unknown_ladder_is_empty() -> None:
    assert shipped.catalog().chain("moon") == ()


def test_exercises_are_values() -> None:
    row = ROWS[0]
    assert replace(row) == row
    with pytest.raises(AttributeError):
        row.level = 5  # type: ignore[misc]
