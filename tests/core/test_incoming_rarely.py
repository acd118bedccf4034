"""What files from outside hold now and then: another layout, a wrong id, a clock of another place, very many lines."""

from collections.abc import Callable
from typing import Any

import pytest

from backmove.core import incoming, incoming_table, strand
from backmove.core.incoming import File, strand_from
from backmove.core.incoming_table import Asked, Here, Table, read_table
from backmove.core.lines import read_line, write_line
from backmove.core.record import Pain
from backmove.core.strand import Slices, strand_of
from backmove.errors import DataProblem
from conftest import MONDAY

LINES = [
    write_line(Pain(v=1, id=f"{n:012d}", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=n)).rstrip()
    for n in range(4)
]
HEAD, FOOT = b'{"backmove_journal": 1, "records": [\n', b"\n]}\n"


def export(*lines: bytes, between: bytes = b",\n") -> bytes:
    return HEAD + between.join(lines) + FOOT


def read(data: bytes, tell: Callable[[int], None] = lambda lines: None) -> list[bytes]:
    return list(strand_from(File("x", data), "json", tell).raws)


@pytest.mark.parametrize(
    "data",
    [
        export(*LINES, between=b" ,\n"),
        export(*LINES, between=b"\n,"),
        export(*LINES).replace(b",\n", b",\n\n", 1),
    ],
    ids=["blanks before the comma", "a comma on the next line", "an empty line"],
)
def test_an_export_of_another_layout_brings_the_same_records(data: bytes) -> None:
    assert [read_line(raw) for raw in read(data)] == [read_line(line) for line in LINES]


def test_a_line_that_is_no_object_is_named_with_its_number() -> None:
    with pytest.raises(DataProblem, match=r"line 3: it is not a record in \{curly brackets\}"):
        read(export(LINES[0], b"4", LINES[1]))


@pytest.mark.parametrize("layout", ["ours", "another", "journal", "table"])
def test_of_a_long_file_it_is_told_on_the_way_how_far_it_is(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (incoming, incoming_table, strand):
        monkeypatch.setattr(module, "STEP", 2)
    told: list[int] = []
    if layout == "journal":
        strand_of(b"".join(line + b"\n" for line in LINES), progress=told.append)
    elif layout == "table":
        rows = "".join(f"2026-02-0{n},{n}\n" for n in range(1, 4))
        read_table(File("x", f"day,score\n{rows}".encode()), ASKED, NOBODY, told.append)
    else:
        read(export(*LINES, between=b",\n" if layout == "ours" else b" ,\n"), told.append)
    assert told == [2, 4]


def test_parts_of_a_file_can_be_had_one_or_several_at_a_time() -> None:
    parts = Slices(b"one two three")
    for start, end in ((0, 3), (4, 7), (8, 13)):
        parts.add(start, end)
    assert (parts[1], parts[1:], parts[::2], parts[5:]) == (
        b"two",
        [b"two", b"three"],
        [b"one", b"three"],
        [],
    )


# --- tables ---------------------------------------------------------------------------------------------------

NOBODY = Here(known=(), stands={}, gone=())
ASKED = Asked({}, None, MONDAY, "03:00")


def table(text: str) -> Table:
    return read_table(File("pain.csv", text.encode()), ASKED, NOBODY, lambda lines: None)


def records(text: str) -> list[Any]:
    return [read_line(line) for line in table(text).lines]


def fault(text: str) -> str:
    with pytest.raises(DataProblem) as refused:
        table(text)
    return refused.value.message


def test_an_id_that_none_of_ours_can_be_is_named_with_its_line() -> None:
    message = fault("kind,id,at,day,score\npain,../../etc,2026-03-01T08:00:00+01:00,2026-03-01,3\n")
    assert "line 2: column 'id': '../../etc' is no id" in message


def test_a_moment_of_tomorrow_is_refused_whatever_clock_it_is_of() -> None:
    assert "'2026-03-03T09:00:00-05:00' is still to come" in fault("at,score\n2026-03-03T09:00:00-05:00,3\n")
    assert records("at,score\n2026-03-02T10:00:00+02:00,3\n")[0].score == 3


def test_a_time_that_is_none_is_named() -> None:
    assert "'half past' is not a time such as 08:30" in fault("day,time,score\n2026-03-01,half past,3\n")


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", ""])
def test_a_day_of_our_table_that_no_calendar_has_is_worked_out_from_the_moment(day: str) -> None:
    row = records(f"kind,id,at,day,score\npain,000000000001,2026-03-01T08:00:00+01:00,{day},3\n")[0]
    assert (row.day, row.id) == ("2026-03-01", "000000000001")
