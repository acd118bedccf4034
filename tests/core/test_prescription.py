"""The worked examples of the specification that need no progression, and what a session says beside its rows."""

from typing import Any

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category, Equipment, Goal
from backmove.core.days import days_after
from backmove.core.exercise import Feature, Stage
from backmove.core.plan import Block, Plan, Refused
from backmove.core.prescription import plan_session
from backmove.core.profile import Place
from backmove.core.reason import Reason
from backmove.core.record import Flare, Pain, Session
from backmove.core.zone import Mode, Zone
from backmove.errors import ExitCode, UsageProblem
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()


def outcome(who: Person, day: str = TODAY) -> Plan | Refused:
    return plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, day, SEED)


def session(who: Person) -> Plan:
    found = outcome(who)
    assert isinstance(found, Plan), found
    return found


def refusal(who: Person) -> Refused:
    found = outcome(who)
    assert isinstance(found, Refused), found
    return found


def ids(plan: Plan, *blocks: Block) -> set[str]:
    return {item.exercise.id for item in plan.items if not blocks or item.block in blocks}


def features(plan: Plan) -> set[Feature]:
    return {feature for item in plan.items for feature in item.exercise.hazards}


def codes(plan: Plan) -> list[str]:
    return [notice.code for notice in plan.notices]


def learn_rows(plan: Plan) -> list[str]:
    return [i.exercise.id for i in plan.block(Block.MAIN) if i.exercise.dose.kind != "minutes"]


def fresh(who: Person) -> Person:
    """After safety questions of the last 24 hours."""
    return replace(who, standing=replace(who.standing, fresh=True))


def acute(**changes: Any) -> Person:
    return someone(onset=days_after(TODAY, -2), sessions=0, **changes)


def test_example_1_the_very_first_session_is_small_and_filled_with_minutes() -> None:
    plan = session(someone(sessions=0, pain=3))
    assert plan.zone is Zone.GREEN
    assert len(learn_rows(plan)) <= 3
    assert all(item.exercise.level <= 2 and item.rung == 0 for item in plan.items)
    assert 15 * 60 <= plan.estimated_s <= 20 * 60
    assert plan.card == 6
    block = [
        i for i in plan.block(Block.MAIN) if i.exercise.category in (Category.AEROBIC, Category.MIND_BODY)
    ]
    assert [i.fill for i in block] == [True]


@pytest.mark.parametrize("sessions", [0, 10])
def test_example_2_five_minutes_in_the_office(sessions: int) -> None:
    who = someone(place=Place.UPRIGHT, goals=(Goal.SIT,), minutes=5, pain=1, sessions=sessions)
    plan = session(who)
    rows = [item.exercise for item in plan.items]
    assert len(rows) == 4
    assert plan.estimated_s <= 300
    assert all(row.position in ("sitting", "standing") for row in rows)
    assert any({Goal.SIT, Goal.DESK} & set(row.goals) for row in rows)
    assert all(len(item.dose.counts) <= 1 for item in plan.items)


def test_example_3_acute_and_as_sore_as_usual() -> None:
    plan = session(acute(usual=6, pain=6, minutes=30))
    assert (plan.zone, plan.stage, plan.effective) == (Zone.AMBER, "acute", 15)
    assert all(i.exercise.level <= 2 and i.exercise.dose.effort[1] <= 4 for i in plan.items)
    assert Feature.FLEX_LOAD not in features(plan)
    assert plan.card == 1
    assert {"heat", "keep-moving", "shorter"} <= set(codes(plan))


def test_example_4_acute_and_much_sorer() -> None:
    plan = session(acute(usual=3, pain=7))
    assert (plan.zone, plan.mode, plan.effective) == (Zone.RED, Mode.GENTLE, 10)
    assert all(i.exercise.level == 1 and Stage.FLARE in i.exercise.stages for i in plan.items)
    assert len(plan.block(Block.MAIN)) == 2
    assert plan.card in (1, 14)
    assert any("three times a day" in notice.text for notice in plan.notices)


def test_example_5_a_steady_five_is_a_normal_day() -> None:
    plan = session(someone(usual=5, pain=5))
    assert (plan.zone, plan.d, plan.mode) == (Zone.GREEN, 0, Mode.NORMAL)


def test_example_6_a_steady_six_is_amber_and_seven_is_red() -> None:
    plan = session(someone(usual=6, pain=6, minutes=60))
    assert (plan.zone, plan.effective) == (Zone.AMBER, 20)
    assert all(i.exercise.level <= 2 for i in plan.items)
    assert all(len(i.dose.counts) <= 1 and not i.fill for i in plan.block(Block.MAIN))
    assert len({i.exercise.category for i in plan.block(Block.MAIN)}) >= 2
    assert session(someone(usual=6, pain=7)).zone is Zone.RED


