"""Each thing that must hold between the entries is seen when it does not."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category, Equipment
from backmove.core.coherence import (
    card_faults,
    exercise_faults,
    parameter_faults,
    precaution_faults,
    reference_faults,
    stop_code_faults,
)
from backmove.core.dose_check import dose_faults
from backmove.core.exercise import (
    ChainStep,
    Direction,
    Dose,
    DoseKind,
    Evidence,
    Exercise,
    Feature,
    Position,
    Spine,
    SpineRange,
    Stage,
    Status,
)

CATALOG = shipped.catalog()
ROWS = list(CATALOG.exercises.values())
ROW = CATALOG.exercises["bridge"]


def faults(*rows: Exercise) -> list[str]:
    found = exercise_faults(rows, stop_codes=CATALOG.stop_codes, references=CATALOG.references, others=ROWS)
    return [f"{'.'.join(map(str, fault.loc[2:]))}: {fault.what}" for fault in found]


def test_the_shipped_library_has_no_faults() -> None:
    assert exercise_faults(ROWS, stop_codes=CATALOG.stop_codes, references=CATALOG.references) == []


@pytest.mark.parametrize("id", CATALOG.exercises)
def test_each_shipped_row_stands_beside_the_others(id: str) -> None:  # noqa: A002
    assert faults(CATALOG.exercises[id]) == []


def neutral(direction: Direction, end: SpineRange = SpineRange.END) -> Spine:
    return Spine(direction, end, 0)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"id": "Bridge"}, "id", "small letters"),
        ({"id": "bridge--x"}, "id", "small letters"),
        ({"name": "b" * 49}, "name", "49 characters; at most 48"),
        ({"features": ()}, "features", "position floor-supine needs the feature supine"),
        ({"position": Position.PRONE}, "features", "needs the feature prone or prone-load"),
        ({"position": Position.QUADRUPED}, "features", "needs the feature wrist"),
        ({"position": Position.KNEELING}, "features", "needs the feature kneel"),
        ({"position": Position.WATER}, "features", "needs the feature water"),
        ({"spine": neutral(Direction.FLEXION)}, "features", "needs flex-end"),
        ({"spine": neutral(Direction.EXTENSION)}, "features", "needs ext-end"),
        ({"spine": neutral(Direction.ROTATION)}, "features", "needs rot-end"),
        ({"spine": neutral(Direction.SIDE_BEND)}, "features", "needs side-bend"),
        ({"spine": neutral(Direction.NEUTRAL)}, "features", "a direction other than neutral"),
        ({"features": (Feature.SUPINE, Feature.FLEX_MID)}, "features", "flex-mid follows from spine"),
        ({"position": Position.STANDING}, "bed_ok", "only lying rows"),
        ({"level": 3, "stages": (Stage.FLARE,)}, "stages", "too much for a flare day"),
        ({"level": 4, "stages": (Stage.SUBACUTE,)}, "stages", "too much for subacute"),
        ({"level": 4, "stages": (Stage.ACUTE, Stage.CHRONIC)}, "stages", "too much for acute"),
        ({"equipment": (Equipment.BAND,)}, "equipment_optional", "band is already required"),
        ({"stop_if": ("S1", "S1")}, "stop_if", "S1 stands twice"),
        ({"stop_if": ("S0",)}, "stop_if.0", "S0 always holds"),
        ({"stop_if": ("S77",)}, "stop_if.0", "S77 is not a stop code"),
        ({"evidence": (Evidence("NOPE", ROW.evidence[0].certainty),)}, "evidence.0.ref", "NOPE is not a key"),
        ({"regressions": ("nowhere",)}, "regressions.0", "no other exercise has the id nowhere"),
        ({"progressions": ("bridge",)}, "progressions.0", "no other exercise has the id bridge"),
        ({"merged_into": "clam"}, "merged_into", "only a row with status merged"),
        ({"status": Status.MERGED}, "merged_into", "names the active exercise"),
        ({"status": Status.MERGED, "merged_into": "gone"}, "merged_into", "names the active exercise"),
        ({"name": "Clam"}, "name", "'Clam' already stands for clam"),
        ({"aliases": ("clamshell",)}, "aliases", "'clamshell' already stands for clam"),
        ({"chain": ChainStep("bridge", 4)}, "chain", "chain bridge has no step 3"),
        ({"chain": ChainStep("squat", 2)}, "chain", "chain squat has step 2 twice"),
        ({"level": 1, "chain": ChainStep("squat", 6)}, "level", "levels never fall along chain squat"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_field(
    change: Mapping[str, Any], field: str, words: str
) -> None:
    found = faults(replace(ROW, **change))
    assert any(fault.startswith(f"{field}:") and words in fault for fault in found), found


def test_two_rows_with_one_id_are_told() -> None:
    assert any(fault.startswith("id: 'bridge' already stands") for fault in faults(ROW, ROW))


def test_a_merged_row_that_names_an_active_one_is_fine() -> None:
    assert (
        faults(
            replace(
                ROW,
                id="old-bridge",
                name="Old",
                status=Status.MERGED,
                merged_into="clam",
                aliases=(),
                chain=None,
            )
        )
        == []
    )


def test_a_retired_row_leaves_no_gap_in_its_chain() -> None:
    last = replace(CATALOG.exercises["bridge-ball-curl"], status=Status.DEPRECATED)
    assert faults(last) == []
    middle = replace(ROW, status=Status.DEPRECATED)
    rows = [middle if row.id == ROW.id else row for row in ROWS]
    found = exercise_faults(rows, stop_codes=CATALOG.stop_codes, references=CATALOG.references)
    assert [fault.what for fault in found if "chain bridge" in fault.what] != []


REPS = Dose(DoseKind.REPS, (3, 5), sets=(1, 3), reps=(8, 12), tempo_s=4, rest_s=30)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"tempo_s": None}, "tempo_s", "kind reps needs tempo_s"),
        ({"minutes": (1, 2)}, "minutes", "kind reps has no minutes"),
        ({"kind": DoseKind.HOLDS}, "hold_s", "kind holds needs hold_s"),
        ({"kind": DoseKind.STRETCH}, "stretch_s", "kind stretch needs stretch_s"),
        ({"kind": DoseKind.PYRAMID}, "pyramid", "kind pyramid needs pyramid"),
        ({"kind": DoseKind.MINUTES}, "minutes", "kind minutes needs minutes"),
        ({"reps": (12, 8)}, "reps", "the first number is the smaller one"),
        ({"sets": (0, 2)}, "sets", "from 1"),
        ({"effort": (3, 11)}, "effort", "from 0 to 10"),
        ({"days_per_week": (2, 8)}, "days_per_week", "from 1 to 7"),
        ({"pyramid": (2, 4)}, "pyramid", "fall"),
        ({"hold_s": 15}, "hold_s", "15 s; holds are 10 s at most"),
    ],
)
def test_what_is_wrong_with_a_dose_is_told(change: Mapping[str, Any], field: str, words: str) -> None:
    found = list(dose_faults(replace(REPS, **change), Category.CORE))
    assert any(fault.loc == (field,) and words in fault.what for fault in found), found


def test_standing_still_may_be_held_longer() -> None:
    dose = replace(REPS, kind=DoseKind.HOLDS, reps=None, tempo_s=None, holds=(2, 4), hold_s=15)
    assert list(dose_faults(dose, Category.BALANCE)) == []


def test_faults_of_precautions_are_told() -> None:
    entry = CATALOG.precautions["glaucoma"]
    bad = replace(entry, tag="Glau coma", forbids=(), sources=("NOPE",), spares_aerobic=(Feature.HEAT,))
    found = {fault.loc[2] for fault in precaution_faults([bad], CATALOG.references)}
    assert found == {"tag", "forbids", "sources", "spares_aerobic"}
    assert "stands twice" in next(iter(precaution_faults([entry, entry], CATALOG.references))).what


def test_the_sign_that_always_holds_must_be_there_and_urgent() -> None:
    codes = list(CATALOG.stop_codes.values())
    assert list(stop_code_faults(codes)) == []
    assert list(stop_code_faults(codes[1:]))
    assert list(stop_code_faults([replace(codes[0], urgent=False), *codes[1:]]))
    assert list(stop_code_faults([*codes, codes[1]]))


def test_faults_of_cards_are_told() -> None:
    card = CATALOG.cards[1]
    bad = replace(card, text="word " * 121, source="NOPE")
    assert {fault.loc[2] for fault in card_faults([bad], CATALOG.references)} == {"text", "source"}
    assert {fault.loc[2] for fault in card_faults([card, card], CATALOG.references)} == {"number", "id"}


def test_a_reference_stands_once() -> None:
    reference = CATALOG.references["PRAC"]
    assert list(reference_faults([reference, reference]))


def test_a_number_without_a_known_source_is_told_however_deep() -> None:
    parameters = shipped.library()[1]
    assert list(parameter_faults(parameters, CATALOG.references)) == []
    rest = [key for key in CATALOG.references if key != "THOMEE97"]
    found = [fault.loc for fault in parameter_faults(parameters, rest)]
    assert ("zone", "green_max", "source") in found
