"""The fold: the same records give the same diary, corrections are records, and safeguards remember."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.clearance import standing
from backmove.core.diary import Diary, LegWord, fold
from backmove.core.record import (
    FIXED,
    Amend,
    AnyRecord,
    Check,
    Clearance,
    Done,
    DoneRow,
    Flare,
    Pain,
    Profile,
    Refusal,
    Retract,
    Seal,
    Session,
    Triage,
    Unknown,
    Walk,
    kind_of,
)
from backmove.core.triggers import triggers
from backmove.errors import DataProblem

Stamp = Callable[..., Mapping[str, Any]]
START = datetime.fromisoformat("2026-03-02T09:00:00+01:00")


def at(minutes: float = 0, *, id: str = "", days: float = 0) -> dict[str, Any]:  # noqa: A002
    """A stamp so many minutes (and days) after nine on Monday."""
    moment = START + timedelta(minutes=minutes, days=days)
    return {
        "v": 1,
        "id": id or f"r{minutes + days * 1440:011.0f}",
        "at": moment.isoformat(timespec="seconds"),
        "day": moment.date().isoformat(),
    }


def pain(score: int = 4, minutes: float = 0, **fields: Any) -> Pain:
    return Pain(**at(minutes, id=fields.pop("id", "pain")), score=score, **fields)


def retract(target: str, minutes: float, id: str = "") -> Retract:  # noqa: A002
    return Retract(**at(minutes, id=id), target=target)


def amend(target: str, minutes: float, id: str = "", **changes: Any) -> Amend:  # noqa: A002
    return Amend(**at(minutes, id=id), target=target, set=changes)


def scores(diary: Diary) -> list[int]:
    return [p.score for p in diary.pains]


def alarms(*records: AnyRecord) -> list[tuple[str, int]]:
    return [(p.day, p.score) for p in fold(records).alarms]


# --- corrections ----------------------------------------------------------------------------------------------


def test_nothing_is_an_empty_diary() -> None:
    assert fold(()) == Diary()


def test_an_entry_taken_back_is_gone_and_the_rest_stays() -> None:
    assert scores(fold([pain(4), pain(5, 1, id="other"), retract("pain", 2)])) == [5]


def test_a_retraction_that_is_retracted_brings_the_entry_back() -> None:
    records: list[AnyRecord] = [pain(4), retract("pain", 1, "first"), retract("first", 2, "second")]
    assert scores(fold(records)) == [4]
    assert scores(fold([*records, retract("second", 3)])) == []


def test_the_last_correction_of_a_field_holds_and_other_fields_stay() -> None:
    diary = fold([pain(4, note="stairs", leg="usual"), amend("pain", 1, score=5), amend("pain", 2, score=3)])
    assert diary.pains[0] == pain(3, note="stairs", leg="usual")


def test_a_correction_that_is_taken_back_was_never_made() -> None:
    assert scores(fold([pain(4), amend("pain", 1, "change", score=5), retract("change", 2)])) == [4]


def test_a_correction_can_stand_before_its_entry_after_a_merge() -> None:
    assert scores(fold([amend("pain", 1, score=5), pain(4)])) == [5]
    assert scores(fold([retract("pain", 1), pain(4)])) == []


def test_corrections_of_what_does_not_exist_change_nothing() -> None:
    assert scores(fold([pain(4), amend("nobody", 1, score=9), retract("nobody", 2)])) == [4]


def test_a_correction_of_itself_or_in_a_ring_ends() -> None:
    ring: list[AnyRecord] = [
        retract("b", 1, "a"),
        retract("a", 2, "b"),
        retract("c", 3, "c"),
        amend("d", 4, "d", set={}),
    ]
    assert scores(fold([pain(4), *ring])) == [4]


FIXED_RECORDS: list[AnyRecord] = [
    Triage(
        **at(id="fixed"),
        disposition="EMERGENCY",
        result="EMERGENCY",
        ended="emergency",
        complete=False,
        rules_version="1",
    ),
    Clearance(
        **at(id="fixed"),
        who="doctor",
        date="2026-03-01",
        rules=("C3",),
        looked_at_sign=True,
        exercise_fine=True,
        nothing_worse=True,
    ),
    Check(**at(id="fixed"), answers={"dc2": "y"}, outcome="full-triage"),
    Refusal(**at(id="fixed"), code="new-red-flag"),
    Seal(**at(id="fixed"), kept="journal.torn-1", size=3),
]


@pytest.mark.parametrize("record", FIXED_RECORDS, ids=kind_of)
def test_what_is_fixed_is_neither_taken_back_nor_changed(record: AnyRecord) -> None:
    entries = fold(
        [record, retract("fixed", 1), amend("fixed", 2, outcome="open", disposition="SELF_CARE")]
    ).entries
    assert entries[0] == record


def test_the_fixed_records_of_this_test_are_all_there_are() -> None:
    assert {kind_of(r) for r in FIXED_RECORDS} == FIXED


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 11},
        {"score": "four"},
        {"leg": "gone"},
        {"day": "2026-02-30"},
        {"at": "yesterday"},
        {"at": "2026-03-02T09:00:00"},
        {"at": "0001-01-01T00:00:00+00:00"},
        {"day": "0001-01-01"},
        {"id": "another"},
        {"kind": "walk"},
        {"v": 2},
    ],
    ids=str,
)
def test_a_correction_that_does_not_fit_is_reported_with_its_entry(changes: dict[str, Any]) -> None:
    with pytest.raises(DataProblem, match="a correction of the entry pain does not fit"):
        fold([pain(4), Amend(**at(1), target="pain", set=changes)])


def test_a_bad_correction_can_be_taken_back() -> None:
    assert alarms(pain(4), amend("pain", 1, "bad", score=11), retract("bad", 60)) == [("2026-03-02", 4)]


def test_a_record_of_an_unknown_kind_is_carried_and_can_be_taken_back() -> None:
    strange = Unknown(**at(id="strange"), raw={"v": 1, "id": "strange", "kind": "dance", "steps": 3})
    assert fold([strange, amend("strange", 1, steps=4)]).entries[0] == strange
    assert strange not in fold([strange, retract("strange", 1)]).entries


# --- what safeguards remember ---------------------------------------------------------------------------------


def test_second_thoughts_within_ten_minutes_leave_no_alarm() -> None:
    assert alarms(pain(9), retract("pain", 10)) == []


def test_a_late_deletion_keeps_the_alarm() -> None:
    assert alarms(pain(9), retract("pain", 11)) == [("2026-03-02", 9)]


def test_a_late_lowering_keeps_the_alarm_and_an_early_one_does_not() -> None:
    assert alarms(pain(9), amend("pain", 9, score=3)) == [("2026-03-02", 3)]
    assert alarms(pain(9), amend("pain", 11, score=3)) == [("2026-03-02", 9)]


def test_a_late_raising_counts() -> None:
    assert alarms(pain(3), amend("pain", 600, score=9)) == [("2026-03-02", 9)]


def test_a_raising_taken_back_late_still_counts() -> None:
    raised: list[AnyRecord] = [pain(3), amend("pain", 60, "raise", score=9)]
    assert alarms(*raised, retract("raise", 65)) == [("2026-03-02", 3)]
    assert alarms(*raised, retract("raise", 100)) == [("2026-03-02", 9)]


def test_small_changes_do_not_stretch_the_ten_minutes() -> None:
    steps: list[AnyRecord] = [pain(9), amend("pain", 9, score=8), retract("pain", 18)]
    assert alarms(*steps) == [("2026-03-02", 8)]


def test_a_clock_that_went_back_makes_no_second_thought() -> None:
    assert alarms(pain(9, minutes=60), retract("pain", 5)) == [("2026-03-02", 9)]


def test_an_entry_for_the_past_is_taken_back_by_the_time_it_was_written() -> None:
    written = (START + timedelta(days=1)).isoformat()
    assert alarms(pain(9, written=written), retract("pain", 24 * 60 + 5)) == []
    assert alarms(pain(9, written=written), retract("pain", 24 * 60 + 15)) == [("2026-03-02", 9)]


def test_an_entry_moved_late_to_another_day_counts_on_both() -> None:
    moved = {"at": "2026-03-01T22:00:00+01:00", "day": "2026-03-01"}
    assert alarms(pain(9), amend("pain", 5, **moved)) == [("2026-03-01", 9)]
    assert alarms(pain(9), amend("pain", 50, **moved)) == [("2026-03-01", 9), ("2026-03-02", 9)]


def test_alarms_stand_in_the_order_of_the_times_they_tell_of() -> None:
    earlier = Pain(**at(-1440, id="earlier"), score=7, written=START.isoformat())
    assert alarms(pain(6), earlier) == [("2026-03-01", 7), ("2026-03-02", 6)]


def test_a_word_about_the_leg_is_remembered_too() -> None:
    def legs(*records: AnyRecord) -> tuple[LegWord, ...]:
        return fold(records).fresh_legs

    new = LegWord("2026-03-02", "new")
    assert legs(pain(4, leg="new"), retract("pain", 5)) == ()
    assert legs(pain(4, leg="new"), retract("pain", 50)) == (new,)
    assert legs(pain(4, leg="new", morning=True)) == (new,)
    assert new in legs(pain(4), amend("pain", 500, leg="new"))
    assert legs(pain(4), amend("pain", 500, score=5)) == ()
    assert new in legs(pain(4, leg="new"), amend("pain", 500, leg="none"))
    assert legs(Done(**at(id="done"), session="s", leg="new"), retract("done", 50)) == (new,)


def test_taking_a_new_leg_sign_back_an_hour_later_does_not_unlock() -> None:
    triage = Triage(
        **at(-60, id="triage"),
        disposition="SELF_CARE",
        result="SELF_CARE",
        ended="finished",
        complete=True,
        unlocked=True,
        rules_version="1",
        valid_until="2026-03-30",
    )
    diary = fold([triage, pain(4, leg="new"), retract("pain", 60)])
    held = standing(diary, now=START + timedelta(hours=2), today="2026-03-02")
    assert "new-red-flag" in [reason.code for reason in held.reasons]


def test_taking_pain_9_back_an_hour_later_leaves_the_trigger() -> None:
    assert triggers(fold([pain(9), retract("pain", 60)]), "2026-03-02")
    assert not triggers(fold([pain(9), retract("pain", 6)]), "2026-03-02")


def test_a_full_triage_makes_words_about_the_leg_old() -> None:
    full = Triage(
        **at(30, id="triage"),
        disposition="SELF_CARE",
        result="SELF_CARE",
        ended="finished",
        complete=True,
        rules_version="1",
    )
    diary = fold([pain(9, leg="new"), full, Walk(**at(40), minutes=10)])
    assert (diary.fresh_legs, diary.fresh_heard) == ((), ())
    assert [kind_of(r) for r in diary.since_triage] == ["walk"]


# --- two reports of one session -------------------------------------------------------------------------------


def report(number: int, **fields: Any) -> Done:
    return Done(**at(number, id=f"done{number}"), session="s", **fields)


def test_two_reports_merge_to_the_worse_of_each_word() -> None:
    merged = fold(
        [
            report(
                1,
                status="stopped",
                reason="pain",
                effort=4,
                leg="further",
                rows=(DoneRow("bridge", hurt=True),),
            ),
            report(
                2,
                reason=None,
                effort=7,
                peak=3,
                leg="usual",
                soreness=True,
                rows=(DoneRow("bridge", effort=2),),
            ),
        ]
    ).done_of("s")
    assert merged is not None
    assert (merged.status, merged.reason, merged.effort, merged.peak) == ("stopped", "pain", 7, 3)
    assert (merged.leg, merged.soreness) == ("further", True)
    assert merged.rows == (DoneRow("bridge", effort=2, hurt=True),)


def test_a_session_nobody_reported_has_no_report() -> None:
    assert fold([report(1)]).done_of("another") is None


ROWS = st.lists(
    st.builds(
        DoneRow,
        exercise=st.sampled_from(["bridge", "bird-dog"]),
        status=st.sampled_from(["completed", "easier", "skipped"]),
        effort=st.none() | st.integers(0, 10),
        hurt=st.booleans(),
    ),
    max_size=2,
    unique_by=lambda row: row.exercise,
).map(tuple)
REPORTS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["done", "partly", "stopped"]),
        "reason": st.sampled_from([None, "pain", "leg", "dizzy", "unwell", "time", "other"]),
        "effort": st.none() | st.integers(0, 10),
        "peak": st.none() | st.integers(0, 10),
        "leg": st.sampled_from([None, "none", "usual", "closer", "further", "new"]),
        "soreness": st.booleans(),
        "rows": ROWS,
    }
)


@given(REPORTS, REPORTS)
def test_the_order_of_two_reports_does_not_matter(one: dict[str, Any], other: dict[str, Any]) -> None:
    def merged(*reports: dict[str, Any]) -> dict[str, Any]:
        done = fold([report(n, **fields) for n, fields in enumerate(reports)]).done_of("s")
        assert done is not None
        kept = {key: getattr(done, key) for key in one}
        return kept | {"rows": {row.exercise: row for row in done.rows}}

    assert merged(one, other) == merged(other, one)


# --- a day ----------------------------------------------------------------------------------------------------


def test_the_pain_of_a_day_is_its_highest_and_mornings_are_apart() -> None:
    diary = fold([pain(4), pain(6, 1, id="b"), pain(9, 2, id="c", morning=True), Pain(**at(days=1), score=8)])
    assert diary.pain_on("2026-03-02") == 6
    assert diary.pain_on("2026-03-05") is None


def test_the_last_session_given_stands_for_its_day() -> None:
    def given(number: int) -> Session:
        return Session(
            **at(number, id=f"s{number}"),
            zone="green",
            stage="chronic",
            mode="normal",
            pain=3,
            variant=number,
            requested_min=20,
            effective_min=20,
            estimated_s=1000,
            place="upright",
            items=(),
        )

    diary = fold([given(1), given(2), retract("s2", 3, "x"), given(4)])
    found = diary.session_on("2026-03-02")
    assert found is not None
    assert found.variant == 4
    assert fold([given(1), given(2), retract("s2", 3, "x")]).session_on("2026-03-02") == given(1)
    assert diary.session_on("2026-03-03") is None


# --- the profile ----------------------------------------------------------------------------------------------


def test_profile_changes_add_up_in_order_and_can_be_taken_back() -> None:
    first = Profile(**at(1, id="one"), set={"place": "floor", "minutes": 15})
    second = Profile(**at(2, id="two"), set={"place": "bed"}, unset=("minutes",))
    assert fold([first, second]).profile.place == "bed"
    assert fold([first, second]).profile.minutes == 20
    assert fold([first, second, retract("two", 3)]).profile.minutes == 15


@pytest.mark.parametrize(
    ("record", "word"),
    [
        (Profile(**at(id="p"), set={"planet": "mars"}), "planet"),
        (Profile(**at(id="p"), unset=("planet",)), "planet"),
        (Profile(**at(id="p"), set={"place": "moon"}), "moon"),
        (Profile(**at(id="p"), set={"equipment": ["sofa"]}), "sofa"),
        (Profile(**at(id="p"), set={"precautions": "osteoporosis"}), "precautions"),
        (Profile(**at(id="p"), set={"precautions": None}), "precautions"),
        (Profile(**at(id="p"), set={"day_ends": "25:00"}), "day_ends"),
        (Profile(**at(id="p"), set={"day_ends": 3}), "day_ends"),
        (Profile(**at(id="p"), set={"minutes": 600}), "minutes"),
        (Profile(**at(id="p"), set={"minutes": True}), "minutes"),
        (Profile(**at(id="p"), set={"usual_pain": 11}), "usual_pain"),
        (Profile(**at(id="p"), set={"episode_start": "20260301"}), "episode_start"),
        (Profile(**at(id="p"), set={"age_band": "old"}), "age_band"),
        (Profile(**at(id="p"), set={"morning_rule": "yes"}), "morning_rule"),
        (Profile(**at(id="p"), set={"region": 112}), "region"),
    ],
    ids=lambda p: repr(p)[:60],
)
def test_a_profile_record_that_is_not_understood_is_an_error_and_never_a_looser_profile(
    record: Profile, word: str
) -> None:
    with pytest.raises(DataProblem, match=f"the profile entry p cannot be understood.*{word}") as raised:
        fold([record])
    assert "doctor" in raised.value.hint


# --- any journal ----------------------------------------------------------------------------------------------

IDS = [f"id{number}" for number in range(8)]
CHANGES = st.one_of(
    st.fixed_dictionaries({"score": st.integers(0, 10)}),
    st.fixed_dictionaries({"leg": st.sampled_from(["none", "new", "further"])}),
    st.fixed_dictionaries({"note": st.text(max_size=5)}),
)


@st.composite
def journals(draw: st.DrawFn) -> list[AnyRecord]:
    """Records with ids from a small set, so that corrections meet entries, each other and repeats."""
    records: list[AnyRecord] = []
    for number in range(draw(st.integers(0, 12))):
        stamp = at(draw(st.integers(0, 60)) + number, id=draw(st.sampled_from(IDS)))
        target = draw(st.sampled_from(IDS))
        records.append(
            draw(
                st.one_of(
                    st.builds(lambda s, g: Pain(**g, score=s), st.integers(0, 10), st.just(stamp)),
                    st.just(Flare(**stamp, on=True)),
                    st.just(Check(**stamp, answers={"dc2": "y"}, outcome="full-triage")),
                    st.just(Retract(**stamp, target=target)),
                    st.builds(
                        lambda s, g, t: Amend(**g, target=t, set=s), CHANGES, st.just(stamp), st.just(target)
                    ),
                )
            )
        )
    return records


@given(journals(), st.integers(0, 12))
def test_any_prefix_replayed_twice_gives_the_same_diary(records: list[AnyRecord], length: int) -> None:
    prefix = records[:length]
    assert fold(prefix) == fold(prefix)
    assert fold([*prefix, *prefix]) == fold(prefix)


@given(journals())
def test_a_check_once_written_stands_whatever_follows(records: list[AnyRecord]) -> None:
    seen: set[str] = set()
    written = []
    for record in records:
        if isinstance(record, Check) and record.id not in seen:
            written.append(record)
        seen.add(record.id)
    assert list(fold(records).checks) == written


@given(journals())
def test_what_stands_now_always_counts_as_an_alarm(records: list[AnyRecord]) -> None:
    diary = fold(records)
    for entry in diary.pains:
        assert any(a.id == entry.id and a.score >= entry.score for a in diary.alarms)


@given(journals(), st.integers(11, 10_000))
def test_an_old_entry_can_be_hidden_from_the_reader_but_not_from_the_alarms(
    records: list[AnyRecord], later: int
) -> None:
    before = fold(records)
    last = max((datetime.fromisoformat(r.at) for r in records), default=START)
    minutes = (last - START).total_seconds() / 60 + later
    gone = [retract(p.id, minutes, f"late{n}") for n, p in enumerate(before.pains)]
    after = fold([*records, *gone])
    assert not after.pains
    assert {(a.id, a.score) for a in before.alarms} <= {(a.id, a.score) for a in after.alarms}
