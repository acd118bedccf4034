"""The rows that are shipped: what the library promises of each, looked at without its own checker."""

import re
from collections import Counter, defaultdict

import pytest

import shipped
from backmove.core.choices import Category, Equipment, Fear
from backmove.core.exercise import (
    Direction,
    DoseKind,
    Exercise,
    Feature,
    Position,
    Slot,
    SpineRange,
    Stage,
    Status,
    TextStatus,
)
from backmove.store.library import load_questionnaire
from backmove.store.resources import resource

CATALOG = shipped.catalog()
ROWS = list(CATALOG.exercises.values())
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)

ENDS = {
    Direction.FLEXION: Feature.FLEX_END,
    Direction.EXTENSION: Feature.EXT_END,
    Direction.ROTATION: Feature.ROT_END,
    Direction.SIDE_BEND: Feature.SIDE_BEND,
}


def test_the_library_is_as_large_as_it_says() -> None:
    assert len(ROWS) == 204
    assert Counter(row.category for row in ROWS) == {
        Category.STRENGTH: 56,
        Category.CORE: 32,
        Category.MOTOR_CONTROL: 23,
        Category.AEROBIC: 23,
        Category.MOBILITY: 18,
        Category.STRETCH: 18,
        Category.MIND_BODY: 9,
        Category.BALANCE: 8,
        Category.RELAXATION: 6,
        Category.DIRECTION: 6,
        Category.RECOVERY: 5,
    }
    assert Counter(row.level for row in ROWS) == {1: 78, 2: 46, 3: 41, 4: 26, 5: 13}
    assert Counter(row.position for row in ROWS) == {
        Position.STANDING: 71,
        Position.SITTING: 44,
        Position.FLOOR_SUPINE: 34,
        Position.PRONE: 15,
        Position.SIDE_LYING: 11,
        Position.OUTDOORS: 9,
        Position.QUADRUPED: 9,
        Position.WATER: 7,
        Position.KNEELING: 4,
    }


def test_no_row_claims_a_review_that_did_not_happen() -> None:
    assert all(row.text_status is TextStatus.DRAFT and not row.reviewed_by for row in ROWS)


@every_row
def test_the_position_shows_in_the_features(row: Exercise) -> None:
    have = set(row.features)
    if row.position is Position.FLOOR_SUPINE:
        assert Feature.SUPINE in have
    if row.position is Position.PRONE:
        assert have & {Feature.PRONE, Feature.PRONE_LOAD}
    if row.position is Position.QUADRUPED:
        assert {Feature.KNEEL, Feature.WRIST} <= have
    if row.position is Position.KNEELING:
        assert Feature.KNEEL in have
    if row.position is Position.WATER:
        assert Feature.WATER in have
        assert Equipment.POOL in row.equipment


@every_row
def test_the_end_of_a_range_shows_in_the_features(row: Exercise) -> None:
    if row.spine.range is SpineRange.END:
        assert ENDS[row.spine.direction] in row.features


@every_row
def test_hard_rows_are_not_for_early_or_bad_days(row: Exercise) -> None:
    assert row.level < 3 or Stage.FLARE not in row.stages
    assert row.level < 4 or not {Stage.ACUTE, Stage.SUBACUTE} & set(row.stages)


@every_row
def test_a_bad_day_row_is_easy(row: Exercise) -> None:
    if Stage.FLARE in row.stages and row.level == 1:
        assert row.dose.effort[1] <= 4


def test_chains_have_every_step_and_never_get_easier() -> None:
    chains: dict[str, list[Exercise]] = defaultdict(list)
    for row in ROWS:
        if row.chain:
            chains[row.chain.id].append(row)
    assert len(chains) == 32
    for name in chains:
        ladder = CATALOG.chain(name)
        assert [row.chain.step for row in ladder if row.chain] == list(range(1, len(ladder) + 1)), name
        levels = [row.level for row in ladder]
        assert levels == sorted(levels), name
        assert len({row.id for row in ladder}) == len(ladder)


# --- faults that were once there, and must not come back ---------------------------------------------------


@every_row
def test_a_sitting_row_that_gets_up_says_so(row: Exercise) -> None:
    if row.position is Position.SITTING and any(
        "stand up" in cue or "until you stand" in cue for cue in row.cues[:3]
    ):
        ends_there = row.category in (Category.RELAXATION, Category.MIND_BODY) or "ball" in row.id
        assert Feature.STAND_UP in row.features or ends_there


def test_sit_to_stand_is_no_chair_exercise() -> None:
    up = {row.id for row in ROWS if Feature.STAND_UP in row.features}
    assert up == {"sit-to-stand-hands", "sit-to-stand", "desk-sit-stand-set"}


def test_lifting_a_leg_on_the_front_counts_as_arching() -> None:
    stenosis = CATALOG.precautions["spinal-stenosis"]
    for name in ("prone-glute-leg", "prone-chest-lift", "prone-swim", "ball-back-extension", "locust-low"):
        assert Feature.EXT_ANY in CATALOG.exercises[name].hazards
        assert stenosis.bars(CATALOG.exercises[name])


