"""The way of moving that helps, and how one that does not rests and comes back (R-J)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.candidates import bounds_of, sift
from backmove.core.choices import Category, Equipment
from backmove.core.diary import Diary, fold
from backmove.core.exercise import Exercise, Feature, Slot, Stage
from backmove.core.helpful_direction import NO_WAYS, Way, Ways, forbidden_by, opened_by, ways_moved, ways_of
from backmove.core.placement import Steps
from backmove.core.profile import Place, Profile
from backmove.core.record import Direction, Flare, GivenDose, GivenItem, Pain, Triage
from backmove.core.zone import Mode, Zone
from conftest import MONDAY
from given import done, row, session

Stamp = Callable[..., Mapping[str, Any]]
CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
PRESS_UP, TO_CHEST = row("prone-press-up", "extension"), row("knee-to-chest-single", "flexion")
EVERY_STEP = Steps(
    level={r.chain.id: 5 for r in ROWS.values() if r.chain}, reached=dict.fromkeys(Category, 5)
)
ONSET: Mapping[Stage, float] = {Stage.ACUTE: -20, Stage.SUBACUTE: -60, Stage.CHRONIC: -300}
LAST_BLOCKED, REOPENED = 6, 14
"""Written out again, so that an edited file cannot move its own proof."""


def day(days: float) -> str:
    return (MONDAY + timedelta(days=days)).date().isoformat()


def ways(diary: Diary, days: float = 0) -> Ways:
    return ways_of(diary, day(days), PARAMETERS)


def spell(stamp: Stamp, stage: Stage = Stage.CHRONIC) -> Triage:
    return Triage(
        **stamp(days=-10), disposition="SELF_CARE", result="SELF_CARE", ended="finished", complete=True,
        rules_version="1", episode_start=day(ONSET[stage]),
    )  # fmt: skip


def sent_down(stamp: Stamp, days: float = 0) -> list[Any]:
    """A session whose press-up sent pain down the leg."""
    given_ = session(stamp, PRESS_UP, TO_CHEST, days=days)
    return [given_, done(stamp, given_, "prone-press-up", days=days, leg="further")]


def test_nothing_said_takes_nothing_out(stamp: Stamp) -> None:
    assert ways(fold([spell(stamp)])) == NO_WAYS
    assert all(forbidden_by(NO_WAYS, zone) == opened_by(NO_WAYS, zone) == frozenset() for zone in Zone)
    assert all(NO_WAYS.admit(exercise, 1) for exercise in ROWS.values())


# --- J3: a way that sent pain down the leg ----------------------------------------------------------------


@pytest.mark.parametrize("later", [0, 1, LAST_BLOCKED])
def test_a_way_that_sent_pain_down_the_leg_rests_for_seven_days(stamp: Stamp, later: int) -> None:
    found = ways(fold([spell(stamp), *sent_down(stamp)]), later)
    assert found.blocked == {Way.EXTENSION} and found.blocked_until == day(LAST_BLOCKED)


def test_then_it_comes_back_in_its_easiest_form_without_its_end_range(stamp: Stamp) -> None:
    found = ways(fold([spell(stamp), *sent_down(stamp)]), LAST_BLOCKED + 1)
    assert found.blocked == set()
    assert found.easy_only == found.no_end == {Way.EXTENSION}
    assert forbidden_by(found, Zone.GREEN) == {Feature.EXT_END}


def test_after_fourteen_days_without_a_red_one_the_end_range_is_open_again_still_easy(stamp: Stamp) -> None:
    diary = fold([spell(stamp), *sent_down(stamp)])
    assert ways(diary, REOPENED - 1).no_end == {Way.EXTENSION}
    found = ways(diary, REOPENED)
    assert found.blocked == found.no_end == set()
    assert found.easy_only == {Way.EXTENSION}


@pytest.mark.parametrize("what", ["session", "pain", "flare"])
def test_a_red_day_begins_the_fourteen_days_anew_and_later_ones_close_nothing(
    stamp: Stamp, what: str
) -> None:
    def red(days: float) -> Any:
        if what == "session":
            return session(stamp, row("weight-shift"), days=days, zone="red")
        return Pain(**stamp(days=days), score=7) if what == "pain" else Flare(**stamp(days=days), on=True)

    diary = fold([spell(stamp), *sent_down(stamp), red(10), red(30)])
    assert ways(diary, REOPENED).no_end == {Way.EXTENSION}
    assert ways(diary, 10 + REOPENED).no_end == set()
    assert ways(diary, 31).no_end == set()


def test_it_is_free_once_an_easy_row_was_done_and_nothing_went_down_the_leg(stamp: Stamp) -> None:
    again = session(stamp, row("prone-elbows", "extension"), days=16)
    diary = fold([spell(stamp), *sent_down(stamp), again, done(stamp, again, days=16, leg="usual")])
    assert ways(diary, 17) == NO_WAYS


@pytest.mark.parametrize(
    "said", [{"leg": "further"}, {"status": "stopped", "reason": "time"}, {"status": "partly"}]
)
def test_a_session_that_says_nothing_good_of_the_row_frees_nothing(
    stamp: Stamp, said: dict[str, str]
) -> None:
    again = session(stamp, row("prone-elbows", "extension"), days=16)
    diary = fold([spell(stamp), *sent_down(stamp), again, done(stamp, again, days=16, **said)])
    assert ways(diary, 17) != NO_WAYS


def test_a_second_time_begins_anew(stamp: Stamp) -> None:
    diary = fold([spell(stamp), *sent_down(stamp), *sent_down(stamp, 5)])
    assert ways(diary, 5 + LAST_BLOCKED).blocked == {Way.EXTENSION}
    assert ways(diary, 5 + LAST_BLOCKED + 1).blocked == set()


@pytest.mark.parametrize(("later", "rests"), [(0, True), (LAST_BLOCKED, True), (LAST_BLOCKED + 1, False)])
def test_the_ladder_of_the_row_that_did_it_rests_whatever_way_it_moves(
    stamp: Stamp, later: int, rests: bool
) -> None:
    item = GivenItem("seated-hinge", "main", GivenDose("reps", (8,)), 60, chain="hinge")
    one = session(stamp, item, row("bird-dog"))
    found = ways(fold([spell(stamp), one, done(stamp, one, "seated-hinge", leg="further")]), later)
    for name in ("seated-hinge", "wall-hinge"):
        assert found.admit(ROWS[name], 1) is not rests
    assert found.admit(ROWS["bird-dog"], 1)


def test_a_clock_that_went_back_keeps_the_block(stamp: Stamp) -> None:
    assert ways(fold([spell(stamp), *sent_down(stamp)]), -3).blocked == {Way.EXTENSION}


# --- J1, J2, J4: a way that helps ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "helps"),
    [
        ({"bending": "better", "arching": "worse"}, Way.FLEXION),
        ({"bending": "same", "arching": "better"}, Way.EXTENSION),
        ({"arching": "better"}, Way.EXTENSION),
        ({"bending": "better", "arching": "better"}, None),
        ({"bending": "same", "arching": "worse"}, None),
        ({"arching": "worse", "arching_leg": "closer"}, Way.EXTENSION),
        ({"bending": "better", "arching": "worse", "arching_leg": "closer"}, None),
        ({"arching": "better", "arching_leg": "further"}, None),
        ({"bending": "better", "arching": "better", "arching_leg": "new"}, Way.FLEXION),
    ],
)
def test_one_way_must_be_better_and_the_other_not_and_closer_is_better(
    stamp: Stamp, said: dict[str, Any], helps: Way | None
) -> None:
    assert ways(fold([spell(stamp), Direction(**stamp(), **said)])).helps is helps


def preference(stamp: Stamp, stage: Stage, *more: Any) -> Diary:
    """Pain 5, arching helps, and a day later pain is 4."""
    return fold(
        [
            spell(stamp, stage),
            Pain(**stamp(), score=5),
            Direction(**stamp(), bending="worse", arching="better"),
            Pain(**stamp(days=1), score=4),
            *more,
        ]
    )


def test_amber_and_red_days_leave_out_the_end_range_of_the_other_way(stamp: Stamp) -> None:
    for stage in ONSET:
        found = ways(preference(stamp, stage))
        assert all(forbidden_by(found, zone) >= {Feature.FLEX_END} for zone in (Zone.AMBER, Zone.RED))
        assert all(Feature.EXT_END not in forbidden_by(found, zone) for zone in Zone)


def test_in_the_chronic_stage_a_green_day_leaves_nothing_out(stamp: Stamp) -> None:
    found = ways(preference(stamp, Stage.CHRONIC))
    assert found.helps is Way.EXTENSION
    assert forbidden_by(found, Zone.GREEN) == set()
    assert all(found.admit(exercise, 1) for exercise in ROWS.values())


@pytest.mark.parametrize("stage", [Stage.ACUTE, Stage.SUBACUTE])
def test_in_the_first_twelve_weeks_it_comes_back_after_fourteen_days_easy_first(
    stamp: Stamp, stage: Stage
) -> None:
    diary = preference(stamp, stage)
    assert forbidden_by(ways(diary, REOPENED - 1), Zone.GREEN) == {Feature.FLEX_END}
    found = ways(diary, REOPENED)
    assert forbidden_by(found, Zone.GREEN) == set() and found.easy_only == {Way.FLEXION}
    again = session(stamp, TO_CHEST, days=15)
    freed = preference(stamp, stage, again, done(stamp, again, days=15))
    assert ways(freed, 16).easy_only == set()


def test_a_bad_day_has_the_end_range_of_the_way_that_helps(stamp: Stamp) -> None:
    found = ways(preference(stamp, Stage.CHRONIC))
    assert [opened_by(found, zone) for zone in Zone] == [set(), set(), {Feature.EXT_END}]
    assert "standing-back-bend" in ids(found, zone=Zone.RED)
    assert "standing-back-bend" not in ids(NO_WAYS, zone=Zone.RED)
    assert "standing-back-bend" not in ids(found, zone=Zone.RED, mode=Mode.GENTLE)
    assert "standing-back-bend" not in ids(found, zone=Zone.RED, tags=("leg-symptoms-irritable",))


def test_it_is_dropped_after_five_days_without_a_change(stamp: Stamp) -> None:
    said: list[Any] = [spell(stamp), Pain(**stamp(), score=5), Direction(**stamp(), arching="better")]
    same = fold([*said, Pain(**stamp(days=3), score=5), Pain(**stamp(days=9), score=2)])
    assert [ways(same, days).helps for days in (0, 5, 6, 12)] == [Way.EXTENSION, Way.EXTENSION, None, None]
    less = fold([*said, Pain(**stamp(days=3), score=4)])
    assert ways(less, 30).helps is Way.EXTENSION
    closer = fold([*said, Pain(**stamp(days=3), score=5, leg="closer")])
    assert ways(closer, 30).helps is Way.EXTENSION
    assert ways(fold(said), 6).helps is None


def test_a_way_that_helped_and_then_sent_pain_down_the_leg_helps_no_more(stamp: Stamp) -> None:
    diary = preference(stamp, Stage.CHRONIC, *sent_down(stamp, 2))
    assert [ways(diary, days).helps for days in (3, 40)] == [None, None]


def test_the_last_self_test_of_this_spell_counts(stamp: Stamp) -> None:
    old: list[Any] = [Pain(**stamp(days=-400), score=5), Direction(**stamp(days=-400), arching="better")]
    old.append(Pain(**stamp(days=-399), score=3))
    assert ways(fold(old), -20).helps is Way.EXTENSION
    assert ways(fold([*old, spell(stamp)])).helps is None
    two = [Direction(**stamp(), arching="better"), Direction(**stamp(), bending="better")]
    assert ways(fold([spell(stamp), *two])).helps is Way.FLEXION
    none = Direction(**stamp(), bending="same", arching="same")
    assert ways(fold([spell(stamp), two[0], none])).helps is None


# --- what may be given -----------------------------------------------------------------------------------


def pools(
    found: Ways, *, zone: Zone, mode: Mode = Mode.NORMAL, tags: tuple[str, ...] = ()
) -> dict[Slot, tuple[Exercise, ...]]:
    bounds = bounds_of(
        CATALOG, PARAMETERS, Profile(equipment=tuple(Equipment)), EVERY_STEP, tags=tags, careful=False, zone=zone,
        stage=Stage.CHRONIC, mode=mode, place=Place.FLOOR, minute_of_day=12 * 60, ways=found,
    )  # fmt: skip
    return sift(ROWS.values(), bounds)


def ids(
    found: Ways, *, zone: Zone = Zone.GREEN, mode: Mode = Mode.NORMAL, tags: tuple[str, ...] = ()
) -> set[str]:
    return {
        exercise.id for rows in pools(found, zone=zone, mode=mode, tags=tags).values() for exercise in rows
    }


some_ways = st.frozensets(st.sampled_from(Way))
known = st.builds(Ways, blocked=some_ways, easy_only=some_ways, no_end=some_ways, avoided=some_ways)
tag_lists = st.lists(st.sampled_from(sorted(CATALOG.precautions)), max_size=2).map(tuple)


@given(known, st.sampled_from(Zone), st.sampled_from(Mode), tag_lists, some_ways, some_ways)
def test_another_block_never_adds_a_row(
    found: Ways, zone: Zone, mode: Mode, tags: tuple[str, ...], more: frozenset[Way], easy: frozenset[Way]
) -> None:
    stricter = replace(found, blocked=found.blocked | more, easy_only=found.easy_only | easy)
    before, after = (pools(w, zone=zone, mode=mode, tags=tags) for w in (found, stricter))
    assert all(set(after[slot]) <= set(before[slot]) for slot in before)


@given(known, st.sampled_from(Zone), st.sampled_from([*Way, None]))
def test_a_blocked_way_is_in_no_pool_whatever_helps(found: Ways, zone: Zone, helps: Way | None) -> None:
    for rows in pools(replace(found, helps=helps), zone=zone).values():
        for exercise in rows:
            assert ways_moved(exercise).isdisjoint(found.blocked)
            assert exercise.level == 1 or ways_moved(exercise).isdisjoint(found.easy_only)
            assert exercise.bends not in found.blocked


@given(known, st.sampled_from(Zone))
def test_i3_no_row_has_a_feature_that_a_way_takes_out(found: Ways, zone: Zone) -> None:
    left = {exercise for rows in pools(found, zone=zone).values() for exercise in rows}
    assert not any(forbidden_by(found, zone) & exercise.hazards for exercise in left)
    if Way.FLEXION in found.blocked:
        assert not any({Feature.CURL, Feature.FLEX_LOAD} & exercise.hazards for exercise in left)
    if zone is not Zone.GREEN and Way.EXTENSION in found.avoided:
        assert not any(Feature.EXT_END in exercise.hazards for exercise in left)


@pytest.mark.parametrize("way", Way)
def test_neutral_rows_go_on(way: Way) -> None:
    """Example 29."""
    left = ids(Ways(blocked=frozenset({way})))
    assert {"bird-dog", "bridge", "march-on-spot", "seated-rotation", "breathing-diaphragm"} <= left
    assert {"cat-cow", "seated-cat-cow", "pelvic-tilt-supine"}.isdisjoint(left)


def test_both_ways_blocked_still_leave_enough() -> None:
    found = Ways(blocked=frozenset(Way))
    for zone in Zone:
        left = pools(found, zone=zone)
        assert left[Slot.WARMUP] and left[Slot.SETTLE]
        assert len({exercise.category for exercise in left[Slot.MAIN]}) >= 2


def test_a_precaution_is_never_lifted(stamp: Stamp) -> None:
    found = ways(preference(stamp, Stage.CHRONIC))
    for tag, precaution in CATALOG.precautions.items():
        for zone in Zone:
            left = {e for rows in pools(found, zone=zone, tags=(tag,)).values() for e in rows}
            assert not any(precaution.bars(exercise) for exercise in left), (tag, zone)
