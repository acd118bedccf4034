"""The one predicate behind every choice of a row."""

from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.candidates import Bounds, allowed, bounds_of, morning_rule_holds, sift
from backmove.core.choices import Category, Equipment, Tradition
from backmove.core.exercise import Feature, Slot, Stage, Status
from backmove.core.placement import Steps
from backmove.core.profile import Place, Profile
from backmove.core.zone import Mode, Zone
from backmove.errors import DataProblem

CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
EVERY_STEP = Steps(
    level={r.chain.id: 5 for r in ROWS.values() if r.chain}, reached=dict.fromkeys(Category, 5)
)
EVERYTHING = tuple(Equipment)


def bounds(**given: Any) -> Bounds:
    profile = {"equipment": EVERYTHING} | {
        k: given.pop(k) for k in list(given) if k in Profile.__struct_fields__ and k != "place"
    }
    settings: dict[str, Any] = {
        "tags": (),
        "careful": False,
        "zone": Zone.GREEN,
        "stage": Stage.CHRONIC,
        "mode": Mode.NORMAL,
        "place": Place.FLOOR,
        "minute_of_day": 12 * 60,
    }
    return bounds_of(CATALOG, PARAMETERS, Profile(**profile), EVERY_STEP, **(settings | given))


def main_rows(limits: Bounds) -> set[str]:
    return {row.id for row in sift(ROWS.values(), limits)[Slot.MAIN]}


def may(row: str, limits: Bounds, slot: Slot = Slot.MAIN) -> bool:
    return allowed(ROWS[row], limits, slot)


def test_sifting_asks_the_same_question_as_the_predicate() -> None:
    for zone, place in ((Zone.GREEN, Place.FLOOR), (Zone.AMBER, Place.BED), (Zone.RED, Place.CHAIR)):
        limits = bounds(zone=zone, place=place, tags=("fall-risk", "wrist-problem"))
        pools = sift(ROWS.values(), limits)
        for slot, rows in pools.items():
            assert [row.id for row in rows] == [row.id for row in ROWS.values() if allowed(row, limits, slot)]


def test_places_bar_positions() -> None:
    assert may("bird-dog", bounds())
    assert not may("bird-dog", bounds(place=Place.BED))
    assert may("bridge", bounds(place=Place.BED))
    assert not may("prone-chest-lift", bounds(place=Place.BED))
    assert not may("bridge", bounds(place=Place.UPRIGHT))
    assert may("heel-raise", bounds(place=Place.UPRIGHT))
    assert not may("heel-raise", bounds(place=Place.CHAIR))
    assert not may("sit-to-stand", bounds(place=Place.CHAIR))
    assert may("seated-lean-back", bounds(place=Place.CHAIR))


def test_a_chair_place_has_its_chair_and_no_ball_and_no_bike() -> None:
    limits = bounds(place=Place.CHAIR, equipment=(Equipment.BALL, Equipment.BIKE))
    assert limits.kit == {Equipment.CHAIR}
    assert may("seated-march", limits)
    assert not may("bike-recumbent", limits)


def test_water_and_outdoor_rows_are_outings_only() -> None:
    limits = bounds()
    away = [r for r in ROWS.values() if r.position in ("water", "outdoors")]
    assert not any(allowed(r, limits, slot) for r in away for slot in (Slot.WARMUP, Slot.MAIN, Slot.SETTLE))
    assert may("water-walk", limits, Slot.OUTING)
    assert may("walk-easy", limits, Slot.OUTING)


def test_rows_need_their_kit() -> None:
    assert may("pallof-standing", bounds())
    assert not may("pallof-standing", bounds(equipment=(Equipment.CHAIR,)))


@pytest.mark.parametrize("tag", list(CATALOG.precautions))
def test_a_tag_bars_exactly_what_the_precaution_says(tag: str) -> None:
    free, held = bounds(), bounds(tags=(tag,))
    for slot in (Slot.WARMUP, Slot.MAIN, Slot.SETTLE, Slot.OUTING):
        for row in ROWS.values():
            barred = CATALOG.precautions[tag].bars(row)
            assert allowed(row, held, slot) == (allowed(row, free, slot) and not barred)


def test_a_feature_that_one_tag_spares_and_another_does_not_is_barred() -> None:
    jog = replace(ROWS["bike-steady"], features=(Feature.HARD_EFFORT,), level=2)
    assert allowed(jog, bounds(tags=("pelvic-floor-symptoms",)), Slot.MAIN)
    assert not allowed(jog, bounds(tags=("pelvic-floor-symptoms", "glaucoma")), Slot.MAIN)


def test_derived_features_count() -> None:
    assert Feature.EXT_ANY not in ROWS["prone-glute-leg"].features
    assert may("prone-glute-leg", bounds())
    assert not may("prone-glute-leg", bounds(tags=("spondylolisthesis",)))


def test_an_unknown_tag_is_an_error() -> None:
    with pytest.raises(DataProblem, match="'gout' is not known"):
        bounds(tags=("gout",))


