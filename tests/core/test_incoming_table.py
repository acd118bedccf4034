"""Tables: every value is understood or named with its place, and the same table twice adds nothing."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.cells import guarded
from backmove.core.diary import fold
from backmove.core.incoming import File
from backmove.core.incoming_table import Asked, Here, Table, mapping, read_table
from backmove.core.lines import read_line
from backmove.core.record import AnyRecord, Import, Pain, Retract, Walk
from backmove.core.table_place import place_of
from backmove.errors import DataProblem, UsageProblem
from conftest import MONDAY

NOBODY = Here(known=(), stands={}, gone=())


def table(text: str | bytes, *words: str, dates: str | None = None, here: Here = NOBODY) -> Table:
    data = text.encode() if isinstance(text, str) else text
    asked = Asked(mapping(words), dates, MONDAY, "03:00")
    return read_table(File("pain.csv", data), asked, here, lambda lines: None)


def records(found: Table) -> list[Any]:
    return [read_line(line) for line in found.lines]


def faults(text: str | bytes, *words: str, dates: str | None = None) -> str:
    with pytest.raises(DataProblem, match="cannot be understood") as refused:
        table(text, *words, dates=dates)
    return refused.value.message


def test_pain_and_walks_of_a_spreadsheet() -> None:
    found = table(
        'Date;Pain;Walked;Remark\n01.03.2026;4;;"after ""sitting""\nlong"\n28.02.2026;;25;\n1.3.2026;3;10;both\n;;;\n',
        *("day=Date", "score=Pain", "minutes=Walked", "note=Remark"),
        dates="DD.MM.YYYY",
    )
    pain, walk, first, second = records(found)
    assert (pain.score, pain.day, pain.note) == (4, "2026-03-01", 'after "sitting"\nlong')
    assert pain.written == MONDAY.isoformat(timespec="seconds")
    assert (walk.minutes, walk.day) == (25, "2026-02-28")
    assert (first.score, first.note, second.minutes, second.note) == (3, "both", 10, "")
    assert (found.kinds, found.silent) == ({"pain": 2, "walk": 2}, 0)


def test_columns_with_our_names_need_no_mapping_and_others_are_told() -> None:
    found = table("Day,TIME,Score,Weather\n2026-03-01,7:05,4,sun\n")
    assert records(found)[0].at == "2026-03-01T07:05:00+01:00"
    assert found.unused == ("Weather",)


def test_a_moment_with_its_offset_is_kept_as_it_is() -> None:
    found = records(table("at,score\n2026-03-01T01:30:00+05:30,4\n"))[0]
    assert (found.at, found.day) == ("2026-03-01T01:30:00+05:30", "2026-02-28")


def test_every_value_that_is_not_understood_is_named_at_once() -> None:
    message = faults(
        "day,score,leg,morning,kind\n"
        "2026-03-01,11,usual,no,pain\n03/04/2026,4,,,\n2026-03-01,4,sideways,,\n2026-03-01,4,,perhaps,\n"
        "2026-03-01,4.5,,,\n,4,,,\n2027-03-01,4,,,\n2026-03-01,4,,,pian\n2026-03-01,4,,,,surplus\n2026-02-30,1,,,\n"
    )
    for part in (
        "10 values",
        "line 2: column 'score': 11 is outside 0 to 10",
        "line 3: column 'day': '03/04/2026' is not a date such as 2026-03-01",
        "line 4: column 'leg': 'sideways' is not known",
        "line 5: column 'morning': 'perhaps' is neither yes nor no",
        "line 6: column 'score': '4.5' is not a whole number",
        "line 7: column 'day': the day is missing",
        "line 8: column 'day': '2027-03-01' is still to come",
        "line 9: column 'kind': 'pian' is not known. Did you mean pain?",
        "line 10: it has 6 cells, the first line has 5",
        "line 11: column 'day': '2026-02-30'",
    ):
        assert part in message


def test_of_many_faults_twenty_are_shown_and_the_rest_counted() -> None:
    message = faults("day,score\n" + "2026-03-01,x\n" * 50)
    assert ("line 21:" in message, "line 22:" in message, "and 30 more" in message) == (True, False, True)


def test_bytes_that_are_no_text_and_quotes_that_never_end_are_named() -> None:
    assert "line 3: it is not UTF-8 text" in faults(b"day,score\n2026-03-01,4\n2026-03-01,\xff\n")
    assert "line 2" in faults('day,score\n"2026-03-01,4\n')


@pytest.mark.parametrize(
    ("text", "words", "dates", "what"),
    [
        ("when,how\n1,2\n", (), None, "no column for day or at and none for score or minutes"),
        ("day,score\n", ("score=Pian",), None, "has no column 'Pian'"),
        ("day,Pain\n", ("score=Pian",), None, "Did you mean pain"),
        ("day,score\n", ("scroe=x",), None, "Did you mean score"),
        ("day,score\n", ("score",), None, "NAME=COLUMN"),
        ("day,score\n", ("day=a", "day=b"), None, "stands twice"),
        ("day,score,Score\n", ("note=SCORE",), None, "two columns"),
        ("day,score\n", (), "DD.MM", "not a way to write dates"),
        ("day,score\n", (), "DD.DD.YYYY", "not a way to write dates"),
    ],
)
def test_what_is_asked_for_wrongly_is_said(
    text: str, words: Sequence[str], dates: str | None, what: str
) -> None:
    with pytest.raises(UsageProblem, match=what):
        table(text, *words, dates=dates)


def test_month_first_or_day_first_is_never_guessed() -> None:
    assert records(table("day,score\n03/01/2026,4\n", dates="MM/DD/YYYY"))[0].day == "2026-03-01"
    assert records(table("day,score\n03/01/2026,4\n", dates="D/M/YYYY"))[0].day == "2026-01-03"
    assert "is not a date like" in faults("day,score\n2026-03-01,4\n", dates="DD/MM/YYYY")


def test_the_same_table_twice_adds_nothing_and_equal_rows_are_two_entries() -> None:
    text = "day,score\n2026-03-01,4\n2026-03-01,4\n2026-03-01,5\n"
    first = table(text)
    assert len(set(first.ids)) == 3
    kept = records(first)
    again = table(text + "2026-03-01,4\n", here=place_of(kept, fold(kept)))
    assert (again.same, len(again.ids)) == (3, 1)


def test_what_was_deleted_stays_deleted_and_what_went_with_an_import_comes_anew(stamp: Any) -> None:
    text = "day,score\n2026-03-01,4\n2026-03-01,5\n"
    kept: list[AnyRecord] = records(table(text))
    note = Import(**stamp(), source="x", format="csv", brought=tuple(r.id for r in kept))
    deleted = [*kept, note, Retract(**stamp(), target=kept[0].id)]
    found = table(text, here=place_of(deleted, fold(deleted)))
    assert (found.ids, found.same, found.deleted) == ([], 1, 1)
    undone = [*kept, note, Retract(**stamp(), target=note.id, undo=True)]
    found = table(text, here=place_of(undone, fold(undone)))
    assert (len(found.ids), found.same, found.deleted) == (2, 0, 0)
    assert not set(found.ids) & {r.id for r in kept}


NOTES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from((None, "usual", "new")), NOTES), max_size=6))
def test_our_own_table_comes_back_with_its_ids(rows: list[tuple[int, Any, str]]) -> None:
    from backmove.report.table import table as exported

    made: list[Any] = []
    for n, (score, leg, note) in enumerate(rows):
        own: dict[str, Any] = {
            "v": 1,
            "id": f"{n:012d}",
            "at": "2026-03-01T08:00:00+01:00",
            "day": "2026-02-28",
        }
        made.append(Pain(**own, score=score, leg=leg, note=note.strip(), morning=bool(score % 2)))
    walk = Walk(
        v=1, id="w00000000000", at="2026-03-01T08:00:00+01:00", day="2026-03-01", minutes=20, note="=1+1"
    )
    text = "".join(exported([*made, walk], notes=True))
    found = records(table(text))
    kept = [msgspec.structs.replace(r, written=None, note="") for r in found]
    assert kept == [msgspec.structs.replace(r, note="") for r in [*made, walk]]
    assert found[-1].note == "=1+1"
    assert guarded("=1+1") in text
    here = place_of([*made, walk], fold([*made, walk]))
    assert table(text, here=here).ids == []


def test_our_own_table_changes_nothing_that_is_here_and_cannot_bring_sessions() -> None:
    pain = Pain(v=1, id="000000000001", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=4, sleep=3)
    here = place_of([pain], fold([pain]))
    head = "kind,id,at,day,score,sleep\n"
    other = "pain,000000000001,2026-03-01T08:00:00+01:00,2026-03-01,7,3\n"
    assert table(head + other, here=here).differ == [(2, "000000000001")]
    same = "pain,000000000001,2026-03-01T08:00:00+01:00,2026-03-01,4,3\n"
    found = table(head + same + "session,000000000002,2026-03-01T08:00:00+01:00,2026-03-01,,\n", here=here)
    assert (found.same, found.others, found.ids) == (1, {"session": 1}, [])
    assert "stands twice" in faults(head + same + same)