@every_row
def test_a_one_sided_row_says_what_the_other_side_does(row: Exercise) -> None:
    if row.dose.sides == 2:
        words = " ".join((*row.setup, *row.cues)).lower()
        assert any(
            word in words
            for word in (
                "other",
                "left",
                "change",
                "swap",
                "both",
                "in turn",
                "each",
                "opposite",
                "next",
                "turn round",
            )
        )


@every_row
def test_long_sequences_of_holds_fit_a_short_session(row: Exercise) -> None:
    """A stretch at its first dose, both sides, stays under two and a half minutes."""
    if row.dose.kind is DoseKind.STRETCH and row.dose.times and row.dose.stretch_s:
        assert row.dose.times[0] * (row.dose.stretch_s[0] + 4) * row.dose.sides <= 150


@every_row
def test_the_first_dose_of_any_row_fits_five_minutes_of_main_work(row: Exercise) -> None:
    dose = row.dose
    counts = (dose.reps or dose.holds or (0, 0))[0] if dose.pyramid is None else sum(dose.pyramid) // 2
    each = dose.tempo_s or (dose.hold_s or 0) + 3
    seconds = counts * each * dose.sides
    assert seconds <= 180


# --- ladders of exposure -----------------------------------------------------------------------------------


def ladder(fear: Fear) -> list[str]:
    rungs = [row for row in ROWS if fear in row.exposes]
    return [row.id for row in sorted(rungs, key=lambda row: row.level)]


@pytest.mark.parametrize(
    ("fear", "rungs"),
    [
        (Fear.BENDING, "seated-hinge seated-forward-fold wall-hinge standing-roll-down floor-lift-flexed"),
        (Fear.LIFTING, "seated-hinge wall-hinge good-morning-hands bag-lift"),
        (
            Fear.TWISTING,
            "knee-rolls seated-rotation supine-twist open-book thread-needle taichi-cloud band-chop",
        ),
        (Fear.ARCHING, "standing-back-bend cobra-low"),
        (Fear.GETTING_DOWN, "floor-transfer"),
        (Fear.WALKING, "walk-easy walk-steady walk-thirty walk-brisk walk-jog run-easy"),
    ],
)
def test_the_rungs_of_a_feared_movement_go_by_level_then_file_order(fear: Fear, rungs: str) -> None:
    assert " ".join(ladder(fear)) == rungs


# --- the whole ---------------------------------------------------------------------------------------------


def test_every_category_target_and_slot_is_used() -> None:
    assert {row.category for row in ROWS} == set(Category)
    assert {slot for row in ROWS for slot in row.slots} == set(Slot)
    assert all(row.status is Status.ACTIVE for row in ROWS)


def test_every_tag_that_the_safety_questions_set_is_a_precaution() -> None:
    questions = load_questionnaire()
    assert {rule.tag for rule in questions.tags} <= set(CATALOG.precautions)
    assert set(questions.clearable_tags) <= set(CATALOG.precautions)


def test_every_source_that_another_file_names_is_a_reference() -> None:
    for name in ("triage.yaml", "daily.yaml"):
        named = re.findall(r"sources?: \[([^\]]*)\]", resource(name).read_text())
        keys = {key.strip().strip("\"'") for group in named for key in group.split(",") if key.strip()}
        assert keys
        assert keys <= set(CATALOG.references), name


def test_what_a_precaution_may_forbid_some_row_has() -> None:
    carried = {feature for row in ROWS for feature in row.hazards}
    for entry in CATALOG.precautions.values():
        assert set(entry.forbids) <= carried, entry.tag


def test_both_legs_of_the_precaution_table_stand() -> None:
    """Tags that other parts of the program set by name."""
    named = {
        *("pregnancy-1", "pregnancy-2-3", "pregnancy-3", "pelvic-girdle-pain", "postpartum-early"),
        *("osteoporosis", "lost-height", "spine-fracture-history", "spinal-stenosis", "spondylolisthesis"),
        *(
            "leg-pain-worse-bending",
            "leg-pain-worse-arching",
            "leg-symptoms-irritable",
            "leg-symptoms-settled",
        ),
        *(
            "hip-replacement",
            "hip-replacement-old",
            "knee-problem",
            "cannot-kneel",
            "wrist-problem",
            "no-prone",
        ),
        *("no-supine", "no-water", "reduced-sensation", "shoulder-problem", "neck-problem", "glaucoma"),
        *("high-blood-pressure", "high-blood-pressure-controlled", "heart-or-lung", "dizziness", "fall-risk"),
        *("hernia-or-abdominal-surgery", "pelvic-floor-symptoms", "hypermobility", "new-to-exercise"),
        *("recent-spine-surgery", "active-cancer", "known-aneurysm"),
    }
    assert set(CATALOG.precautions) == named