def test_example_7_two_points_above_usual_is_amber() -> None:
    assert session(someone(usual=2, pain=4)).zone is Zone.AMBER


@pytest.mark.parametrize("usual", [3, 7])
def test_examples_8_and_9_pain_8_needs_fresh_safety_questions(usual: int) -> None:
    who = someone(usual=usual, pain=8)
    assert refusal(who).code == "pain-too-high"
    plan = session(fresh(who))
    assert (plan.zone, plan.mode, plan.effective) == (Zone.RED, Mode.GENTLE, 10)


@pytest.mark.parametrize("pain", [9, 10])
def test_example_10_nine_and_ten_are_refused_whatever_the_triage(pain: int) -> None:
    refused = refusal(fresh(someone(pain=pain)))
    assert (refused.code, refused.exit_code, refused.card) == ("pain-too-high", ExitCode.LOCKED, 21)


def test_example_11_a_flare_up_at_pain_three() -> None:
    who = someone(usual=2, pain=3, walk_minutes=28, minutes=20, tags=("leg-pain-worse-arching",))
    calm, flare = session(who), session(who.asking(flare=True))
    assert (flare.zone, flare.mode, flare.effective, flare.card) == (Zone.RED, Mode.FLARE, 10, 7)
    assert "rest-90-90" in ids(flare)
    assert {"knee-to-chest-single", "knee-rolls"} & ids(flare)
    assert "breathing-diaphragm" in ids(flare)
    assert Feature.EXT_END not in features(flare)
    assert (calm.outings[0].minutes, flare.outings[0].minutes) == (19, 9)


def test_a_flare_up_in_the_diary_is_at_least_red_until_it_is_called_off() -> None:
    who = someone(pain=1)
    on = Flare(v=1, id="f1", at=f"{TODAY}T08:00:00+01:00", day=TODAY, on=True)
    assert session(replace(who, diary=replace(who.diary, flares=(on,)))).mode is Mode.FLARE


def test_example_22_seventy_with_fall_risk_and_weak_bones() -> None:
    for sessions in (0, 10):
        who = someone(
            age=70, tags=("fall-risk", "osteoporosis"), place=Place.UPRIGHT, minutes=15, sessions=sessions
        )
        plan = session(who)
        balance = [i.exercise for i in plan.block(Block.MAIN) if i.exercise.category is Category.BALANCE]
        assert balance
        assert not {Feature.NO_SUPPORT, Feature.UNSTABLE, Feature.FLEX_END, Feature.ROT_END} & features(plan)
        stretches = [
            i for i in plan.items if i.exercise.category is Category.STRETCH and i.dose.kind == "stretch"
        ]
        assert all(i.dose.hold_s == min(30, (i.exercise.dose.stretch_s or (0, 0))[1]) for i in stretches)


def test_example_23_pregnant_with_pelvic_pain() -> None:
    plan = session(someone(tags=("pregnancy-3", "pelvic-girdle-pain")))
    positions = {item.exercise.position for item in plan.items}
    assert positions <= {"quadruped", "side-lying", "sitting", "standing"}
    assert not {Feature.SUPINE, Feature.ONE_LEG, Feature.WIDE_LEG} & features(plan)
    assert all(item.exercise.dose.effort[1] <= 6 for item in plan.items)


def test_example_24_a_wheelchair_user() -> None:
    who = someone(place=Place.CHAIR, equipment=(Equipment.BAND,), sessions=0, pain=1)
    plan = session(who)
    assert {item.exercise.position for item in plan.items} == {"sitting"}
    assert Feature.STAND_UP not in features(plan)
    chains = {i.exercise.chain.id for i in plan.block(Block.MAIN) if i.exercise.chain}
    assert chains & {"chaircore", "pull", "indoor"}
    assert [outing.exercise.id for outing in plan.outings] == ["seated-march"]


def test_example_25_only_a_bed_and_cannot_kneel() -> None:
    plan = session(someone(place=Place.BED, tags=("cannot-kneel",), minutes=10))
    lying = [i.exercise for i in plan.items if i.exercise.position not in ("sitting", "standing")]
    assert all(row.bed_ok for row in lying)
    assert not {"quadruped", "kneeling"} & {item.exercise.position for item in plan.items}


def test_example_26_glaucoma_and_blood_pressure_and_a_liking_for_yoga() -> None:
    plan = session(someone(tags=("glaucoma", "high-blood-pressure"), likes=("yoga",), minutes=30))
    assert not {"downward-dog", "standing-roll-down", "legs-up-wall"} & ids(plan)
    assert Feature.ISO_HARD not in features(plan)
    assert any(item.exercise.tradition == "yoga" for item in plan.items)


