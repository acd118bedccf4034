"""Worked examples 22 to 32: who somebody is, what they carry, and what they fear."""

from typing import Any

import pytest
from regular import again, regular, until

from backmove.core.exercise import Feature, Position
from backmove.core.plan import Block, Plan
from backmove.core.record import Direction, Exposure
from life import CATALOG, PARAMETERS, Life, Visit

BENDS = {Feature.FLEX_MID, Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL}
ARCHES = {Feature.EXT_ANY, Feature.EXT_END, Feature.EXT_LOAD}
LYING = {Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED, Position.KNEELING}


def hazards(visit: Visit) -> set[Feature]:
    return {hazard for item in visit.plan.items for hazard in item.exercise.hazards}


def some(life: Life, count: int = 6, pain: int = 3, **asked: object) -> list[Visit]:
    """So many sessions, each done, one every other day."""
    visits = []
    for _ in range(count):
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000)
        visits.append(life.session(pain, **asked))  # type: ignore[arg-type]
        life.done(effort=5)
    return visits


def test_example_22_seventy_with_weak_bones_who_might_fall() -> None:
    life = regular(
        place="upright",
        minutes=15,
        precautions=["fall-risk", "osteoporosis"],
        answers={"age": 70, "weak_bones": "y"},
    )
    barred = {Feature.NO_SUPPORT, Feature.UNSTABLE, Feature.FLEX_END, Feature.ROT_END}
    for visit in some(life, 7):
        balance = [i.exercise for i in visit.plan.block(Block.MAIN) if i.exercise.category == "balance"]
        assert balance and not hazards(visit) & barred, visit.rows
        for item in visit.plan.items:
            if item.exercise.category == "stretch" and item.exercise.dose.stretch_s:
                assert (item.dose.hold_s or 0) >= min(30, item.exercise.dose.stretch_s[1])
    week = life.visits[-3:]
    assert all(any(i.exercise.category == "balance" for i in v.plan.items) for v in week)


def test_example_23_pregnant_with_a_sore_pelvis() -> None:
    answers = {"sex": "f", "age": 32, "pregnant": "y", "pregnancy_weeks": 28, "pregnancy_signs": []}
    life = regular(answers=answers, sessions=0, precautions=["pelvic-girdle-pain"])
    for visit in some_days(life, 4):
        for item in visit.plan.items:
            row = item.exercise
            assert row.position in ("quadruped", "side-lying", "sitting", "standing", "water"), row.id
            assert not row.hazards & {Feature.SUPINE, Feature.ONE_LEG, Feature.WIDE_LEG}, row.id
            assert row.dose.effort[1] <= 6


def some_days(life: Life, count: int, pain: int = 3) -> list[Visit]:
    """Several days in a row whose answers still hold."""
    visits = []
    for _ in range(count):
        visits.append(life.session(pain))
        life.done()
        life.wait(1)
    return visits


@pytest.mark.parametrize("others", [(), ("pallof-seated", "overhead-press-seated", "seated-buttock-squeeze")])
def test_example_24_a_wheelchair_and_a_band(others: tuple[str, ...]) -> None:
    """Other seated rows for trunk and arms may be there instead; without them it is one of these chains."""
    visits = some(regular(place="chair", equipment=["band", "chair"], minutes=30, dislikes=list(others)), 10)
    for visit in visits:
        assert all(i.exercise.position == "sitting" for i in visit.plan.items)
        assert Feature.STAND_UP not in hazards(visit)
    main = [item.exercise for v in visits for item in v.plan.block(Block.MAIN)]
    aerobic = {row.id for row in main if row.category == "aerobic"}
    assert aerobic and aerobic <= {"seated-march", "arm-cardio-chair"}
    chains = {row.chain.id for row in main if row.chain}
    assert chains & ({"chaircore", "pull"} if others else {"chaircore", "pull", "pallof"}), chains


def test_example_25_in_bed_without_kneeling() -> None:
    life = regular(place="bed", minutes=10, precautions=["cannot-kneel"])
    for visit in some(life, 5):
        for item in visit.plan.items:
            row = item.exercise
            assert row.position in ("sitting", "standing") or row.bed_ok, row.id
            assert row.position not in (Position.QUADRUPED, Position.KNEELING), row.id


def test_example_26_yoga_with_glaucoma_and_high_blood_pressure() -> None:
    tags = ["glaucoma", "high-blood-pressure"]
    visits = some(regular(minutes=30, likes=["yoga"], precautions=tags), 10)
    yoga = {i.exercise.id for v in visits for i in v.plan.items if i.exercise.tradition == "yoga"}
    assert yoga and not yoga & {"downward-dog", "standing-roll-down", "legs-up-wall"}
    for visit in visits:
        assert not {"downward-dog", "standing-roll-down", "legs-up-wall"} & set(visit.rows)
        assert not hazards(visit) & {Feature.ISO_HARD, Feature.HEAD_LOW}


def stenosis(*more: str) -> Life:
    kit = ["wall", "chair", "table", "cushion", "towel", *more]
    return regular(answers={"age": 72}, goals=["walk"], precautions=["spinal-stenosis"], equipment=kit)


def test_example_27_stenosis_brings_no_arching_and_relief_by_bending() -> None:
    life = stenosis()
    visits = some(life, 6)
    assert not any(
        hazards(v) & ARCHES or {i.exercise.position for i in v.plan.items} & {"prone"} for v in visits
    )
    assert any(v.of_chain("squat") for v in visits)
    red = life.looking_ahead(1, 6)
    assert any(i.exercise.bends == "flexion" or i.exercise.id == "rest-90-90" for i in red.plan.items), (
        red.rows
    )