def test_zones_and_stages_cap_level_and_effort() -> None:
    levels = {
        zone: max(ROWS[row].level for row in main_rows(bounds(zone=zone)))
        for zone in (Zone.GREEN, Zone.AMBER, Zone.RED)
    }
    efforts = {
        zone: max(ROWS[row].dose.effort[1] for row in main_rows(bounds(zone=zone)))
        for zone in (Zone.AMBER, Zone.RED)
    }
    acute = main_rows(bounds(stage=Stage.ACUTE))
    assert levels == {Zone.GREEN: 5, Zone.AMBER: 2, Zone.RED: 1}
    assert (efforts[Zone.AMBER] <= 5, efforts[Zone.RED] <= 4) == (True, True)
    assert max(ROWS[row].level for row in acute) == 2
    assert max(ROWS[row].dose.effort[1] for row in acute) <= 4
    assert max(ROWS[row].level for row in main_rows(bounds(careful=True))) == 2


def test_red_rows_are_rows_of_a_bad_day_without_end_range() -> None:
    for row in (ROWS[r] for r in main_rows(bounds(zone=Zone.RED))):
        assert row.level == 1
        assert Stage.FLARE in row.stages
        assert row.spine.range != "end"
        assert not {Feature.FLEX_END, Feature.EXT_END, Feature.ROT_END} & row.hazards


def test_a_harder_row_is_out_on_a_red_day_even_if_it_says_that_it_fits() -> None:
    easy = replace(ROWS["mini-bridge"], stages=(Stage.CHRONIC, Stage.FLARE))
    assert allowed(easy, bounds(zone=Zone.RED), Slot.MAIN)
    assert not allowed(replace(easy, level=2), bounds(zone=Zone.RED), Slot.MAIN)
    assert allowed(replace(easy, level=2), bounds(zone=Zone.AMBER), Slot.MAIN)


def test_recovered_people_get_resting_rows_back_on_a_bad_day() -> None:
    assert not may("rest-90-90", bounds(stage=Stage.MAINTENANCE), Slot.SETTLE)
    assert may("rest-90-90", bounds(stage=Stage.MAINTENANCE, zone=Zone.RED), Slot.SETTLE)


def test_a_gentle_session_has_no_strength_no_load_and_no_end_range() -> None:
    gentle = main_rows(bounds(zone=Zone.RED, mode=Mode.GENTLE))
    assert gentle < main_rows(bounds(zone=Zone.RED))
    assert not {"mini-bridge", "sit-to-stand-hands", "wall-plank"} & gentle
    assert "seated-cat-cow" in gentle


def test_warm_up_and_settle_are_easy() -> None:
    limits = bounds()
    warm = [r for r in ROWS.values() if allowed(r, limits, Slot.WARMUP)]
    settle = [r for r in ROWS.values() if allowed(r, limits, Slot.SETTLE)]
    assert max(r.level for r in warm) <= 2
    assert max(r.dose.effort[1] for r in warm) <= 4
    assert max(r.dose.effort[1] for r in settle) <= 3
    assert not may("thread-needle", limits, Slot.WARMUP)


@pytest.mark.parametrize("word", ["bird-dog", Category.CORE, Tradition.MCGILL])
def test_dislikes_bar_by_id_category_or_tradition(word: str) -> None:
    assert may("bird-dog", bounds())
    assert not may("bird-dog", bounds(dislikes=(str(word),)))


def test_only_active_rows_are_given() -> None:
    for status in (Status.DEPRECATED, Status.MERGED):
        assert not allowed(replace(ROWS["bridge"], status=status), bounds(), Slot.MAIN)


def test_own_steps_cap_rows() -> None:
    first_steps = Steps(level={"bridge": 1}, reached={})
    limits = replace(bounds(), steps=first_steps)
    assert may("mini-bridge", limits)
    assert not may("bridge", limits)
    assert not may("clam", limits)


def test_nothing_jumps_yet() -> None:
    assert not may("walk-jog", bounds(), Slot.OUTING)


@pytest.mark.parametrize(
    ("minute", "gets_up", "day_ends", "holds"),
    [
        (7 * 60, "07:00", "03:00", True),
        (8 * 60 + 59, "07:00", "03:00", True),
        (9 * 60, "07:00", "03:00", False),
        (5 * 60, "07:00", "03:00", True),
        (60, "07:00", "03:00", False),
        (13 * 60, "11:30", "00:00", True),
        (23 * 60 + 30, "22:00", "12:00", True),
        (30, "22:00", "12:00", False),
    ],
)
def test_the_morning_rule_holds_until_two_hours_after_getting_up(
    minute: int, gets_up: str, day_ends: str, holds: bool
) -> None:
    profile = Profile(morning_rule=True, gets_up=gets_up, day_ends=day_ends)
    assert morning_rule_holds(profile, (), minute, PARAMETERS) is holds


def test_the_morning_rule_is_for_those_who_asked_or_whose_leg_pain_grows_on_bending() -> None:
    assert not morning_rule_holds(Profile(), (), 7 * 60, PARAMETERS)
    assert morning_rule_holds(Profile(), ("leg-pain-worse-bending",), 7 * 60, PARAMETERS)
    assert may("curl-up-mcgill", bounds(morning_rule=True))
    assert not may("curl-up-mcgill", bounds(morning_rule=True, minute_of_day=7 * 60))
