"""What a guided session leaves behind: how far it came, and a report in which nothing is invented."""

from backmove.core.daily import judge
from backmove.core.diary import fold
from backmove.core.guide_report import (
    broken_off,
    guided_of,
    kept,
    known_exercises,
    left_at,
    marks_of,
    partly,
    report,
)
from backmove.core.guide_signs import NONE, SIGNS, said_of, stop_of
from backmove.core.guide_state import HowFar
from backmove.core.record import Done, DoneRow, Retract, Session
from given import Stamp, row, session

DONE_ONE = HowFar(1, 30.0, (DoneRow("bridge"),))


def given(stamp: Stamp) -> Session:
    return session(stamp, row("bridge"), row("bird-dog"), row("plank"))


def statuses(done: Done) -> dict[str, str]:
    return {r.exercise: r.status for r in done.rows}


def test_the_last_word_of_the_journal_holds(stamp: Stamp) -> None:
    one = given(stamp)
    marks = [guided_of(one.id, far, stamp()) for far in (HowFar(0, 12.0), DONE_ONE)]
    diary = fold([one, *marks])
    assert left_at(diary, one, None) == DONE_ONE
    assert marks_of(diary, one.id) == tuple(marks)
    assert left_at(fold([one]), one, None) is None


def test_the_small_file_counts_only_when_it_is_not_older_than_the_journal(stamp: Stamp) -> None:
    one = given(stamp)
    diary = fold([one, guided_of(one.id, DONE_ONE, stamp())])
    newer, older = kept(one.id, 1, HowFar(1, 41.0, DONE_ONE.rows)), kept(one.id, 0, HowFar(0, 55.0))
    assert left_at(diary, one, newer) == HowFar(1, 41.0, DONE_ONE.rows)
    assert left_at(diary, one, older) == DONE_ONE
    assert left_at(diary, one, kept("another00001", 9, HowFar(2, 5.0))) == DONE_ONE
    assert left_at(fold([one]), one, kept(one.id, 0, HowFar(0, 5.0))) == HowFar(0, 5.0)


def test_after_undo_nothing_is_gone_on_with(stamp: Stamp) -> None:
    one = given(stamp)
    mark = guided_of(one.id, DONE_ONE, stamp())
    back = Retract(**stamp(), target=mark.id, undo=True)
    assert left_at(fold([one, mark, back]), one, kept(one.id, 1, DONE_ONE)) is None


def test_the_time_to_get_ready_is_no_beginning(stamp: Stamp) -> None:
    one = given(stamp)
    assert left_at(fold([one]), one, kept(one.id, 0, HowFar(0, 6.0)), 7) is None
    assert left_at(fold([one]), one, kept(one.id, 0, HowFar(0, 7.5)), 7) is not None
    assert left_at(fold([one]), one, kept(one.id, 0, HowFar(0, 6.0, hurt=True)), 7) is not None


def test_a_file_that_names_a_row_there_is_not_leads_nowhere(stamp: Stamp) -> None:
    one = given(stamp)
    assert left_at(fold([one]), one, kept(one.id, 0, HowFar(9, 5.0))) is None


def test_a_reported_session_is_not_gone_on_with(stamp: Stamp) -> None:
    one = given(stamp)
    done = report(one, DONE_ONE, "partly", stamp())
    assert left_at(fold([one, guided_of(one.id, DONE_ONE, stamp()), done]), one, None) is None


def test_rows_that_were_not_reached_were_not_done(stamp: Stamp) -> None:
    one = given(stamp)
    for status in ("done", "partly"):
        done = report(one, DONE_ONE, status, stamp())
        assert statuses(done) == {"bridge": "completed", "bird-dog": "skipped", "plank": "skipped"}


def test_of_the_row_where_it_was_stopped_nothing_is_said_unless_it_hurt(stamp: Stamp) -> None:
    one = given(stamp)
    done = report(one, DONE_ONE, "stopped", stamp(), reason="pain")
    assert statuses(done) == {"bridge": "completed", "plank": "skipped"}
    hurting = report(
        one, HowFar(1, 30.0, DONE_ONE.rows, easier=True, hurt=True), "stopped", stamp(), reason="pain"
    )
    assert statuses(hurting)["bird-dog"] == "skipped"
    assert [r.exercise for r in hurting.rows if r.hurt] == ["bird-dog"]


def test_the_exercise_that_was_named_hurt(stamp: Stamp) -> None:
    one = given(stamp)
    done = report(one, HowFar(3, 0.0, (DoneRow("bridge"),)), "done", stamp(), hurt="bridge")
    assert [r.exercise for r in done.rows if r.hurt] == ["bridge"]


def test_what_was_broken_off_is_partly_done_and_says_no_more(stamp: Stamp) -> None:
    one = given(stamp)
    last = guided_of(one.id, DONE_ONE, stamp())
    diary = fold([one, last])
    assert broken_off(diary, one) == []
    assert broken_off(diary, None) == [(one, last)]
    done = partly(one, last, stamp())
    assert (done.status, done.effort, done.reason, done.peak) == ("partly", None, None, None)
    assert broken_off(fold([one, last, done]), None) == []


def test_a_session_of_which_nothing_was_done_is_not_reported(stamp: Stamp) -> None:
    one = given(stamp)
    left_out = HowFar(1, 4.0, (DoneRow("bridge", status="skipped"),))
    assert broken_off(fold([one, guided_of(one.id, left_out, stamp())]), None) == []
    hurting = HowFar(1, 4.0, (DoneRow("bridge", status="skipped", hurt=True),))
    assert len(broken_off(fold([one, guided_of(one.id, hurting, stamp())]), None)) == 1


def test_an_exercise_is_known_when_it_was_done_in_any_form(stamp: Stamp) -> None:
    one = given(stamp)
    rows = (DoneRow("bridge"), DoneRow("bird-dog", status="easier"), DoneRow("plank", status="skipped"))
    assert known_exercises(fold([one, report(one, HowFar(3, 0.0, rows), "done", stamp())])) == {
        "bridge",
        "bird-dog",
    }
    assert known_exercises(fold([one, guided_of(one.id, DONE_ONE, stamp())])) == {"bridge"}


def test_every_stop_sign_but_dizzy_locks() -> None:
    outcomes = {sign: judge(said_of(sign)) for sign in (*SIGNS, NONE)}
    assert outcomes == {
        "control": "emergency",
        "chest": "emergency",
        "leg": "full-triage",
        "head": "full-triage",
        "calf": "full-triage",
        "ill": "full-triage",
        "dizzy": "incomplete",
        NONE: "incomplete",
    }
    assert stop_of("leg") == ("leg", "new")
    assert stop_of("dizzy") == ("dizzy", None)
    assert stop_of("chest") == ("unwell", None)
