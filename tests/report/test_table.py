"""The table: what stands in it is what the entries say, and no cell is a formula."""

import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from a_year import FIRST, HOSTILE, a_year
from backmove.core.cells import cleaned, guarded, unguarded
from backmove.core.corrections import visible
from backmove.core.diary import fold
from backmove.core.record import AnyRecord, Exclude, Pain, Unknown, Walk, kind_of
from backmove.report.table import COLUMNS, MARK, NOTE, table

HEAD: dict[str, Any] = {"v": 1, "id": "a1b2c3d4e5f6", "at": "2026-01-05T09:00:00+01:00", "day": FIRST}
DIARY = fold(a_year())


def rows(*entries: AnyRecord, notes: bool = True, **how: bool) -> list[dict[str, str]]:
    text = "".join(table(entries, notes=notes, **how)).removeprefix(MARK)
    apart = ";" if how.get("semicolon") else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=apart, strict=True))


def test_a_row_says_what_the_entry_says() -> None:
    (row,) = rows(Pain(**HEAD, score=0, morning=True, leg="closer", limb=2, note="so, so"))
    assert {name: cell for name, cell in row.items() if cell} == {
        "kind": "pain",
        "id": "a1b2c3d4e5f6",
        "at": "2026-01-05T09:00:00+01:00",
        "day": FIRST,
        "score": "0",
        "morning": "yes",
        "leg": "closer",
        "limb": "2",
        "note": "so, so",
    }


def test_the_header_has_the_note_only_when_asked() -> None:
    assert next(table([], notes=False)) == ",".join(COLUMNS) + "\r\n"
    assert next(table([], notes=True)) == ",".join([*COLUMNS, NOTE]) + "\r\n"


def test_notes_stay_out_in_every_row_of_a_year() -> None:
    text = "".join(table(visible(DIARY), notes=False))
    for word in ("river", "HYPERLINK", "wrist", "changed"):
        assert word not in text
        assert word in "".join(table(visible(DIARY), notes=True))


def test_entries_stand_as_corrected() -> None:
    pains = [r for r in a_year() if isinstance(r, Pain)]
    found = {row["id"]: row for row in rows(*visible(DIARY))}
    assert found[pains[0].id]["score"] == "9"
    assert found[pains[0].id]["note"] == "'@changed"
    assert pains[1].id not in found


def test_every_entry_of_a_year_has_one_row_and_reads_back() -> None:
    entries = [r for r in visible(DIARY) if kind_of(r) != "profile"]
    found = rows(*entries)
    assert [(r["kind"], r["id"], r["at"], r["day"]) for r in found] == [
        (kind_of(r), r.id, r.at, r.day) for r in entries
    ]
    for record, row in zip(entries, found, strict=True):
        if isinstance(record, Pain):
            assert int(row["score"]) == record.score
            assert unguarded(row["note"]) == cleaned(record.note)
        if isinstance(record, Walk):
            assert int(row["minutes"]) == record.minutes


def test_kinds_of_another_version_are_passed_over() -> None:
    assert rows(Unknown(**HEAD, raw={"kind": "later"})) == []


def test_a_hostile_note_is_words_in_one_cell() -> None:
    (row,) = rows(Pain(**HEAD, score=5, note=HOSTILE))
    assert row["note"] == ('\'=HYPERLINK("http://x","y"), said "so",\nnew line\nand שלום 🙂 [31m txt.exe')
    assert row["score"] == "5"


def test_lines_end_as_the_standard_says_and_a_note_keeps_its_own() -> None:
    text = "".join(table([Walk(**HEAD, minutes=20, note="one\r\ntwo")], notes=True))
    assert text.count("\r\n") == 2
    assert '"one\ntwo"\r\n' in text


def test_other_words_than_notes_are_guarded_too() -> None:
    (row,) = rows(Exclude(**HEAD, exercise="=1+1", because="-x"))
    assert row["exercise"] == "'=1+1"
    assert row["note"] == "'-x"


def test_for_excel_there_is_a_mark_and_the_separator_of_the_region() -> None:
    entry = Pain(**HEAD, score=5, note="a;b")
    assert "".join(table([entry], notes=True, mark=True)).encode().startswith(b"\xef\xbb\xbfkind,")
    assert rows(entry, semicolon=True, mark=True)[0]["note"] == "a;b"
    assert not "".join(table([entry], notes=True)).startswith(MARK)


def test_signs_that_begin_a_formula_are_guarded() -> None:
    for text in ("=1", "+1", "-1", "@x", "＝1", " =1", "\u200b=1", "'=1", "''+"):
        assert guarded(text) == "'" + text, text
    for text in ("1=1", "a-b", "'tis better", "", "3 - 4", "'"):
        assert guarded(text) == text, text


@given(st.text())
def test_a_guarded_cell_is_never_a_formula_and_can_be_taken_back(text: str) -> None:
    cell = guarded(cleaned(text))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(cell) == cleaned(text)


@given(st.lists(st.text(), max_size=4), st.booleans(), st.booleans())
def test_any_notes_read_back_as_cleaned(notes: list[str], mark: bool, semicolon: bool) -> None:
    found = rows(*(Pain(**HEAD, score=1, note=note) for note in notes), mark=mark, semicolon=semicolon)
    assert [unguarded(row["note"]) for row in found] == [cleaned(note) for note in notes]


@given(st.text())
def test_nothing_that_steers_a_screen_is_left(text: str) -> None:
    assert all(sign == "\n" or sign.isprintable() or ord(sign) >= 0xA0 for sign in cleaned(text))
    assert cleaned(cleaned(text)) == cleaned(text)
