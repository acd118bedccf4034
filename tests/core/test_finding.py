"""Finding exercises by what they are, by name, and by what a precaution leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shipped
from backmove.core.body_parts import BODY
from backmove.core.choices import Category, Equipment
from backmove.core.diary import fold
from backmove.core.exercise import Feature
from backmove.core.finding import barred_by, find, named, wanted
from backmove.core.for_me import for_me
from backmove.core.record import Profile as ProfileChange
from backmove.errors import ExitCode, NotFound, UsageProblem

CATALOG = shipped.catalog()
tags = st.lists(st.sampled_from(sorted(CATALOG.precautions)), max_size=4)


def test_nothing_asked_for_finds_everything() -> None:
    found = find(CATALOG, wanted(CATALOG))
    assert len(found.rows) == len(CATALOG.exercises)
    assert found.left_out == 0


def test_filters_add_up() -> None:
    found = find(CATALOG, wanted(CATALOG, category="strength", position="sitting", goal="getup", level=1))
    assert [row.id for row in found.rows] == ["seated-knee-press", "sit-to-stand-hands"]


def test_equipment_is_what_a_row_can_use_and_none_is_what_needs_nothing() -> None:
    bands = find(CATALOG, wanted(CATALOG, equipment="band")).rows
    assert all(Equipment.BAND in (*row.equipment, *row.equipment_optional) for row in bands)
    nothing = find(CATALOG, wanted(CATALOG, equipment="none")).rows
    assert nothing
    assert not any(row.equipment for row in nothing)


def test_a_part_of_the_body_is_its_muscles_and_joints() -> None:
    for word, parts in BODY.items():
        rows = find(CATALOG, wanted(CATALOG, body=word)).rows
        assert rows, f"nothing for {word}"
        assert all(parts & set(row.targets) for row in rows)


def test_lying_is_every_way_of_lying() -> None:
    rows = find(CATALOG, wanted(CATALOG, position="lying")).rows
    assert {row.position for row in rows} == {"floor-supine", "prone", "side-lying"}
    assert set(rows) < set(find(CATALOG, wanted(CATALOG, position="floor")).rows)


def test_capitals_do_not_count() -> None:
    assert wanted(CATALOG, body="Hips", position=" Lying ").body == "hips"


kits = st.sets(st.sampled_from(sorted(Equipment)))


@given(kits, kits)
def test_kit_that_is_there_is_enough_and_more_of_it_takes_nothing_away(
    kit: set[Equipment], more: set[Equipment]
) -> None:
    rows = find(CATALOG, wanted(CATALOG, kit=kit)).rows
    assert all(set(row.equipment) <= kit for row in rows)
    assert {row.id for row in rows} <= {row.id for row in find(CATALOG, wanted(CATALOG, kit=kit | more)).rows}


@given(tags, kits)
def test_what_is_open_to_a_person_is_what_no_tag_and_no_kit_keeps_out(
    chosen: list[str], kit: set[Equipment]
) -> None:
    diary = fold(
        [
            ProfileChange(
                v=1, id="1", at="2026-03-01T09:00:00+01:00", day="2026-03-01", set={"equipment": sorted(kit)}
            )
        ]
    )
    beside = for_me(CATALOG.exercises.values(), CATALOG, diary, chosen)
    wanted_rows = find(CATALOG, wanted(CATALOG, tags=chosen, kit=kit)).rows
    assert [one.row for one in beside if one.open] == list(wanted_rows)


@given(tags)
def test_a_tag_leaves_no_row_with_a_feature_it_forbids(chosen: list[str]) -> None:
    found = find(CATALOG, wanted(CATALOG, tags=chosen))
    for row in found.rows:
        for tag in chosen:
            entry = CATALOG.precautions[tag]
            spared = entry.spares_aerobic if row.category is Category.AEROBIC else ()
            assert not row.hazards & (set(entry.forbids) - set(spared))
    assert len(found.rows) + found.left_out == len(CATALOG.exercises)


@given(tags, tags)
def test_another_tag_never_adds_a_row(some: list[str], more: list[str]) -> None:
    fewer = {row.id for row in find(CATALOG, wanted(CATALOG, tags=[*some, *more])).rows}
    assert fewer <= {row.id for row in find(CATALOG, wanted(CATALOG, tags=some)).rows}


@pytest.mark.parametrize(
    ("option", "word", "guess", "allowed"),
    [
        ("category", "stretching", "stretch", "mobility"),
        ("position", "seated", "", "sitting"),
        ("body", "buttock", "buttocks", "glute-max"),
        ("equipment", "bands", "band", "none"),
        ("goal", "lft", "lift", "sleep"),
        ("tags", "osteoporosys", "osteoporosis", "fall-risk"),
    ],
)
def test_a_word_that_does_not_exist_is_refused_with_what_is_allowed(
    option: str, word: str, guess: str, allowed: str
) -> None:
    with pytest.raises(UsageProblem) as refused:
        wanted(CATALOG, **{option: [word] if option == "tags" else word})  # type: ignore[arg-type]
    assert refused.value.exit_code is ExitCode.USAGE
    assert allowed in refused.value.message
    assert not guess or f"Did you mean {guess}?" in refused.value.message


@pytest.mark.parametrize("word", ["bird-dog", "Bird dog", "birddog", "BIRD  DOG", "clamshell", "hip hinge"])
def test_an_exercise_is_found_by_id_name_or_alias(word: str) -> None:
    assert named(CATALOG, word).id in ("bird-dog", "clam", "wall-hinge")


def test_every_name_leads_to_its_own_exercise() -> None:
    for exercise in CATALOG.exercises.values():
        for word in (exercise.id, exercise.name, *exercise.aliases):
            assert named(CATALOG, word) is exercise


def test_an_unknown_name_gets_a_guess() -> None:
    with pytest.raises(NotFound, match=r"no exercise 'brid-dog'. Did you mean bird-dog"):
        named(CATALOG, "brid-dog")


def test_a_name_far_from_all_gets_no_guess() -> None:
    with pytest.raises(NotFound) as refused:
        named(CATALOG, "zzzzqqqq")
    assert "Did you mean" not in refused.value.message
    assert "exercises list" in refused.value.hint


def test_the_tags_that_bar_a_row_are_named() -> None:
    row = named(CATALOG, "downward-dog")
    assert Feature.HEAD_LOW in row.hazards
    assert [entry.tag for entry in barred_by(CATALOG, row, ["glaucoma", "no-water", "unheard-of"])] == [
        "glaucoma"
    ]
