"""The quick ways of the fold change nothing: what is found by kind and by place is what a plain look finds."""

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backmove.core.diary import ALARMING, fold, is_full
from backmove.core.record import Amend, AnyRecord, Done, Pain, Retract, Session, Triage, Walk
from backmove.core.replay import amended, amendments, taken_back, turning, without_repeats
from looking_back import FIRST, Book, random_book

FULL: dict[str, Any] = {
    "disposition": "SELF_CARE",
    "result": "SELF_CARE",
    "ended": "finished",
    "complete": True,
}
seeds = st.integers(0, 2**32)


def records_of(seed: int) -> list[AnyRecord]:
    """A random journal; in some a record stands twice, and some have no correction at all."""
    rng = Random(seed)
    records = random_book(rng, days=40).records
    if rng.random() < 0.3:
        records = [r for r in records if not isinstance(r, Amend | Retract)]
    if records and rng.random() < 0.3:
        records.insert(rng.randrange(len(records)), rng.choice(records))
    return records


def after_last_triage(records: Sequence[AnyRecord]) -> set[str]:
    later: set[str] = set()
    for record in records:
        later = set() if isinstance(record, Triage) and is_full(record) else later | {record.id}
    return later


@given(seeds)
def test_every_entry_stands_with_its_corrections(seed: int) -> None:
    unique = without_repeats(records_of(seed))
    gone = taken_back(unique)
    held = amendments(unique, gone)
    wanted = [amended(record, held.get(record.id, ())) for record in unique if record.id not in gone]
    diary = fold(records_of(seed))
    assert list(diary.entries) == wanted
    for kind, found in (
        (Pain, diary.pains),
        (Walk, diary.walks),
        (Session, diary.sessions),
        (Done, diary.dones),
    ):
        assert list(found) == [record for record in wanted if isinstance(record, kind)]


@given(seeds)
def test_what_stands_after_the_last_full_answers_is_found_by_its_place(seed: int) -> None:
    diary = fold(records_of(seed))
    later = after_last_triage(without_repeats(records_of(seed)))
    assert list(diary.since_triage) == [record for record in diary.entries if record.id in later]
    assert list(diary.fresh_heard) == [pain for pain in diary.heard if pain.id in later]


@given(seeds)
def test_pain_that_was_never_corrected_is_an_alarm_as_it_was_said(seed: int) -> None:
    records = [
        record for record in without_repeats(records_of(seed)) if not isinstance(record, Amend | Retract)
    ]
    wanted = [r for r in records if isinstance(r, Pain) and (not r.morning or r.score >= ALARMING)]
    assert list(fold(records).alarms) == sorted(wanted, key=lambda pain: pain.at)


def test_answers_at_the_very_end_leave_nothing_after_them() -> None:
    book = Book()
    book.add(Pain, 0, score=9, leg="new")
    book.add(Triage, 1, rules_version="1", **FULL)
    diary = fold(book.records)
    assert (diary.since_triage, diary.fresh_heard, diary.fresh_legs) == ((), (), ())
    book.add(Pain, 2, score=4)
    assert [record.day for record in fold(book.records).since_triage] == [book.records[-1].day]


def test_without_any_answers_everything_stands_after_them() -> None:
    book = Book()
    book.add(Pain, 0, score=9, leg="new")
    diary = fold(book.records)
    assert (len(diary.since_triage), len(diary.fresh_heard)) == (1, 1)
    assert [(word.day, word.leg) for word in diary.fresh_legs] == [(FIRST, "new")]


def test_the_records_that_say_something_of_others_are_few() -> None:
    book = Book()
    walk = book.add(Walk, 0, minutes=5)
    amend = book.add(Amend, 0, target=walk.id, set={"minutes": 6})
    retract = book.add(Retract, 0, target=walk.id)
    assert turning(book.records) == [amend, retract]