def test_example_27_stenosis_at_72() -> None:
    who = someone(
        age=72, tags=("spinal-stenosis",), goals=(Goal.WALK,), equipment=tuple(Equipment), sessions=0
    )
    plan = session(who)
    assert not {Feature.EXT_ANY, Feature.EXT_END, Feature.EXT_LOAD} & features(plan)
    assert plan.outings
    legs = {
        i.exercise.chain.id
        for i in plan.block(Block.MAIN)
        if i.exercise.category == "strength" and i.exercise.chain
    }
    assert legs


def test_example_28_no_deep_bending_in_the_first_hours() -> None:
    who = someone(onset=days_after(TODAY, -60), tags=("leg-pain-worse-bending",), pain=2)
    early = session(who.asking(minute_of_day=8 * 60))
    assert early.stage == "subacute"
    assert not {Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL} & features(early)


def test_example_35_recovered_people_have_shorter_sessions_by_default() -> None:
    who = someone(usual=1, pain=0, minutes=None)
    told = [
        Pain(
            v=1, id=f"p{n}", at=f"{days_after(TODAY, -n)}T08:00:00+01:00", day=days_after(TODAY, -n), score=1
        )
        for n in range(35, 0, -5)
    ]
    plan = session(replace(who, diary=replace(who.diary, pains=tuple(told))))
    assert (plan.stage, plan.requested) == ("maintenance", 15)


def test_example_37_five_minutes_have_a_leg_row_and_a_trunk_row() -> None:
    for pain, sessions in ((0, 0), (1, 10), (2, 3)):
        plan = session(someone(minutes=5, pain=pain, sessions=sessions))
        main = {item.exercise.category for item in plan.block(Block.MAIN)}
        assert Category.STRENGTH in main
        assert main & {Category.CORE, Category.MOTOR_CONTROL}
        assert plan.outings[0].due


def test_example_38_another_session_three_times() -> None:
    who = someone(goals=(Goal.GETUP,), pain=1)
    plans = [session(who.asking(variant=n)) for n in range(4)]
    mains = [ids(plan, Block.MAIN) for plan in plans]
    assert len({frozenset(ids(plan)) for plan in plans}) == 4
    assert all(len(a - b) <= 1 for a in mains for b in mains)
    assert any(mains[0] != main for main in mains[1:])
    assert all(session(who.asking(variant=n)) == plan for n, plan in enumerate(plans))


@pytest.mark.parametrize("pain", [4, 7])
def test_another_keeps_the_main_rows_on_sore_days(pain: int) -> None:
    who = someone(usual=1, pain=pain)
    plans = [session(who.asking(variant=n)) for n in range(3)]
    assert len({frozenset(ids(plan, Block.MAIN)) for plan in plans}) == 1
    assert len({frozenset(ids(plan, Block.WARMUP, Block.SETTLE)) for plan in plans}) == 3


