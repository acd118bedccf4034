"""What the sessions so far say about the next one."""

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.choices import Category, Goal
from backmove.core.history import history_of, learn_max
from backmove.core.record import Done, DoneRow
from session_strategies import TODAY, USUAL_ROWS, someone

CATALOG, PARAMETERS = shipped.library()


def test_only_sessions_that_were_done_count() -> None:
    diary = someone().diary
    given = history_of(replace(diary, dones=()), CATALOG, TODAY)
    done = history_of(diary, CATALOG, TODAY)
    assert (given.sessions, given.known, given.days) == (0, frozenset(), ())
    assert (done.sessions, done.known, len(done.days)) == (10, frozenset(USUAL_ROWS), 10)


def test_partly_counts_and_stopped_does_not_even_beside_a_better_report() -> None:
    diary = someone(sessions=2).diary
    first, second = diary.dones
    stopped = Done(v=1, id="x", at=first.at, day=first.day, session=first.session, status="stopped")
    partly = Done(v=1, id="y", at=first.at, day=first.day, session=second.session, status="partly")
    assert history_of(replace(diary, dones=(first, second, stopped, partly)), CATALOG, TODAY).sessions == 1


def test_skipped_rows_are_not_known() -> None:
    diary = someone(sessions=1).diary
    done = diary.dones[0]
    skipped = Done(
        v=1, id="x", at=done.at, day=done.day, session=done.session, rows=(DoneRow("wall-hinge", "skipped"),)
    )
    assert "wall-hinge" not in history_of(replace(diary, dones=(skipped,)), CATALOG, TODAY).known


def test_easier_rows_of_a_known_chain_are_known_and_harder_ones_are_not() -> None:
    history = history_of(someone().diary, CATALOG, TODAY)
    assert history.knows(CATALOG.exercises["sit-to-stand"])
    assert history.knows(CATALOG.exercises["sit-to-stand-hands"])
    assert not history.knows(CATALOG.exercises["chair-squat"])
    assert not history.knows(CATALOG.exercises["wall-angel"])


def test_the_week_begins_on_monday() -> None:
    history = history_of(someone().diary, CATALOG, TODAY)  # the last session was on Monday, two days ago
    assert {len(days) for days in history.week_days.values()} == {1}
    assert Category.BALANCE in history.week_days
    assert Goal.GETUP in history.week_goals
    assert history_of(someone().diary, CATALOG, "2026-03-09").week_days == {}


def test_rows_that_the_library_no_longer_has_are_passed_over() -> None:
    few = replace(CATALOG, exercises={k: v for k, v in CATALOG.exercises.items() if k != "wall-hinge"})
    assert history_of(someone().diary, few, TODAY).known == set(USUAL_ROWS) - {"wall-hinge"}


def test_the_last_session_given_says_how_it_began_and_ended() -> None:
    history = history_of(someone().diary, CATALOG, TODAY)
    assert history.last_rows == {"cat-cow", "breathing-diaphragm"}
    assert history.last_calm


@pytest.mark.parametrize(
    ("sessions", "confidence", "most"),
    [(0, None, 3), (5, None, 3), (6, None, 4), (11, 9, 4), (12, 5, 5), (99, None, 5), (99, 4, 2), (0, 0, 2)],
)
def test_there_is_more_to_learn_with_practice_and_less_with_doubt(
    sessions: int, confidence: int | None, most: int
) -> None:
    assert learn_max(sessions, confidence, PARAMETERS.learn) == most
