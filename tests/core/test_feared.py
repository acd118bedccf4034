"""A feared move, one step at a time (R-O4, I24)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shipped
from backmove.core.candidates import bounds_of, sift
from backmove.core.choices import Category, Equipment, Fear
from backmove.core.coherence import ladder_faults
from backmove.core.course_figures import FearLadders
from backmove.core.diary import Diary, fold
from backmove.core.exercise import Exercise, Slot, Stage
from backmove.core.feared import FearedMove, _climbed, climbed_rows, exposure_row, feared_move
from backmove.core.placement import Steps
from backmove.core.profile import Place, Profile
from backmove.core.record import DoneRow, Exposure, GivenItem
from backmove.core.record import Profile as ProfileChange
from backmove.core.response import visits_of
from backmove.core.zone import Mode, Zone
from backmove.errors import DataProblem
from backmove.store.library_files import read_library
from conftest import MONDAY
from given import done, row, session

Stamp = Callable[..., Mapping[str, Any]]
CATALOG, PARAMETERS = shipped.library()
ROWS = CATALOG.exercises
LADDERS = PARAMETERS.ladders.rows
BENDING = LADDERS[Fear.BENDING]
EMPTY = Diary()
EVERY_STEP = Steps(
    level={r.chain.id: 5 for r in ROWS.values() if r.chain}, reached=dict.fromkeys(Category, 5)
)


def day(days: float) -> str:
    return (MONDAY + timedelta(days=days)).date().isoformat()


def feared(name: str) -> GivenItem:
    return row(name, rule="O4")


def told(stamp: Stamp, *visits: tuple[str, int | None], fear: Fear = Fear.BENDING, **said: Any) -> list[Any]:
    """Exposures two days apart, each with what was predicted, all of them well taken."""
    records: list[Any] = [ProfileChange(**stamp(days=-1), set={"feared": str(fear)})]
    for number, (name, prediction) in enumerate(visits):
        one = session(stamp, feared(name), days=2 * number)
        records += [one, done(stamp, one, days=2 * number, prediction=prediction, **said)]
    return records


def move(
    records: Sequence[Any],
    days: float | None = None,
    zone: Zone = Zone.GREEN,
    *,
    pain: int = 3,
    quiet: bool = False,
) -> FearedMove:
    """The move two days after the last record."""
    diary = fold(records)
    last = max((s.day for s in diary.sessions), default=day(0))
    today = (
        day(days)
        if days is not None
        else (datetime.fromisoformat(last) + timedelta(days=2)).date().isoformat()
    )
    found = feared_move(diary, zone, PARAMETERS, today=today, pain=pain, quiet=quiet)
    assert found is not None
    return found


def test_nothing_feared_offers_nothing(stamp: Stamp) -> None:
    assert feared_move(Diary(), Zone.GREEN, PARAMETERS, today=day(0)) is None


def test_it_begins_with_the_easiest_row(stamp: Stamp) -> None:
    found = move(told(stamp))
    assert (found.row, found.offered, found.new) == ("seated-hinge", True, True)
    assert found.above == set(BENDING[1:])


# --- up ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predictions", "rung"),
    [
        ((8, 5, 3), 1),
        ((8,), 0),
        ((8, 5), 0),
        ((8, 6, 6), 0),
        ((10, 7, 7), 1),
        ((9, 7, 7), 0),
        ((3, 3), 1),
        ((3,), 0),
        ((0, 0), 1),
        ((4, 4, 4, 4), 0),
        ((8, None, 5, None, 3), 1),
        ((None, None, None), 0),
    ],
)
def test_it_goes_on_when_the_prediction_has_fallen_twice(
    stamp: Stamp, predictions: tuple[int | None, ...], rung: int
) -> None:
    """Example 31: 8, 5, 3 moves on."""
    found = move(told(stamp, *((BENDING[0], prediction) for prediction in predictions)))
    assert found.rung == rung


def test_a_prediction_said_before_the_session_counts_like_one_in_the_report(stamp: Stamp) -> None:
    records = told(stamp, *(("seated-hinge", None) for _ in range(3)))
    for number, score in enumerate((8, 5, 3)):
        records.append(Exposure(**stamp(days=2 * number), exercise="seated-hinge", prediction=score))
    assert move(records).rung == 1
    elsewhere = [r for r in records if not isinstance(r, Exposure)]
    elsewhere += [Exposure(**stamp(days=2 * n), exercise="wall-hinge", prediction=2) for n in range(3)]
    assert move(elsewhere).rung == 0


def test_at_the_next_rung_the_first_prediction_there_is_the_measure(stamp: Stamp) -> None:
    visits = [(BENDING[0], 8), (BENDING[0], 5), (BENDING[0], 3), (BENDING[1], 9), (BENDING[1], 6)]
    assert move(told(stamp, *visits)).rung == 1
    assert move(told(stamp, *visits, (BENDING[1], 6))).rung == 2


def test_the_top_of_the_ladder_is_the_end(stamp: Stamp) -> None:
    visits = [(name, 1) for name in LADDERS[Fear.ARCHING] for _ in range(4)]
    found = move(told(stamp, *visits, fear=Fear.ARCHING))
    assert found.rung == len(found.rows) - 1 and found.above == set()


@pytest.mark.parametrize(
    "rows", [(DoneRow("seated-hinge", status="easier"),), (DoneRow("seated-hinge", status="skipped"),)]
)
def test_only_a_row_done_as_it_was_given_counts(stamp: Stamp, rows: tuple[DoneRow, ...]) -> None:
    assert move(told(stamp, *((BENDING[0], 1) for _ in range(3)), rows=rows)).rung == 0


def test_a_row_that_was_there_for_another_reason_is_no_exposure(stamp: Stamp) -> None:
    records = told(stamp)
    for number in range(3):
        one = session(stamp, row("seated-hinge", rule="B11"), days=2 * number)
        records += [one, done(stamp, one, days=2 * number, prediction=1)]
    assert move(records).rung == 0


# --- down --------------------------------------------------------------------------------------------------


def climbed(stamp: Stamp) -> list[Any]:
    return told(stamp, *((name, 1) for name in BENDING[:2] for _ in range(2)))


@pytest.mark.parametrize(
    ("said", "hurt", "rung"),
    [
        ({"peak": 6}, (), 1),
        ({"peak": 6}, ("wall-hinge",), 1),
        ({"peak": 6}, ("bridge",), 2),
        ({"peak": 5}, (), 2),
        ({"peak": 4}, ("wall-hinge",), 2),
        ({"leg": "further"}, (), 1),
    ],
)
def test_a_session_that_was_too_much_takes_one_rung_back_and_pain_up_to_five_does_not(
    stamp: Stamp, said: dict[str, Any], hurt: tuple[str, ...], rung: int
) -> None:
    records = climbed(stamp)
    one = session(stamp, feared("wall-hinge"), row("bridge"), days=10)
    assert move([*records, one, done(stamp, one, *hurt, days=10, **said)]).rung == min(rung, 2)


def test_after_too_much_nothing_new_comes_the_next_time(stamp: Stamp) -> None:
    records = climbed(stamp)
    one = session(stamp, row("bridge"), days=8)
    found = move([*records, one, done(stamp, one, "bridge", days=8, peak=7)])
    assert (found.rung, found.new, found.offered) == (1, False, True)


# --- days --------------------------------------------------------------------------------------------------


def test_a_red_day_has_no_exposure(stamp: Stamp) -> None:
    assert not move(climbed(stamp), zone=Zone.RED).offered
    assert exposure_row(move(climbed(stamp), zone=Zone.RED), list(ROWS.values())) is None


def test_an_amber_day_keeps_to_rows_that_were_done(stamp: Stamp) -> None:
    assert move(climbed(stamp)).rung == 2
    found = move(climbed(stamp), zone=Zone.AMBER)
    assert (found.rung, found.row, found.new) == (1, "seated-forward-fold", False)
    assert found.above == set(BENDING[2:])


def test_an_amber_day_begins_no_ladder(stamp: Stamp) -> None:
    found = move(told(stamp), zone=Zone.AMBER)
    assert not found.offered and exposure_row(found, list(ROWS.values())) is None


def test_a_flare_up_and_the_days_after_it_bring_no_new_rung(stamp: Stamp) -> None:
    found = move(climbed(stamp), quiet=True)
    assert (found.rung, found.new) == (1, False)


def test_after_some_days_away_nothing_new_comes(stamp: Stamp) -> None:
    last = 6
    assert move(climbed(stamp), last + 3).rung == 2
    assert move(climbed(stamp), last + 4).rung == 1


# --- what filters allow ------------------------------------------------------------------------------------


def main_pool(
    *tags: str, place: Place = Place.FLOOR, kit: tuple[Equipment, ...] = tuple(Equipment)
) -> tuple[Exercise, ...]:
    bounds = bounds_of(
        CATALOG, PARAMETERS, Profile(equipment=kit), EVERY_STEP, tags=tags, careful=False, zone=Zone.GREEN,
        stage=Stage.CHRONIC, mode=Mode.NORMAL, place=place, minute_of_day=12 * 60,
    )  # fmt: skip
    return sift(ROWS.values(), bounds)[Slot.MAIN]


def given_row(fear: Fear, rung: int, pool: Sequence[Exercise]) -> str | None:
    found = exposure_row(FearedMove(LADDERS[fear], rung), pool)
    return found.id if found else None


def test_the_ladder_stops_before_a_forbidden_row() -> None:
    """Example 32."""
    pool = main_pool("osteoporosis")
    assert [given_row(Fear.LIFTING, n, pool) for n in range(4)] == list(LADDERS[Fear.LIFTING])
    assert given_row(Fear.BENDING, 4, pool) == "wall-hinge"
    assert given_row(Fear.BENDING, 1, pool) == "seated-hinge"


def test_a_row_that_does_not_fit_today_gives_way_to_the_nearest_easier_one() -> None:
    assert given_row(Fear.BENDING, 2, main_pool(kit=(Equipment.CHAIR,))) == "seated-forward-fold"
    assert given_row(Fear.BENDING, 0, main_pool(kit=())) is None


def test_at_the_foot_an_easy_row_above_may_be_the_start() -> None:
    upright = main_pool(place=Place.UPRIGHT, kit=(Equipment.CHAIR, Equipment.WALL))
    assert given_row(Fear.TWISTING, 0, upright) == "seated-rotation"
    assert given_row(Fear.TWISTING, 2, upright) == "seated-rotation"
    assert given_row(Fear.BENDING, 0, [row for row in upright if row.id != "seated-hinge"]) is None


def test_such_a_start_is_where_the_person_stands_then(stamp: Stamp) -> None:
    found = move(told(stamp, ("seated-rotation", 6), fear=Fear.TWISTING))
    assert found.row == "seated-rotation"


def test_the_ladder_leads_beyond_the_own_step_only_on_days_for_something_new(stamp: Stamp) -> None:
    def rows(found: FearedMove, diary: Diary = EMPTY) -> frozenset[str]:
        return climbed_rows(found, diary, CATALOG, day(40), PARAMETERS)

    assert rows(move(climbed(stamp))) == set(BENDING[:3])
    for held in (
        move(climbed(stamp), zone=Zone.AMBER),
        move(climbed(stamp), quiet=True),
        move(climbed(stamp), 30),
    ):
        assert rows(held) == frozenset()
    assert rows(FearedMove(LADDERS[Fear.LIFTING], 3)) == set(LADDERS[Fear.LIFTING][:3])
    met = fold(told(stamp, *(("good-morning-hands", 2) for _ in range(12)), fear=Fear.LIFTING))
    assert rows(FearedMove(LADDERS[Fear.LIFTING], 3), met) == set(LADDERS[Fear.LIFTING])
    few = fold(told(stamp, *(("good-morning-hands", 2) for _ in range(11)), fear=Fear.LIFTING))
    assert "bag-lift" not in rows(FearedMove(LADDERS[Fear.LIFTING], 3), few)


@pytest.mark.parametrize("slot", [Slot.WARMUP, Slot.SETTLE])
def test_beyond_the_own_step_a_row_comes_in_the_main_block_alone(slot: Slot) -> None:
    bounds = bounds_of(
        CATALOG, PARAMETERS, Profile(equipment=tuple(Equipment)), Steps(), tags=(), careful=False, zone=Zone.GREEN,
        stage=Stage.CHRONIC, mode=Mode.NORMAL, place=Place.FLOOR, minute_of_day=12 * 60,
        climbed=("seated-forward-fold", "thread-needle", "open-book"),
    )  # fmt: skip
    pools = sift(ROWS.values(), bounds)
    assert {"seated-forward-fold", "thread-needle", "open-book"} <= {row.id for row in pools[Slot.MAIN]}
    assert {"seated-forward-fold", "thread-needle", "open-book"}.isdisjoint(row.id for row in pools[slot])


def test_walking_has_its_own_plan() -> None:
    assert given_row(Fear.WALKING, 2, main_pool()) is None


# --- properties ------------------------------------------------------------------------------------------


@st.composite
def lives(draw: st.DrawFn) -> list[Any]:
    """A fear and a few sessions with whatever row, word and prediction."""
    fear = draw(st.sampled_from([fear for fear in Fear if fear is not Fear.WALKING]))
    count = 0

    def stamp(*, days: float = 0) -> dict[str, Any]:
        nonlocal count
        count += 1
        at = MONDAY + timedelta(days=days)
        return {"v": 1, "id": f"{count:012d}", "at": at.isoformat(), "day": at.date().isoformat()}

    records: list[Any] = [ProfileChange(**stamp(), set={"feared": str(fear)})]
    for number in range(draw(st.integers(0, 8))):
        name = draw(st.sampled_from([*LADDERS[fear], "bridge"]))
        one = session(stamp, row(name, rule=draw(st.sampled_from(["O4", "B11"]))), days=2 * number)
        report = done(
            stamp,
            one,
            *([name] if draw(st.booleans()) else []),
            days=2 * number,
            prediction=draw(st.one_of(st.none(), st.integers(0, 10))),
            peak=draw(st.sampled_from([None, 2, 7])),
            status=draw(st.sampled_from(["done", "done", "partly", "stopped"])),
        )
        records += [one, report]
    return records


@given(lives(), st.sampled_from(Zone), st.booleans())
def test_the_rung_moves_by_at_most_one_for_each_session_and_replays_the_same(
    records: list[Any], zone: Zone, quiet: bool
) -> None:
    rungs = []
    for end in range(1, len(records) + 1, 2):
        now = move(records[:end], 30)
        assert now == move(list(records[:end]), 30)
        earned = move(records[:end])
        assert 0 <= earned.rung < len(earned.rows)
        rungs.append(_earned(records[:end]))
        strict = move(records[:end], zone=zone, quiet=quiet)
        assert strict.rung <= rungs[-1]
    assert all(abs(after - before) <= 1 for before, after in pairwise(rungs))


def _earned(records: list[Any]) -> int:
    """The rung on a quiet green day without anything that holds it back."""
    diary = fold(records)
    rows = LADDERS[Fear(diary.profile.feared or "bending")]
    return _climbed(diary, visits_of(diary, day(40)), rows, PARAMETERS.fear).rung


# --- the ladders themselves -------------------------------------------------------------------------------


def test_the_ladders_have_nothing_to_mend() -> None:
    assert list(ladder_faults(PARAMETERS.ladders, ROWS)) == []


def test_the_ladder_of_twisting_is_the_chain_then_tai_chi_then_the_band() -> None:
    chain = [row.id for row in CATALOG.chain("rotation") if Slot.MAIN in row.slots]
    assert list(LADDERS[Fear.TWISTING]) == [*chain, "taichi-cloud", "band-chop"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (("seated-hinge", "no-such-row"), "no exercise"),
        (("seated-hinge", "seated-hinge"), "twice"),
        (("childs-pose",), "cannot be used as main"),
        (("bridge",), "does not say that it exposes"),
        (("standing-roll-down", "seated-hinge"), "never gets easier"),
        ((), "no row"),
    ],
)
def test_a_ladder_that_does_not_fit_the_library_is_refused(rows: tuple[str, ...], what: str) -> None:
    faults = list(ladder_faults(FearLadders("PRAC", {**LADDERS, Fear.BENDING: rows}), ROWS))
    assert any(what in fault.what for fault in faults) and all("bending" in fault.loc for fault in faults)


def test_a_fear_without_a_ladder_is_refused() -> None:
    some: dict[Fear, tuple[str, ...]] = {f: rows for f, rows in LADDERS.items() if f is not Fear.LIFTING}
    assert [fault.what for fault in ladder_faults(FearLadders("PRAC", some), ROWS)] == [
        "there is no ladder for lifting"
    ]


def test_a_bad_ladder_is_told_with_file_and_line() -> None:
    contents = dict(shipped.contents())
    text = contents["parameters.yaml"].decode()
    there = "lifting: [seated-hinge, wall-hinge,"
    assert text.count(there) == 1
    contents["parameters.yaml"] = text.replace(there, "lifting: [seated-hinge, wall-hing,").encode()
    line = text[: text.index(there)].count("\n") + 1
    with pytest.raises(DataProblem, match=rf"parameters\.yaml:{line}:.*no exercise wall-hing"):
        read_library(contents)
