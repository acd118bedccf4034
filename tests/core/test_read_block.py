"""Whole lines read at once are read as one by one: the quick way gives the same records, or steps aside."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.lines import LineError, read_block, read_line, write_line
from backmove.core.record import AnyRecord, Pain, Walk

GOLDEN = Path(__file__).parent.parent / "data" / "journal" / "v1.jsonl"
HEAD: dict[str, Any] = {"v": 1, "at": "2026-03-02T09:00:00+01:00", "day": "2026-03-02"}
ids = count(1)


def good(score: int, note: str) -> bytes:
    return write_line(Pain(**HEAD, id=f"{next(ids):012d}", score=score, note=note))


LINE = good(4, "x")[:-1]
ODD = (
    b"",
    b" ",
    b"\r",
    b"{",
    b"}",
    b"{}",
    b"{}{}",
    LINE + LINE,
    LINE + b" " + LINE,
    LINE + b",",
    LINE + b"\r",
    b" " + LINE,
    LINE[:-1],
    LINE[:30],
    LINE[30:],
    b'"note": {',
    b"\xef\xbb\xbf" + LINE,
    LINE.replace(b'"v":1', b'"v":2'),
    LINE.replace(b'"v":1', b'"v":1.0'),
    LINE.replace(b"2026-03-02T", b"2026-02-30T"),
    LINE.replace(b'"day":"2026-03-02"', b'"day":"2026-02-30"'),
    LINE.replace(b'"day":"2026-03-02"', b'"day":"2026-W10-1"'),
    LINE.replace(b"+01:00", b""),
    LINE.replace(b'"pain"', b'"horoscope"'),
    LINE.replace(b'"score":4', b'"score":11'),
    LINE.replace(b'"x"', b'"\xff"'),
    LINE.replace(b'"note":"x"', b'"nota":"\xff"'),
    LINE.replace(b'"note":"x"', b'"nota":{"a":[{}]}'),
    LINE.replace(b'"note":"x"', b'"written":"2026-03-02"'),
    LINE.replace(b'"note":"x"', b'"written":"2026-03-02T10:00:00Z"'),
    b'{"kind":"pain",',
    b"\0",
)

lines = st.one_of(
    st.builds(lambda n, note: good(n, note)[:-1], st.integers(0, 10), st.text(max_size=8)),
    st.just(write_line(Walk(**HEAD, id="w00000000001", minutes=5))[:-1]),
    st.sampled_from(ODD),
)


def one_by_one(block: bytes) -> list[AnyRecord] | None:
    try:
        found = [read_line(line) for line in block.split(b"\n")[:-1]]
    except LineError:
        return None
    return [record for record in found if record is not None]


@given(st.lists(lines, max_size=6))
def test_what_is_read_at_once_is_what_each_line_says(some: list[bytes]) -> None:
    block = b"".join(line + b"\n" for line in some)
    at_once = read_block(block)
    assert at_once is None or at_once == one_by_one(block)


@given(st.lists(st.tuples(st.integers(0, 10), st.text(max_size=8)), min_size=1, max_size=6))
def test_lines_that_we_wrote_are_read_at_once(said: list[tuple[int, str]]) -> None:
    block = b"".join(good(score, note) for score, note in said)
    assert read_block(block) == one_by_one(block) != None  # noqa: E711 - and it is not None


@pytest.mark.parametrize("odd", [line for line in ODD if not line.endswith(b'Z"}') and b"nota" not in line])
def test_an_odd_line_is_left_to_the_slow_way(odd: bytes) -> None:
    assert read_block(LINE + b"\n" + odd + b"\n") is None


def test_an_object_over_two_lines_and_two_on_one_line_do_not_make_up_for_each_other() -> None:
    inner = LINE.replace(b'"note":"x"', b'"nota":[{"a":1},\n{"b":2}]')
    assert len(read_block(LINE + b"\n" + LINE + b"\n") or ()) == 2
    assert read_block(inner + b"\n" + LINE + LINE + b"\n") is None


def test_a_field_of_the_future_that_is_no_text_is_left_to_the_slow_way() -> None:
    broken = LINE.replace(b'"note":"x"', b'"nota":"\xff"')
    assert one_by_one(broken + b"\n") is None
    assert read_block(broken + b"\n") is None


def test_an_empty_block_is_left_to_the_slow_way() -> None:
    assert read_block(b"") is None


def test_the_golden_file_says_the_same_line_by_line() -> None:
    kept = [line for line in GOLDEN.read_bytes().splitlines(keepends=True) if b"horoscope" not in line]
    block = b"".join(kept)
    assert read_block(block) == one_by_one(block)
    assert len(kept) > 20
