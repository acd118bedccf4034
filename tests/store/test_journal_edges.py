"""What a journal says of the file it has read: its bytes, or nothing when one of them was not understood."""

from datetime import datetime
from pathlib import Path

import pytest

from backmove.core.lines import write_line
from backmove.core.record import Pain
from backmove.store.journal import Journal

NOW = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
LINE = write_line(Pain(v=1, id="000000000001", at=NOW.isoformat(), day="2026-03-02", score=4))


def journal(path: Path) -> Journal:
    return Journal(path, now=lambda: NOW, new_id=lambda: "000000000002", tell=lambda line: None)


def test_a_journal_that_was_not_read_was_not_seen(tmp_path: Path) -> None:
    assert journal(tmp_path / "journal.jsonl").seen is None


def test_a_whole_journal_is_seen_with_all_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(LINE)
    book = journal(path)
    assert len(book.read()) == 1
    assert book.seen is not None
    about, data = book.seen
    assert (about.st_size, data) == (len(LINE), LINE)


@pytest.mark.parametrize("tail", [LINE[:20], LINE.rstrip(b"\n").replace(b"000000000001", b"000000000003")])
def test_a_tail_without_an_end_is_not_seen(tail: bytes, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(LINE + tail)
    book = journal(path)
    book.read()
    assert book.seen is None


def test_what_was_set_aside_is_found_by_both_of_its_names(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(LINE)
    aside = [tmp_path / "journal.set-aside-1", tmp_path / "journal.torn-1"]
    for file in (*aside, tmp_path / "journal.before-1", tmp_path / "other.torn-1"):
        file.write_bytes(b"")
    assert journal(path).examine().set_aside == tuple(map(str, aside))