@pytest.mark.parametrize(
    ("milder", "stricter"),
    [
        ("pregnancy-1", "pregnancy-2-3"),
        ("pregnancy-2-3", "pregnancy-3"),
        ("osteoporosis", "lost-height"),
        ("osteoporosis", "spine-fracture-history"),
        ("osteoporosis", "active-cancer"),
        ("leg-symptoms-settled", "leg-symptoms-irritable"),
        ("hip-replacement-old", "hip-replacement"),
        ("high-blood-pressure-controlled", "high-blood-pressure"),
    ],
)
def test_the_stricter_of_two_tags_forbids_all_that_the_milder_does(milder: str, stricter: str) -> None:
    assert set(CATALOG.precautions[milder].forbids) <= set(CATALOG.precautions[stricter].forbids)


def test_only_these_tags_need_a_clinician_first() -> None:
    clear = {entry.tag for entry in CATALOG.precautions.values() if entry.clear_first}
    assert clear == {"spine-fracture-history", "recent-spine-surgery", "heart-or-lung"}


# --- what each precaution must at least forbid -------------------------------------------------------------

AT_LEAST = {
    "pregnancy-1": "hard-effort head-low heat",
    "pregnancy-2-3": "supine prone prone-load curl head-low impact hard-effort iso-hard unstable no-support"
    " ext-load ext-end flex-load rot-load rot-end heat",
    "pregnancy-3": "supine prone prone-load curl head-low impact hard-effort iso-hard unstable no-support"
    " ext-load ext-end flex-load rot-load rot-end heat deep-knee",
    "pelvic-girdle-pain": "one-leg wide-leg impact rot-load rot-end",
    "postpartum-early": "curl impact hard-effort iso-hard flex-load prone-load water",
    "pelvic-floor-symptoms": "impact curl iso-hard hard-effort",
    "osteoporosis": "flex-end flex-load curl rot-end rot-load unstable",
    "lost-height": "flex-end flex-load curl rot-end rot-load unstable impact",
    "spine-fracture-history": "flex-mid flex-end flex-load flex-hinge curl rot-end rot-load impact head-low"
    " unstable hard-effort iso-hard",
    "active-cancer": "flex-end flex-load curl rot-end rot-load unstable impact hard-effort",
    "recent-spine-surgery": "flex-end flex-load flex-hinge curl rot-end rot-load ext-end ext-load impact"
    " hard-effort iso-hard prone-load unstable no-support head-low leg-tension water",
    "spinal-stenosis": "prone ext-any ext-end ext-load",
    "spondylolisthesis": "ext-any ext-end ext-load impact rot-load",
    "leg-pain-worse-bending": "flex-end flex-load flex-hinge curl sit-long impact nerve leg-tension",
    "leg-pain-worse-arching": "ext-any ext-end ext-load impact nerve",
    "leg-symptoms-irritable": "flex-end flex-load flex-hinge ext-end ext-load rot-end rot-load curl impact"
    " hard-effort iso-hard nerve leg-tension",
    "leg-symptoms-settled": "nerve leg-tension flex-load impact",
    "reduced-sensation": "heat",
    "hip-replacement": "deep-hip hip-cross deep-knee impact rot-end flex-end wide-leg ext-any",
    "hip-replacement-old": "deep-hip hip-cross",
    "knee-problem": "deep-knee kneel impact",
    "cannot-kneel": "kneel",
    "wrist-problem": "wrist",
    "shoulder-problem": "shoulder overhead wrist",
    "neck-problem": "neck-load head-low",
    "hypermobility": "flex-end ext-end rot-end leg-tension",
    "no-prone": "prone prone-load",
    "no-supine": "supine",
    "no-water": "water",
    "high-blood-pressure": "iso-hard hard-effort head-low",
    "high-blood-pressure-controlled": "iso-hard head-low",
    "known-aneurysm": "hard-effort iso-hard",
    "heart-or-lung": "hard-effort iso-hard impact head-low",
    "glaucoma": "head-low iso-hard hard-effort",
    "dizziness": "head-low unstable no-support one-leg",
    "fall-risk": "no-support unstable impact",
    "hernia-or-abdominal-surgery": "curl iso-hard flex-load hard-effort prone-load",
    "new-to-exercise": "hard-effort impact",
}


def test_the_table_above_names_every_precaution() -> None:
    assert set(AT_LEAST) == set(CATALOG.precautions)


@pytest.mark.parametrize("tag", AT_LEAST)
def test_a_precaution_forbids_at_least_what_was_agreed(tag: str) -> None:
    assert set(AT_LEAST[tag].split()) <= set(CATALOG.precautions[tag].forbids)


def test_only_the_pelvic_floor_spares_aerobic_rows_and_only_from_effort() -> None:
    spares = {
        entry.tag: entry.spares_aerobic for entry in CATALOG.precautions.values() if entry.spares_aerobic
    }
    assert spares == {"pelvic-floor-symptoms": (Feature.HARD_EFFORT,)}