def test_another_says_so_when_there_is_no_other() -> None:
    rows = ("seated-cat-cow", "pelvic-floor-squeeze", "breathing-space-3min")
    few = replace(CATALOG, exercises={row: CATALOG.exercises[row] for row in (*rows, "desk-chin-nod")})
    who = someone(place=Place.CHAIR, pain=7, sessions=0, minutes=10).asking(variant=1)
    plan = plan_session(few, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(plan, Plan)
    assert codes(plan)[0] == "no-other"


def test_example_39_every_joint_at_once() -> None:
    tags = ("cannot-kneel", "no-prone", "no-supine", "wrist-problem", "shoulder-problem", "neck-problem")
    plan = session(someone(tags=tags, place=Place.UPRIGHT, pain=1))
    assert len({item.exercise.category for item in plan.block(Block.MAIN)}) >= 2


def test_the_day_has_the_highest_pain_that_was_said() -> None:
    who = someone(usual=3, pain=1)
    logged = Pain(v=1, id="p1", at=f"{TODAY}T07:00:00+01:00", day=TODAY, score=6)
    sore = replace(who, diary=replace(who.diary, pains=(logged,)))
    assert (session(sore).pain, session(sore).zone) == (6, Zone.RED)
    morning = replace(
        who,
        diary=replace(who.diary, pains=(Pain(v=1, id="p2", at=logged.at, day=TODAY, score=6, morning=True),)),
    )
    assert session(morning).pain == 1


@pytest.mark.parametrize("minutes", [-1, 0, 4, 61, 600])
def test_minutes_outside_the_limits_are_wrong_usage(minutes: int) -> None:
    with pytest.raises(UsageProblem, match="5 to 60 minutes"):
        outcome(someone().asking(minutes=minutes))


def test_gentle_comes_from_any_of_its_causes_and_is_red() -> None:
    who = someone(pain=1)
    held = replace(who, standing=replace(who.standing, gentle=True))
    for one in (held, who.asking(gentle=True), who.asking(dc5_unsure=True), who.asking(pain=7)):
        plan = session(one.asking(flare=True, relief=True))
        assert (plan.mode, plan.zone) == (Mode.GENTLE, Zone.RED)
        assert "gentle" in codes(plan)


def test_modes_are_ordered_gentle_relief_flare_normal() -> None:
    who = someone(pain=1)
    assert session(who.asking(flare=True, relief=True)).mode is Mode.RELIEF
    assert session(who.asking(flare=True)).mode is Mode.FLARE
    assert session(who).mode is Mode.NORMAL


def test_reasons_of_the_records_come_before_those_of_pain() -> None:
    who = someone(pain=9)
    reason = Reason("new-red-flag", "Something new.", ExitCode.EMERGENCY)
    refused = refusal(replace(who, standing=replace(who.standing, reasons=(reason,))))
    assert [r.code for r in refused.reasons] == ["new-red-flag", "pain-too-high"]
    assert (refused.exit_code, refused.card) == (ExitCode.EMERGENCY, None)


def test_too_few_rows_are_a_refusal_and_no_filter_gives_way() -> None:
    kinds = tuple(str(kind) for kind in Category if kind is not Category.RECOVERY)
    refused = refusal(someone(dislikes=kinds))
    assert (refused.code, refused.exit_code) == ("no-safe-session", ExitCode.LOCKED)
    assert "walk" in refused.text


def test_the_first_two_rows_stay_while_the_days_are_alike() -> None:
    who = someone(pain=1, sessions=10)
    given = [outcome(who, days_after(TODAY, n)) for n in range(5)]
    mains = [ids(plan, Block.MAIN) for plan in given if isinstance(plan, Plan)]
    assert all({"wall-hinge", "sit-to-stand"} <= main for main in mains)


def test_an_amber_day_brings_no_new_row() -> None:
    plan = session(someone(usual=1, pain=4))
    assert plan.zone is Zone.AMBER
    assert ids(plan, Block.MAIN) <= {
        "wall-hinge",
        "sit-to-stand",
        "single-leg-support",
        "seated-march",
        "weight-shift",
    }


def test_a_green_day_brings_one_new_row_at_most() -> None:
    plan = session(someone(pain=1, minutes=30))
    new = set(learn_rows(plan)) - {"wall-hinge", "sit-to-stand", "single-leg-support"}
    assert len(new) <= 1


def test_a_goal_row_comes_first_in_its_slot_and_says_so() -> None:
    plan = session(someone(sessions=0, goals=(Goal.REACH,), pain=1))
    assert any(Goal.REACH in i.exercise.goals and "reaching" in i.why for i in plan.block(Block.MAIN))


def test_a_liked_row_wins_ties() -> None:
    plan = session(someone(sessions=0, likes=("bird-dog", "toe-tap"), pain=1))
    assert "toe-tap" in ids(plan, Block.MAIN)


def test_low_confidence_means_two_rows_to_learn() -> None:
    plan = session(someone(confidence=4, pain=1, minutes=30))
    assert (plan.learn_max, len(learn_rows(plan))) == (2, 2)


def test_the_plan_knows_what_was_already_written() -> None:
    plan = session(someone(pain=1))
    same = Session(
        v=1,
        id="s1",
        at=f"{TODAY}T09:00:00+01:00",
        day=TODAY,
        zone=str(plan.zone),
        stage=plan.stage,
        mode=str(plan.mode),
        pain=plan.pain,
        variant=plan.variant,
        requested_min=plan.requested,
        effective_min=plan.effective,
        estimated_s=plan.estimated_s,
        place=str(plan.place),
        items=tuple(item.given for item in plan.items),
        outings=tuple(outing.exercise.id for outing in plan.outings),
        card=plan.card,
    )
    assert plan.is_what_was_given(same)
    assert not replace(plan, pain=2).is_what_was_given(same)
    assert not replace(plan, items=plan.items[1:]).is_what_was_given(same)


@pytest.mark.parametrize(
    ("days_per_week", "pain", "next_date"),
    [(2, 1, "2026-03-07"), (3, 1, "2026-03-06"), (5, 1, "2026-03-05"), (3, 7, "2026-03-05")],
)
def test_the_next_day_is_spread_over_the_week_and_tomorrow_on_bad_days(
    days_per_week: int, pain: int, next_date: str
) -> None:
    who = someone(days_per_week=days_per_week, pain=pain, sessions=0)
    assert session(who).next_date == next_date


def test_a_full_week_goes_on_on_monday() -> None:
    assert session(someone(days_per_week=2)).next_date == "2026-03-09"
