"""The guide as a state machine: what the clock does, what each wish does, and that nothing is invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.core.guide_state import (
    Act,
    Asked,
    Fate,
    HowFar,
    Leave,
    Left,
    Mode,
    Note,
    Noted,
    Stand,
    Stood,
    WentOn,
    has_begun,
    how_far,
)
from backmove.core.guiding import AWAY_S, MORE_S
from backmove.core.record import DoneRow
from backmove.core.timeline import Call, Kind, total_seconds
from guided import Driver, item, rows, short_session, unbroken

WHOLE = total_seconds(rows())


def to_work(driver: Driver) -> None:
    """Run until the work of the row begins."""
    while driver.guide.phase(driver.now).kind in (Kind.READY, Kind.LEAD):
        driver.wait(0.5)


def second_row(driver: Driver) -> None:
    """At the first main row, past the stop signs."""
    driver.wait(driver.guide.now_row.seconds)
    assert driver.guide.stand is Stand.WAIT
    driver.press(Act.GO)


# --- the clock ----------------------------------------------------------------------------------------------


def test_left_alone_it_stops_at_the_stop_signs_and_then_goes_to_the_end() -> None:
    driver = Driver()
    driver.wait(WHOLE + 100)
    assert (driver.guide.row, driver.guide.mode) == (1, Mode.STANDING)
    while driver.guide.mode is Mode.STANDING:
        driver.press(Act.GO)
        driver.wait(WHOLE)
    assert driver.guide.mode is Mode.OVER and driver.guide.left is Leave.ALL
    assert driver.ended == [(n, "completed") for n in range(5)]
    assert driver.events[-1] == Left(Leave.ALL)


def test_every_cue_is_said_once_and_in_order() -> None:
    driver = Driver(unbroken())
    driver.wait(WHOLE + 1)
    wanted = [(n, c.at, str(c.call), c.number) for n, r in enumerate(rows()) for c in r.cues]
    assert driver.said == wanted


@settings(max_examples=40)
@given(st.lists(st.floats(min_value=0.001, max_value=AWAY_S - 0.01), min_size=40, max_size=400))
def test_what_is_said_does_not_depend_on_how_often_the_clock_is_looked_at(ticks: list[float]) -> None:
    often, seldom = Driver(unbroken()), Driver(unbroken(), tick=0.05)
    for tick in ticks:
        often.now += tick
        often.look()
    seldom.wait(often.now)
    assert often.said == seldom.said
    assert often.ended == seldom.ended
    assert often.position == pytest.approx(seldom.position, abs=1e-6)


def test_no_second_is_lost_between_rows() -> None:
    driver = Driver(unbroken(), tick=0.7)
    driver.wait(rows()[0].seconds + rows()[1].seconds + rows()[2].seconds / 2)
    assert driver.guide.row == 2
    assert driver.position == pytest.approx(rows()[2].seconds / 2)


def test_what_is_left_counts_down_to_nothing() -> None:
    driver = Driver()
    driver.press(Act.GO)
    driver.press(Act.GO)
    assert driver.guide.left_s(driver.now) == pytest.approx(WHOLE)
    driver.wait(rows()[0].seconds)
    assert driver.guide.left_s(driver.now) == pytest.approx(WHOLE - rows()[0].seconds)
    while driver.guide.mode is Mode.STANDING:
        driver.press(Act.GO)
        driver.wait(WHOLE)
    assert driver.guide.left_s(driver.now) == 0


def test_a_stop_of_the_whole_program_is_a_pause_where_it_was() -> None:
    driver = Driver()
    driver.wait(12)
    driver.now += 3600
    driver.look()
    assert driver.guide.stand is Stand.AWAY
    assert driver.position == pytest.approx(12)
    driver.press(Act.GO)
    driver.wait(3)
    driver.wait(4)
    assert driver.position == pytest.approx(16)


def test_a_closed_lid_is_a_pause_though_the_quiet_clock_slept_as_well() -> None:
    driver = Driver()
    driver.wait(12)
    driver.skew += 7200
    driver.look()
    assert driver.guide.stand is Stand.AWAY
    assert driver.position == pytest.approx(12)


def test_the_wall_clock_put_back_changes_nothing() -> None:
    driver = Driver()
    driver.wait(12)
    driver.skew -= 7200
    driver.wait(1)
    assert driver.guide.mode is Mode.RUNNING
    assert driver.position == pytest.approx(13)


def test_a_slow_moment_is_no_absence() -> None:
    driver = Driver()
    driver.wait(5)
    driver.now += AWAY_S - 0.1
    driver.look()
    assert driver.guide.mode is Mode.RUNNING


# --- wishes -------------------------------------------------------------------------------------------------


def test_a_pause_holds_the_second_and_three_two_one_comes_before_the_work_goes_on() -> None:
    driver = Driver()
    to_work(driver)
    driver.wait(1)
    before = driver.position
    driver.press(Act.GO)
    driver.wait(500)
    assert driver.position == before
    driver.press(Act.GO)
    assert driver.events[-1] == WentOn(3.0)
    driver.wait(3)
    assert driver.position == pytest.approx(before)
    driver.wait(1)
    assert driver.position == pytest.approx(before + 1)


def test_a_pause_while_getting_ready_goes_on_at_once() -> None:
    driver = Driver()
    driver.wait(2)
    driver.press(Act.GO)
    driver.press(Act.GO)
    assert driver.events[-1] == WentOn(0.0)


def test_skip_leaves_the_row_out() -> None:
    driver = Driver()
    driver.wait(15)
    driver.press(Act.SKIP)
    assert driver.ended == [(0, "skipped")]
    assert driver.guide.row == 1


def test_the_last_row_skipped_is_the_end() -> None:
    driver = Driver()
    for _ in range(5):
        driver.press(Act.SKIP)
    assert driver.guide.left is Leave.ALL
    assert driver.ended == [(n, "skipped") for n in range(5)]


def test_done_early_counts_for_repeats() -> None:
    driver = Driver()
    to_work(driver)
    driver.wait(1)
    driver.press(Act.DONE)
    assert driver.ended == [(0, "completed")]


def test_done_before_it_began_is_no_answer() -> None:
    driver = Driver()
    driver.press(Act.DONE)
    assert driver.ended == [] and driver.events[-1] == Noted(Note.NOT_BEGUN)


def test_a_hold_is_not_done_before_its_time() -> None:
    driver = Driver()
    second_row(driver)
    to_work(driver)
    driver.wait(2)
    driver.press(Act.DONE)
    assert driver.ended[1:] == [] and driver.events[-1] == Noted(Note.TIMED)
    driver.wait(driver.guide.now_row.seconds * 0.95 - driver.position)
    driver.press(Act.DONE)
    assert driver.ended[1:] == [(1, "completed")]


def test_easier_stands_until_it_was_read_and_marks_the_row() -> None:
    driver = Driver()
    driver.wait(12)
    driver.press(Act.EASIER)
    assert driver.guide.stand is Stand.EASIER
    driver.press(Act.EASIER)
    assert driver.events[-1] == Noted(Note.EASIER_ALREADY)
    driver.press(Act.GO)
    driver.wait(3 + driver.guide.now_row.seconds)
    assert driver.ended == [(0, "easier")]


def test_too_much_is_the_easier_form_once_and_then_the_row_is_left_out() -> None:
    driver = Driver()
    driver.wait(12)
    driver.press(Act.MUCH)
    assert driver.guide.stand is Stand.MUCH and driver.guide.easier
    driver.press(Act.GO)
    driver.wait(4)
    driver.press(Act.MUCH)
    assert driver.ended == [(0, "skipped")]
    assert driver.guide.fates[0] == Fate(passed=True, easier=True, hurt=True)
    assert driver.guide.row == 1


def test_too_much_once_and_gone_on_is_a_row_in_its_easier_form_that_hurt() -> None:
    driver = Driver()
    driver.wait(12)
    driver.press(Act.MUCH)
    driver.press(Act.GO)
    driver.wait(3 + driver.guide.now_row.seconds)
    assert how_far(driver.guide, driver.now).rows[0].status == "easier"
    assert how_far(driver.guide, driver.now).rows[0].hurt


def test_too_much_after_easier_leaves_the_row_out_at_once() -> None:
    driver = Driver()
    driver.press(Act.EASIER)
    driver.press(Act.MUCH)
    assert driver.ended == [(0, "skipped")]


def test_a_row_that_was_given_in_its_easier_form_is_left_out_at_once() -> None:
    given_easier = item(short_session()[0].exercise.id, short_session()[0].dose, form="easier")
    driver = Driver(rows([given_easier, *short_session()[1:]]))
    driver.press(Act.MUCH)
    assert driver.ended == [(0, "skipped")]
    assert driver.guide.fates[0].hurt


def test_back_begins_the_row_again_and_at_its_beginning_means_the_row_before() -> None:
    driver = Driver()
    driver.wait(25)
    driver.press(Act.BACK)
    assert (driver.guide.row, driver.position) == (0, 0)
    driver.press(Act.BACK)
    assert (driver.guide.row, driver.position) == (0, 0)
    driver.press(Act.SKIP)
    driver.press(Act.BACK)
    assert driver.guide.row == 0


def test_a_row_that_was_left_out_and_then_done_is_done() -> None:
    driver = Driver()
    driver.press(Act.SKIP)
    driver.press(Act.BACK)
    driver.wait(driver.guide.now_row.seconds)
    assert driver.ended == [(0, "skipped"), (0, "completed")]
    driver.press(Act.BACK)
    driver.press(Act.SKIP)
    assert driver.guide.fates[0].status == "completed", "what was done stays done"


def test_ten_seconds_more_holds_the_clock_and_is_bounded() -> None:
    driver = Driver()
    driver.wait(4)
    driver.press(Act.MORE)
    driver.wait(MORE_S)
    assert driver.position == pytest.approx(4)
    driver.wait(1)
    assert driver.position == pytest.approx(5)
    for _ in range(40):
        driver.press(Act.MORE)
    assert driver.guide.waiting_s(driver.now) <= 60
    assert driver.events[-1] == Noted(Note.MORE_MOST)


def test_a_cue_before_ten_seconds_more_is_not_said_twice() -> None:
    driver = Driver()
    to_work(driver)
    driver.press(Act.MORE)
    driver.wait(30)
    assert len(driver.said) == len(set(driver.said))


def test_help_stands_turns_its_pages_and_goes_back_to_where_it_was() -> None:
    driver = Driver()
    driver.wait(6)
    driver.press(Act.HELP)
    driver.wait(60)
    driver.press(Act.HELP)
    assert (driver.guide.mode, driver.guide.page) == (Mode.HELP, 1)
    driver.press(Act.GO)
    assert driver.guide.mode == Mode.STANDING
    assert driver.position == pytest.approx(6)


def test_every_wish_counts_in_the_help_as_well() -> None:
    driver = Driver()
    driver.press(Act.HELP)
    driver.press(Act.SKIP)
    assert driver.ended == [(0, "skipped")]
    driver.press(Act.HELP)
    driver.press(Act.STOP)
    assert driver.guide.mode is Mode.LEAVING


def test_stop_asks_and_no_wish_answers_it() -> None:
    driver = Driver()
    driver.wait(6)
    driver.press(Act.STOP)
    assert driver.events[-1] == Asked(Mode.LEAVING)
    for wish in Act:
        driver.press(wish)
    driver.wait(100)
    assert str(driver.guide.mode) == "leaving" and driver.ended == []
    driver.answer(None)
    assert str(driver.guide.mode) == "standing"
    assert driver.position == pytest.approx(6)


@pytest.mark.parametrize("how", [Leave.LATER, Leave.FINISH, Leave.SIGN])
def test_each_way_out_is_told(how: Leave) -> None:
    driver = Driver()
    driver.wait(20)
    driver.press(Act.STOP)
    driver.answer(how)
    assert driver.guide.left is how and driver.guide.mode is Mode.OVER
    driver.press(Act.GO)
    driver.wait(50)
    assert driver.guide.mode is Mode.OVER and driver.position == pytest.approx(20)


def test_an_answer_nobody_asked_for_counts_for_nothing() -> None:
    driver = Driver()
    driver.answer(Leave.FINISH)
    assert driver.guide.mode is Mode.RUNNING


# --- going on another time ----------------------------------------------------------------------------------


def test_a_guide_goes_on_to_the_second_and_waits_for_the_person() -> None:
    driver = Driver()
    second_row(driver)
    driver.wait(14.3)
    driver.press(Act.MUCH)
    far = how_far(driver.guide, driver.now)
    again = Driver(far=far)
    assert again.events[-1] == Stood(1, Stand.RESUMED)
    assert again.position == 14.3
    assert again.guide.fates == driver.guide.fates
    again.wait(100)
    assert again.position == 14.3
    again.press(Act.GO)
    again.wait(3 + again.guide.now_row.seconds - 14.2)
    assert again.guide.fates[1] == Fate(done=True, easier=True, hurt=True)


def test_a_guide_that_was_over_goes_on_with_the_questions() -> None:
    done = tuple(DoneRow(row.item.exercise.id) for row in rows())
    again = Driver(far=HowFar(5, 0.0, done))
    assert again.guide.left is Leave.ALL and again.events == [Left(Leave.ALL)]


def test_a_place_behind_the_end_of_a_row_is_its_end() -> None:
    again = Driver(far=HowFar(0, 9999.0))
    again.press(Act.GO)
    again.wait(4)
    assert again.ended == [(0, "completed")]


wishes = st.one_of(
    st.sampled_from(list(Act)),
    st.sampled_from([None, *Leave]),
    st.floats(min_value=0.05, max_value=40),
    st.just("away"),
)


@settings(max_examples=150)
@given(st.lists(wishes, max_size=60))
def test_whatever_is_pressed_nothing_is_invented(script: list[object]) -> None:
    driver = Driver(tick=0.5)
    for step in script:
        skipped = driver.guide.row if step in (Act.SKIP, Act.MUCH, Act.DONE) else None
        before = driver.guide
        if isinstance(step, Act):
            driver.press(step)
        elif isinstance(step, float):
            driver.wait(step)
        elif step == "away":
            driver.now += 600
            driver.look()
        else:
            driver.answer(step if isinstance(step, Leave) else None)
        after = driver.guide
        assert 0 <= after.row <= len(after.rows)
        if after.row < len(after.rows):
            assert 0 <= driver.position <= after.now_row.seconds
        for old, new in zip(before.fates, after.fates, strict=True):
            assert new.done >= old.done and new.hurt >= old.hurt and new.easier >= old.easier
        if before.mode in (Mode.STANDING, Mode.HELP, Mode.LEAVING) and skipped is None:
            assert after.fates[: before.row] == before.fates[: before.row]
            assert not any(f.done and not o.done for o, f in zip(before.fates, after.fates, strict=True))
        far = how_far(after, driver.now)
        again = Driver(far=far)
        assert how_far(again.guide, again.now) == far, "what is kept is what is gone on with"
    cues = [c for c in driver.events if getattr(getattr(c, "cue", None), "call", None) is Call.COUNT]
    assert all(c.cue.number in (1, 2, 3) for c in cues)  # type: ignore[union-attr]


def test_only_a_row_that_was_worked_at_has_begun() -> None:
    assert not has_begun(HowFar(0, 0.0), rows())
    assert not has_begun(HowFar(0, 4.0), rows())
    assert has_begun(HowFar(0, 15.0), rows())
    assert has_begun(HowFar(1, 0.0, (DoneRow("x", status="skipped"),)), rows())
