"""What an import means to the diary: what it locks, what it never opens, and what an undo of it leaves."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from backmove.core.bringing import Bringing, Source, bring
from backmove.core.clearance import standing
from backmove.core.diary import Diary, fold
from backmove.core.lines import read_line, write_line
from backmove.core.record import (
    Amend,
    AnyRecord,
    Check,
    Clearance,
    Import,
    Pain,
    Profile,
    Retract,
    Triage,
    Unknown,
)
from backmove.core.strand import strand_of
from backmove.errors import BackmoveError, DataProblem
from conftest import MONDAY, Stamp

IDS = count(1)


def triage(stamp: Stamp, days: float = -1, **more: Any) -> Triage:
    own: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "ended": "finished",
        "complete": True,
        "rules_version": "1",
        "unlocked": True,
        "valid_until": "2026-04-01",
        "age": 40,
        "sex": "f",
    }
    return Triage(**stamp(days=days), **own | more)


def locked(stamp: Stamp, days: float, disposition: str = "EMERGENCY") -> Triage:
    return triage(
        stamp,
        days,
        disposition=disposition,
        result=disposition,
        unlocked=False,
        valid_until=None,
        rules=("E1",),
    )


def data(records: Sequence[AnyRecord]) -> bytes:
    return b"".join(map(write_line, records))


def brought(ours: Sequence[AnyRecord], theirs: Sequence[AnyRecord], *, same_person: bool = False) -> Bringing:
    return bring(
        strand_of(data(ours)),
        strand_of(data(theirs)),
        Source("other.jsonl", "journal"),
        stamp=lambda ends: {
            "v": 1,
            "id": f"own{next(IDS):09d}",
            "at": MONDAY.isoformat(),
            "day": "2026-03-02",
        },
        group="group",
        same_person=same_person,
    )


def after(what: Bringing) -> list[AnyRecord]:
    lines = b"".join(what.lines()).split(b"\n")
    return [record for line in lines if (record := read_line(line)) is not None]


def codes(diary: Diary, **more: Any) -> list[str]:
    return [r.code for r in standing(diary, now=MONDAY, today="2026-03-02", **more).reasons]


def undone(records: Sequence[AnyRecord], stamp: Stamp, minutes: float) -> list[AnyRecord]:
    note = next(r for r in records if isinstance(r, Import))
    moment = MONDAY + timedelta(minutes=minutes)
    return [*records, Retract(**stamp(at=moment), target=note.id, undo=True)]


# --- what came together -------------------------------------------------------------------------------------


def test_an_import_says_what_it_brought_and_nothing_more(stamp: Stamp) -> None:
    mine, other = Pain(**stamp(days=-2), score=3), Pain(**stamp(days=-1), score=4)
    what = brought([mine], [mine, other])
    assert (what.added, what.same, dict(what.kinds)) == ((other.id,), 1, {"pain": 1})
    assert after(what)[:2] == [mine, other]
    assert isinstance(note := after(what)[2], Import)
    assert (note.source, note.format, note.brought) == ("other.jsonl", "journal", (other.id,))


def test_nothing_new_writes_nothing(stamp: Stamp) -> None:
    mine = [Pain(**stamp(days=-2), score=3)]
    assert not brought(mine, mine).anything


def test_a_standing_note_of_another_import_is_not_carried_and_one_taken_back_is(stamp: Stamp) -> None:
    one = Pain(**stamp(days=-2), score=3)
    note = Import(**stamp(days=-1), source="x", format="json", brought=(one.id,))
    assert brought([], [one, note]).added == (one.id,)
    back = Retract(**stamp(), target=note.id, undo=True)
    assert brought([], [one, note, back]).added == (one.id, note.id, back.id)
    assert fold(after(brought([], [one, note, back]))).pains == ()


def test_two_journals_without_a_common_record_are_not_put_together_unasked(stamp: Stamp) -> None:
    mine, other = triage(stamp, -3), triage(stamp, -2, age=71, sex="m")
    with pytest.raises(BackmoveError, match="not one entry in common") as refused:
        brought([mine], [other])
    assert (refused.value.code, " The age and the sex differ." in refused.value.message) == (
        "another-person",
        True,
    )
    assert brought([mine], [other], same_person=True).added == (other.id,)
    assert brought([], [other]).added == (other.id,)
    assert brought([mine], [mine, other]).added == (other.id,)
    assert brought([mine], [Pain(**stamp(), score=1)]).anything


def test_a_correction_that_does_not_fit_is_refused_before_it_locks_everybody_out(stamp: Stamp) -> None:
    mine = Pain(**stamp(days=-2), score=3)
    with pytest.raises(DataProblem, match="could not be read any more"):
        brought([mine], [Amend(**stamp(), target=mine.id, set={"score": 99})])
    with pytest.raises(DataProblem, match="could not be read any more"):
        brought([mine], [Profile(**stamp(), set={"no-such-key": 1})])


def test_what_a_correction_takes_away_here_is_told(stamp: Stamp) -> None:
    mine = Pain(**stamp(days=-2), score=3)
    assert brought([mine], [mine, Retract(**stamp(), target=mine.id)]).loses == (mine.id,)


def test_a_kind_of_the_future_comes_along(stamp: Stamp) -> None:
    head = stamp()
    strange = Unknown(**head, raw={"kind": "mood", **head, "colour": "blue"})
    what = brought([], [strange])
    assert write_line(strange) in b"".join(what.lines())


# --- precautions --------------------------------------------------------------------------------------------


def precautions(stamp: Stamp, days: float, *tags: str) -> Profile:
    return Profile(**stamp(days=days), set={"precautions": list(tags)})


def test_precautions_that_both_sides_changed_are_joined(stamp: Stamp) -> None:
    shared = Pain(**stamp(days=-9), score=3)
    mine, other = precautions(stamp, -3, "osteoporosis"), precautions(stamp, -2, "pregnancy")
    one: list[AnyRecord] = [shared, mine]
    two: list[AnyRecord] = [shared, other]
    for ours, theirs in ((one, two), (two, one)):
        what = brought(ours, theirs)
        assert set(fold(after(what)).profile.precautions) == {"osteoporosis", "pregnancy"}
        assert what.precautions == ("osteoporosis",)
        assert not brought(after(what), theirs).anything


def test_precautions_are_joined_again_when_an_undone_import_comes_again(stamp: Stamp) -> None:
    shared = Pain(**stamp(days=-9), score=3)
    mine, other = precautions(stamp, -3, "osteoporosis"), precautions(stamp, -2, "pregnancy")
    theirs: list[AnyRecord] = [shared, other]
    first = after(brought([shared, mine], theirs))
    wrote = [r for r in first if r.group == "group"]
    back = [*first, *(Retract(**stamp(), group="undo", target=r.id, undo=True) for r in wrote)]
    assert fold(back).profile.precautions == ("osteoporosis",)
    for file in (theirs, [*theirs, Pain(**stamp(), score=1)]):
        what = brought(back, file)
        assert what.again
        assert set(fold(after(what)).profile.precautions) == {"osteoporosis", "pregnancy"}
        assert what.precautions == ("osteoporosis",)


def test_a_precaution_that_one_side_took_away_stays_away(stamp: Stamp) -> None:
    first, later = precautions(stamp, -5, "osteoporosis"), precautions(stamp, -2)
    what = brought([first, later], [first, Pain(**stamp(), score=1)])
    assert (what.precautions, fold(after(what)).profile.precautions) == ((), ())


# --- locks --------------------------------------------------------------------------------------------------


def test_a_later_clean_result_of_the_other_machine_does_not_lift_a_lock(stamp: Stamp) -> None:
    shared = Pain(**stamp(days=-9), score=3)
    lock, clean = locked(stamp, -3), triage(stamp, -1)
    one: list[AnyRecord] = [shared, lock]
    other: list[AnyRecord] = [shared, clean]
    for ours, theirs in ((one, other), (other, one)):
        diary = fold(after(brought(ours, theirs)))
        assert diary.mixed
        assert codes(diary) == [], "the last result alone does not know of the lock"
        assert codes(diary, locks=("EMERGENCY",)) == ["triage-not-clear"]
        assert standing(diary, now=MONDAY, today="2026-03-02", locks=("EMERGENCY",)).reasons[0].exit_code == 7


@pytest.mark.parametrize(("last", "own"), [("CLINICIAN_FIRST", 5), ("SAME_DAY", 6), ("EMERGENCY", 7)])
def test_a_later_lesser_result_of_the_other_machine_does_not_hide_an_emergency(
    stamp: Stamp, last: str, own: int
) -> None:
    shared = Pain(**stamp(days=-9), score=3)
    diary = fold(
        after(brought([shared, locked(stamp, -3)], [shared, locked(stamp, -1, last)], same_person=True))
    )
    alone = standing(diary, now=MONDAY, today="2026-03-02").reasons[0]
    told = standing(diary, now=MONDAY, today="2026-03-02", locks=("CLINICIAN_FIRST", "EMERGENCY")).reasons[0]
    assert (alone.exit_code, told.exit_code) == (own, 7)
    assert "needs emergency help" in told.text


def test_a_lock_that_was_brought_in_says_how_soon_it_must_be_looked_at(stamp: Stamp) -> None:
    diary = fold(
        after(brought([(first := triage(stamp, -3))], [first, locked(stamp, -2), triage(stamp, -1)]))
    )
    for lock, words in (
        ("EMERGENCY", "needs emergency help"),
        ("SAME_DAY", "the same day"),
        ("CLINICIAN_FIRST", "A doctor, nurse or physio"),
        ("OUT_OF_SCOPE", "for adults who answer for themselves"),
    ):
        assert words in standing(diary, now=MONDAY, today="2026-03-02", locks=(lock,)).reasons[0].text


def test_taking_an_import_back_opens_nothing_and_keeps_its_locks(stamp: Stamp) -> None:
    mine = triage(stamp, -4)
    files: list[list[AnyRecord]] = [
        [triage(stamp, -1)],
        [locked(stamp, -1)],
        [locked(stamp, -1, "CLINICIAN_FIRST"), triage(stamp, 0)],
        [
            Clearance(
                **stamp(days=-1),
                who="doctor",
                date="2026-03-01",
                rules=("E1",),
                looked_at_sign=True,
                exercise_fine=True,
                nothing_worse=True,
            )
        ],
    ]
    for theirs in files:
        for minutes in (1, 60):
            records = undone(after(brought([mine], [mine, *theirs])), stamp, minutes)
            diary = fold(records)
            assert diary.shaken
            assert "triage-stale" in codes(diary) or "triage-not-clear" in codes(diary)
            assert not any(t.unlocked for t in diary.triages if t.id != mine.id)
            assert diary.clearances == ()
            again = fold([*records, triage(stamp, 0.1)])
            assert not again.shaken, "a new full triage settles it"


def test_a_first_triage_that_is_taken_back_leaves_nothing_open(stamp: Stamp) -> None:
    diary = fold(undone(after(brought([], [triage(stamp, -1)])), stamp, 60))
    assert diary.triages
    assert diary.full_triage is None
    assert codes(diary) != []


def test_an_open_daily_check_goes_with_the_import_and_a_closed_one_stays(stamp: Stamp) -> None:
    quiet = Check(**stamp(), answers={"DC1": "n"}, outcome="open")
    alarm = Check(**stamp(), answers={"DC1": "y"}, outcome="emergency")
    mine = triage(stamp, -1)
    diary = fold(undone(after(brought([mine], [mine, quiet, alarm])), stamp, 60))
    assert diary.checks == (alarm,)
    assert "new-red-flag" in codes(diary)


def test_bad_pain_that_was_brought_stops_counting_only_when_it_was_taken_back_at_once(stamp: Stamp) -> None:
    mine, bad = triage(stamp, -2), Pain(**stamp(days=-1), score=9, leg="new")
    records = after(brought([mine], [mine, bad]))
    soon, late = fold(undone(records, stamp, 5)), fold(undone(records, stamp, 11))
    assert soon.pains == late.pains == ()
    assert (soon.fresh_heard, soon.fresh_legs) == ((), ())
    assert [p.score for p in late.fresh_heard] == [9]
    assert len(late.fresh_legs) == 1


def test_a_result_that_was_brought_and_taken_back_makes_no_earlier_alarm_old(stamp: Stamp) -> None:
    mine, bad = triage(stamp, -4), Pain(**stamp(days=-2), score=9)
    records = after(brought([mine, bad], [mine, triage(stamp, -1)]))
    assert fold(records).fresh_heard == ()
    assert [p.score for p in fold(undone(records, stamp, 60)).fresh_heard] == [9]


def test_a_deletion_that_was_brought_and_taken_back_hides_no_alarm(stamp: Stamp) -> None:
    mine, bad = triage(stamp, -2), Pain(**stamp(days=-1), score=9)
    gone = Retract(**stamp(at=MONDAY + timedelta(days=-1, minutes=1)), target=bad.id)
    records = after(brought([mine, bad], [mine, bad, gone]))
    assert fold(records).fresh_heard == ()
    diary = fold(undone(records, stamp, 60))
    assert [p.score for p in diary.pains] == [9]
    assert [p.score for p in diary.fresh_heard] == [9]


def test_an_undo_of_an_import_can_be_undone_by_bringing_it_again(stamp: Stamp) -> None:
    mine, other = Pain(**stamp(days=-2), score=3), Pain(**stamp(days=-1), score=4)
    gone = undone(after(brought([mine], [mine, other])), stamp, 60)
    assert fold(gone).pains == (mine,)
    what = brought(gone, [mine, other])
    assert ([n.brought for n in what.again], what.added) == ([(other.id,)], ())
    assert fold(after(what)).pains == (mine, other)
    part = brought([*gone], [mine])
    assert not part.anything


def test_part_of_what_was_taken_back_does_not_bring_the_rest(stamp: Stamp) -> None:
    one, two = Pain(**stamp(days=-2), score=3), Pain(**stamp(days=-1), score=4)
    gone = undone(after(brought([], [one, two])), stamp, 60)
    what = brought(gone, [one])
    assert (what.anything, what.still_gone) == (False, 1)
