"""What a file from outside is: our own is read, everything else is called by its name and refused."""

import json

import pytest

from backmove.core.incoming import File, format_of, strand_from
from backmove.core.lines import write_line
from backmove.core.record import Pain
from backmove.core.strand import Strand
from backmove.errors import BackmoveError, DataProblem

LINES = [
    write_line(
        Pain(v=1, id=f"{n:012d}", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=n, note="ä  b")
    )[:-1]
    for n in range(3)
]
EXPORT = b'{"backmove_journal": 1, "records": [\n' + b",\n".join(LINES) + b"\n]}\n"
JOURNAL = b"".join(line + b"\n" for line in LINES)


def strand(data: bytes, said: str | None = None) -> Strand:
    file = File("x", data)
    format_ = format_of(file, said)
    return strand_from(file, format_, lambda lines: None)


def refusal(data: bytes, said: str | None = None, name: str = "x") -> BackmoveError:
    with pytest.raises(DataProblem) as refused:
        file = File(name, data)
        strand_from(file, format_of(file, said), lambda lines: None)
    assert "Nothing was changed" in refused.value.message
    return refused.value


@pytest.mark.parametrize(
    "data",
    [
        EXPORT,
        EXPORT.rstrip(),
        EXPORT.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + EXPORT,
        json.dumps(json.loads(EXPORT), ensure_ascii=False, separators=(",", ":")).encode(),
        JOURNAL,
        JOURNAL[:-1],
        b"\n\n" + JOURNAL,
    ],
    ids=["ours", "no end", "dos", "bom", "one line", "journal", "no last end", "empty lines"],
)
def test_our_own_is_read_byte_for_byte_however_it_was_saved(data: bytes) -> None:
    assert list(strand(data).raws) == LINES
    assert strand(data).ids == [f"{n:012d}" for n in range(3)]


def test_an_export_that_a_formatter_has_spread_out_is_read(tmp_path: object) -> None:
    spread = json.dumps(json.loads(EXPORT), indent=4, ensure_ascii=False).encode()
    assert [json.loads(raw) for raw in strand(spread).raws] == [json.loads(line) for line in LINES]
    assert not any(b"\n" in raw for raw in strand(spread).raws)


def test_an_empty_export_is_an_export_without_records() -> None:
    assert len(strand(b'{"backmove_journal": 1, "records": [\n]}\n')) == 0
    assert len(strand(b'{"backmove_journal": 1, "records": []}')) == 0


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (EXPORT.decode().encode("utf-16"), "UTF-16"),
        (b'{"resourceType": "Bundle", "type": "collection"}', "FHIR"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<?xml version='1.0'?><HealthData>", "XML"),
        (b'[[1700000000, 1700003600, "back", "a1", [], 1]]', "Watson"),
        (b'{"tags": {"x": 1}, "entries": [{"title": "a"}]}', "jrnl"),
        (b'[{"id": 1, "start": "20260301T080000Z"}]', "timew"),
        (b'{"backmove": 1, "command": "list", "data": {}}', "--json"),
        (b'{"a": 1}', "not of backmove"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "database"),
        (b"age-encryption.org/v1\n-> X25519", "age -d"),
        (b"\x00\x01\x02", "no text"),
        (b"dear diary", "--format csv"),
    ],
)
def test_what_is_not_ours_is_called_by_its_name(data: bytes, word: str) -> None:
    assert word in refusal(data).message
    assert refusal(data).code in ("foreign", "empty")


def test_every_bad_line_is_named_and_nothing_is_taken() -> None:
    lines = JOURNAL + b"nonsense\n" * 30 + JOURNAL
    message = refusal(lines).message
    assert "30 lines" in message
    assert "line 4:" in message
    assert "line 23:" in message
    assert "line 24:" not in message
    assert "and 10 more" in message


def test_a_bad_record_of_an_export_is_named_by_its_line() -> None:
    assert "line 3: score" in refusal(EXPORT.replace(b'"score":1', b'"score":99')).message
    assert "line 3" in refusal(EXPORT.replace(b'"score":1', b'"score":')).message
    assert "not a whole export" in refusal(EXPORT[:-20]).message
    assert "line 2" in refusal(b'{"backmove_journal": 1, "records": [\n17\n]}').message


def test_what_only_a_newer_version_can_read_says_so() -> None:
    newer = LINES[0].replace(b'"v":1', b'"v":2')
    for data in (
        JOURNAL + newer + b"\n",
        EXPORT.replace(LINES[1], newer),
        EXPORT.replace(b'l": 1', b'l": 2'),
    ):
        assert refusal(data).code == "newer-version"


def test_the_torn_tail_of_a_journal_is_counted_and_not_taken() -> None:
    found = strand(JOURNAL + LINES[0][:40])
    assert (found.ids, found.torn) == ([f"{n:012d}" for n in range(3)], 40)


def test_deep_and_strange_json_is_refused_in_words() -> None:
    assert refusal(b'{"backmove_journal": 1, "records": ' + b"[" * 100_000).code == "bad-line"
    assert refusal(b'{"backmove_journal": "1", "records": []}').code == "bad-line"
    assert refusal(b'{"backmove_journal": 1}').code == "bad-line"
    assert refusal(LINES[0] + b"\n" + b'{"kind":' * 50_000 + b"\n").code == "bad-line"