def test_example_27_stenosis_walks_in_parts_with_breaks_and_prefers_a_bike() -> None:
    by_bike = stenosis("bike").session(3).plan.outings
    assert by_bike and by_bike[0].exercise.chain is not None and by_bike[0].exercise.chain.id == "bike"
    on_foot = stenosis().session(3).plan
    assert on_foot.outings and on_foot.outings[0].exercise.category == "aerobic"
    assert any("sit" in notice.text and "walk" in notice.text.lower() for notice in on_foot.notices)


def test_example_28_leg_pain_worse_bending_an_hour_after_getting_up() -> None:
    life = regular(
        sessions=0, onset=60, hour=8, precautions=["leg-pain-worse-bending"], gets_up="07:00", triaged=1
    )
    life.write(Direction, bending="worse", arching="better")
    visits = some_days(life, 4, pain=2)
    for visit in visits:
        assert not hazards(visit) & {Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL}, visit.rows
    assert any(i.exercise.bends == "extension" for v in visits for i in v.plan.items)


def bending_ways(visit: Visit, way: str) -> list[str]:
    return [item.exercise.id for item in visit.plan.items if item.exercise.bends == way]


def with_an_arch() -> Life:
    """A day after the first six weeks on which arching helps, and a row arches; it is not reported yet."""
    life = regular(sessions=0, onset=60, triaged=1)
    life.write(Direction, bending="worse", arching="better")
    for number in range(12):
        visit = life.session(6 if number % 2 else 2)
        if bending_ways(visit, "extension"):
            return life
        life.done()
        life.wait(1)
    raise AssertionError(f"no row that arches in twelve days; the last day had {visit.rows}")


def test_example_29_a_move_that_sends_pain_down_the_leg_rests_for_a_week() -> None:
    life = with_an_arch()
    life.done(leg="further", hurt=bending_ways(life.visits[-1], "extension")[:1])
    for _ in range(6):
        life.wait(1)
        visit = life.session(2)
        assert bending_ways(visit, "extension") == [] and not hazards(visit) & ARCHES, visit.rows
        life.done()


def test_example_29_both_ways_within_a_week_ask_for_a_look() -> None:
    life = with_an_arch()
    life.done(leg="further", hurt=bending_ways(life.visits[-1], "extension")[:1])
    for _ in range(6):
        life.wait(1)
        bends = bending_ways(life.session(2), "flexion")
        report: dict[str, Any] = {"leg": "further", "hurt": bends[:1]} if bends else {}
        life.done(**report)
        if bends:
            assert life.wait(1).session(2).refused.code == "leg-further"
            return
    raise AssertionError("no row that bends in six days")


def test_example_30_a_weak_foot_stops_everything() -> None:
    life = regular()
    life.log(3, leg="new")
    refused = life.session(3).refused
    assert refused.code == "new-red-flag" and refused.card in (None, PARAMETERS.cards.help)
    assert "safety questions" in refused.text or "emergency" in refused.text


BENDING = ("seated-hinge", "seated-forward-fold", "wall-hinge", "standing-roll-down", "floor-lift-flexed")


def exposed(visit: Visit) -> list[str]:
    return [i.exercise.id for i in visit.plan.items if i.slot == "exposure" or i.rule == "O4"]


def test_example_31_a_feared_move_comes_one_rung_at_a_time() -> None:
    life = regular(feared="bending")
    for prediction in (8, 5, 3):
        visit = life.session(2)
        assert exposed(visit) == ["seated-hinge"], visit.rows
        life.write(Exposure, exercise="seated-hinge", prediction=prediction)
        life.done(peak=4, prediction=prediction, found=2)
        life.wait(2)
    assert exposed(life.session(2)) == ["seated-forward-fold"]


def test_example_31_a_sore_day_brings_no_step_and_an_amber_one_no_new_one() -> None:
    life = regular(feared="bending", usual=2)
    assert exposed(life.looking_ahead(0, 7)) == []
    assert set(exposed(life.looking_ahead(0, 5))) <= {"seated-hinge"}
    assert exposed(life.session(2)) == ["seated-hinge"]


def test_example_32_weak_bones_stop_the_ladder_before_the_rounded_lift() -> None:
    weak = CATALOG.precautions["osteoporosis"]
    ladder = PARAMETERS.ladders.rows
    assert weak.bars(CATALOG.exercises["floor-lift-flexed"])
    for row in ("wall-hinge", "good-morning-hands", "bag-lift"):
        assert row in ladder["lifting"] and not weak.bars(CATALOG.exercises[row])  # type: ignore[index]


@pytest.mark.parametrize("fear", ["bending", "lifting"])
def test_example_32_a_precaution_wins_over_the_ladder(fear: str) -> None:
    life = regular(feared=fear, precautions=["osteoporosis"], answers={"weak_bones": "y"}, minutes=30)
    met: list[str] = []
    for _ in range(16):
        visit = again(life, 2, effort=4, prediction=1, found=1, peak=2)
        met += exposed(visit)
        assert "floor-lift-flexed" not in visit.rows
        assert not hazards(visit) & {Feature.FLEX_END, Feature.FLEX_LOAD}
    assert met
    assert fear == "bending" or "wall-hinge" in met, met


def test_a_session_that_is_found_is_a_plan() -> None:
    """``until`` and ``again`` of the examples give sessions, never refusals in disguise."""
    life = regular()
    assert isinstance(until(life, lambda v: bool(v.rows)).outcome, Plan)
