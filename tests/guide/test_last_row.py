"""The end of a guided session, a clock that stands, and rows in which some part takes no time."""

from backmove.core.guide_state import Act, Leave, Left, Mode, Note, Noted
from backmove.core.record import GivenDose
from backmove.core.timeline import SIDE_S, Kind, row_of
from guided import FIGURES, Driver, item, rows, short_session


def test_a_last_row_that_is_too_much_in_its_easier_form_ends_the_session() -> None:
    driver = Driver(rows(short_session()[:1]))
    driver.press(Act.EASIER)
    driver.press(Act.MUCH)
    assert (driver.guide.mode, driver.guide.left) == (Mode.OVER, Leave.ALL)
    assert driver.ended == [(0, "skipped")]
    assert driver.events[-1] == Left(Leave.ALL)
    assert not any(isinstance(event, Noted) for event in driver.events)


def test_where_the_clock_stands_more_time_is_neither_needed_nor_added() -> None:
    driver = Driver()
    driver.wait(5)
    driver.press(Act.GO)
    assert driver.guide.mode is Mode.STANDING
    before = driver.position
    driver.press(Act.MORE)
    assert driver.events[-1] == Noted(Note.STANDS)
    assert (driver.guide.mode, driver.position) == (Mode.STANDING, before)


def test_a_rest_that_is_no_longer_than_the_change_of_side_takes_no_phase() -> None:
    dose = GivenDose(kind="reps", counts=(2, 2), tempo_s=4, rest_s=SIDE_S, sides=2)
    first = short_session()[0].exercise.id
    row = row_of(item(first, dose), FIGURES)
    assert Kind.REST not in {phase.kind for phase in row.phases}
    assert all(phase.seconds > 0 for phase in row.phases)
    ends = [phase.end for phase in row.phases]
    assert [phase.at for phase in row.phases] == [0, *ends[:-1]]
