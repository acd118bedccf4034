"""Which entry an id names, what may be changed in it, and what undo takes back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.corrections import changes, deletable, last_change, named, short_ids, touchable, visible
from backmove.core.diary import fold
from backmove.core.record import (
    Amend,
    AnyRecord,
    Check,
    Done,
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
)
from backmove.errors import BackmoveError, NotFound, UsageProblem

START = datetime.fromisoformat("2026-03-02T09:00:00+01:00")


def at(number: int, id: str, **more: Any) -> dict[str, Any]:  # noqa: A002
    moment = START + timedelta(minutes=number)
    return {"v": 1, "id": id, "at": moment.isoformat(), "day": "2026-03-02"} | more


def pain(number: int, id: str, score: int = 4, **more: Any) -> Pain:  # noqa: A002
    return Pain(**at(number, id, **more), score=score)


def retract(number: int, target: str, *, undo: bool = False) -> Retract:
    return Retract(**at(number, f"x{number}"), target=target, undo=undo)


def amend(number: int, target: str, **fields: Any) -> Amend:
    return Amend(**at(number, f"m{number}"), target=target, set=fields)


CHECK = Check(**at(0, "check0000000"), answers={"dc2": "y"}, outcome="full-triage")
TRIAGE = Triage(
    **at(0, "triage000000"),
    disposition="SELF_CARE",
    result="SELF_CARE",
    ended="finished",
    complete=True,
    rules_version="1",
)


def session(number: int, id: str, **more: Any) -> Session:  # noqa: A002
    return Session(
        **at(number, id, **more),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=3,
        variant=1,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="upright",
        items=(),
    )


# --- names ----------------------------------------------------------------------------------------------------


def find(name: str, *records: AnyRecord) -> AnyRecord:
    return named(name, records, fold(records))


A, B = pain(1, "abcd11111111"), pain(2, "abce22222222", 5)


def test_a_beginning_of_the_id_names_the_entry() -> None:
    assert find("abcd", A, B) == A
    assert find("ABCD11", A, B) == A
    assert find(" abce22222222 ", A, B) == B


@pytest.mark.parametrize("name", ["last", "-1", "LAST"])
def test_last_is_the_entry_written_last_and_no_correction(name: str) -> None:
    past = pain(3, "past00000000", written=START.isoformat())
    assert find(name, A, B, past, amend(4, "abcd11111111", score=2)) == past
    assert find(name, A, B, retract(4, "abce22222222")) == A


def test_the_name_shows_the_entry_with_its_corrections() -> None:
    assert find("abcd", A, amend(3, A.id, score=7)) == pain(1, A.id, 7)


def test_an_ambiguous_beginning_is_an_error_that_names_the_matches() -> None:
    twin = pain(3, "abcd19999999")
    with pytest.raises(
        UsageProblem, match=r"'abcd1' could be abcd11 or abcd19: type one letter more"
    ) as refused:
        find("abcd1", A, B, twin)
    assert refused.value.code == "ambiguous"


@pytest.mark.parametrize("name", ["", "a", "abc", "-2"])
def test_a_beginning_that_is_too_short_is_refused(name: str) -> None:
    with pytest.raises(UsageProblem, match="too short"):
        find(name, A, B)


def test_a_short_id_in_full_is_enough() -> None:
    assert find("p1", pain(1, "p1")).id == "p1"


def test_a_name_that_nothing_has_is_not_found_and_the_nearest_is_guessed() -> None:
    with pytest.raises(NotFound, match=r"no entry 'abcf'\. Did you mean abc[de]\?") as refused:
        find("abcf", A, B)
    assert "backmove list" in refused.value.hint
    with pytest.raises(NotFound, match="no entry yet"):
        find("last")


def test_an_entry_that_was_taken_back_is_said_to_be() -> None:
    with pytest.raises(NotFound, match="taken back already"):
        find("abcd", A, B, retract(3, A.id))


def test_corrections_themselves_have_no_name() -> None:
    change = amend(3, A.id, score=5)
    with pytest.raises(NotFound):
        find("m3" + "0" * 10, A, Amend(**at(3, "m30000000000"), target=A.id, set={}))
    assert visible(fold([A, change])) == (pain(1, A.id, 5),)


IDS = st.lists(st.text("ab1", min_size=12, max_size=12), min_size=1, max_size=30, unique=True)


@given(IDS)
def test_the_id_that_is_shown_names_its_entry_and_no_other(ids: list[str]) -> None:
    records = [pain(n, one) for n, one in enumerate(ids)]
    short = short_ids(records, records)
    assert short_ids(records, records[:1]) == {ids[0]: short[ids[0]]}
    for record in records:
        assert len(short[record.id]) >= 4
        others = [one for one in ids if one != record.id]
        assert not any(one.startswith(short[record.id]) for one in others)
        shorter = short[record.id][:-1]
        assert len(shorter) < 4 or any(one.startswith(shorter) for one in others)
        assert named(short[record.id], records, fold(records)) == record


def test_no_id_is_shown_as_the_word_last() -> None:
    ends_in_last = [pain(1, "last00000000")]
    assert short_ids(ends_in_last, ends_in_last) == {"last00000000": "last0"}


# --- what may be changed --------------------------------------------------------------------------------------

FIXED = [
    CHECK,
    TRIAGE,
    Refusal(**at(0, "refusal00000"), code="new-red-flag"),
    Seal(**at(0, "seal00000000"), kept="k", size=1),
    Unknown(**at(0, "unknown00000"), raw={"kind": "dance"}),
]


@pytest.mark.parametrize("record", FIXED, ids=lambda r: type(r).__name__)
def test_what_is_fixed_says_why_it_stays(record: AnyRecord) -> None:
    for refused_by in (touchable, lambda r: deletable(r, fold([r])), lambda r: changes(r, {"note": "x"})):
        with pytest.raises(BackmoveError) as refused:
            refused_by(record)
        assert (refused.value.code, refused.value.exit_code) == ("fixed", 1)


def test_only_what_differs_is_changed() -> None:
    assert changes(A, {"score": 5, "note": ""}) == {"score": 5}
    assert changes(A, {"at": A.at, "day": A.day}) == {}
    moved = {"at": "2026-03-01T12:00:00+01:00", "day": "2026-03-01"}
    assert changes(A, moved) == moved


@pytest.mark.parametrize(
    ("record", "field", "said"),
    [
        (A, "minutes", "--minutes does not fit an entry of the kind pain. What fits: --pain, --leg"),
        (Walk(**at(1, "walk"), minutes=10), "score", "--pain does not fit an entry of the kind walk"),
        (Done(**at(1, "done"), session="s"), "at", "--at does not fit"),
        (Flare(**at(1, "flare"), on=True), "note", "--note does not fit"),
    ],
)
def test_a_field_that_the_kind_does_not_have_is_refused(record: AnyRecord, field: str, said: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        changes(record, {field: 1})
    assert said in refused.value.message


def test_nothing_to_change_is_refused_with_what_could_be() -> None:
    with pytest.raises(UsageProblem, match=r"^say what to change\. For an entry of the kind walk: --minutes"):
        changes(Walk(**at(1, "walk"), minutes=10), {})


def test_a_session_has_nothing_to_edit() -> None:
    with pytest.raises(BackmoveError, match="nothing to edit"):
        changes(session(1, "s1"), {"note": "x"})


def test_a_reported_session_keeps_its_place_under_the_report() -> None:
    given_, done = session(1, "sess00000000"), Done(**at(2, "done00000000"), session="sess00000000")
    with pytest.raises(BackmoveError, match="reported as done") as refused:
        deletable(given_, fold([given_, done]))
    assert refused.value.hint == "backmove delete done"
    deletable(given_, fold([given_, done, retract(3, done.id)]))
    deletable(given_, fold([given_]))


# --- undo -----------------------------------------------------------------------------------------------------


class Hand:
    """Somebody who writes and undoes: a journal in a list."""

    def __init__(self, *records: AnyRecord) -> None:
        self.records = list(records)

    def undo(self) -> list[str]:
        """Undo once; the ids that were taken back."""
        taken = last_change(self.records)
        for record in taken:
            self.records.append(retract(100 + len(self.records), record.id, undo=True))
        return [r.id for r in taken]

    @property
    def pains(self) -> list[int]:
        return [p.score for p in fold(self.records).pains]


def test_undo_goes_further_back_each_time_and_then_says_that_nothing_is_left() -> None:
    hand = Hand(A, B)
    assert [hand.undo(), hand.undo()] == [[B.id], [A.id]]
    with pytest.raises(NotFound, match="nothing to undo"):
        hand.undo()


def test_undo_of_an_edit_gives_the_former_value_back() -> None:
    hand = Hand(A, amend(2, A.id, score=7), amend(3, A.id, score=8))
    hand.undo()
    assert hand.pains == [7]
    hand.undo()
    assert hand.pains == [4]
    hand.undo()
    assert hand.pains == []


def test_undo_of_a_deletion_brings_the_entry_back_and_then_goes_on() -> None:
    hand = Hand(A, B, retract(3, A.id))
    assert hand.pains == [5]
    hand.undo()
    assert hand.pains == [4, 5]
    assert hand.undo() == [B.id]
    assert hand.undo() == [A.id]


def test_what_follows_an_undo_is_undone_before_what_went_before_it() -> None:
    hand = Hand(A, B)
    hand.undo()
    hand.records.append(pain(50, "new000000000", 6))
    assert [hand.undo(), hand.undo()] == [["new000000000"], [A.id]]


def test_what_one_command_wrote_together_is_taken_back_together() -> None:
    walk = Walk(**at(3, "walk", group="g"), minutes=20)
    hand = Hand(A, pain(2, "pain", group="g"), walk)
    assert hand.undo() == ["pain", "walk"]
    assert hand.undo() == [A.id]


def test_every_kind_of_ones_own_can_be_undone() -> None:
    own: list[AnyRecord] = [
        Profile(**at(1, "profile"), set={"place": "bed"}),
        session(2, "session"),
        Done(**at(3, "done"), session="session"),
        Flare(**at(4, "flare"), on=True),
    ]
    hand = Hand(*own)
    assert [hand.undo() for _ in own] == [["flare"], ["done"], ["session"], ["profile"]]


@pytest.mark.parametrize(
    "record", [r for r in FIXED if not isinstance(r, Seal)], ids=lambda r: type(r).__name__
)
def test_undo_stops_at_what_is_fixed_and_does_not_reach_behind_it(record: AnyRecord) -> None:
    hand = Hand(A, record)
    with pytest.raises(BackmoveError) as refused:
        hand.undo()
    assert refused.value.code == "fixed"
    assert hand.pains == [4]


def test_undo_of_a_session_leaves_its_check_and_can_go_on_behind_it() -> None:
    check = Check(**at(2, "check", group="g"), answers={"dc1": "n"}, outcome="open")
    hand = Hand(A, check, pain(3, "before", group="g"), session(4, "given", group="g"))
    assert hand.undo() == ["before", "given"]
    assert fold(hand.records).checks == (check,)
    assert hand.undo() == [A.id]


def test_the_note_of_a_torn_line_is_passed_over() -> None:
    assert Hand(A, Seal(**at(2, "seal"), kept="k", size=1)).undo() == [A.id]


ACTS = st.lists(st.sampled_from(["log", "edit", "delete", "undo", "two"]), max_size=14)


@given(ACTS)
def test_undo_as_often_as_there_were_changes_leaves_nothing(acts: list[str]) -> None:
    hand = Hand()
    for number, act in enumerate(acts):
        stands = visible(fold(hand.records))
        if act == "log":
            hand.records.append(pain(number, f"p{number}"))
        elif act == "two":
            hand.records += [pain(number, f"{half}{number}", group=f"g{number}") for half in "qr"]
        elif act == "edit" and stands:
            hand.records.append(amend(number, stands[-1].id, score=number % 11))
        elif act == "delete" and stands:
            hand.records.append(retract(number, stands[0].id))
        elif act == "undo" and stands:
            hand.undo()
    steps = 0
    while True:
        try:
            hand.undo()
        except NotFound:
            break
        steps += 1
    assert steps <= len(acts)
    assert visible(fold(hand.records)) == ()


@given(ACTS)
def test_one_undo_gives_back_exactly_what_stood_before_the_last_change(acts: list[str]) -> None:
    hand = Hand()
    for number, act in enumerate(acts):
        before = visible(fold(hand.records))
        length = len(hand.records)
        if act in ("log", "two"):
            hand.records.append(pain(number, f"p{number}"))
        elif act == "edit" and before:
            hand.records.append(amend(number, before[-1].id, score=number % 11))
        elif act == "delete" and before:
            hand.records.append(retract(number, before[0].id))
        if len(hand.records) > length:
            copy = Hand(*hand.records)
            copy.undo()
            assert visible(fold(copy.records)) == before
