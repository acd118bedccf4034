"""One line, one record: what is read, what is harmless, and what is said about the rest."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backmove.core.examination import examine
from backmove.core.lines import LineError, is_torn, read_line, write_line
from backmove.core.record import KINDS, Pain, Record, Unknown, kind_of

GOLDEN = Path(__file__).parent.parent / "data" / "journal"
LINE = (
    b'{"kind":"pain","v":1,"id":"000000000001","at":"2026-03-01T08:00:00+01:00","day":"2026-03-01","score":4}'
)
PAIN = Pain(v=1, id="000000000001", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=4)


def wrong_with(line: bytes) -> str:
    with pytest.raises(LineError) as problem:
        read_line(line)
    assert problem.value.newer is None
    return problem.value.what


def golden_lines() -> list[bytes]:
    lines = (GOLDEN / "v1.jsonl").read_bytes().split(b"\n")[:-1]
    assert len(lines) >= 24
    return lines


def test_a_line_is_its_record_and_a_record_is_its_line() -> None:
    assert read_line(LINE) == PAIN
    assert write_line(PAIN) == LINE + b"\n"


@pytest.mark.parametrize("number", [*range(1, 16), *range(18, 31)])
def test_version_1_is_read_for_ever(number: int) -> None:
    line = golden_lines()[number - 1]
    found = read_line(line)
    assert found is not None
    assert not isinstance(found, Unknown)
    assert write_line(found) == line + b"\n", "a field has lost its name, its type or its default"


def test_the_golden_file_holds_every_kind_with_every_field() -> None:
    seen: dict[str, set[str]] = {}
    for line in golden_lines():
        raw = msgspec.json.decode(line)
        seen.setdefault(raw["kind"], set()).update(raw)
    shared = {field.name for field in msgspec.structs.fields(Record)}
    assert shared <= set().union(*seen.values()), (
        "v1.jsonl lacks a line with every field that all kinds share"
    )
    for kind, struct in KINDS.items():
        fields = {field.name for field in msgspec.structs.fields(struct)} - shared
        assert fields <= seen.get(kind, set()), (
            f"v1.jsonl lacks a line of {kind} with {fields - seen.get(kind, set())}"
        )


def test_the_golden_values_mean_what_they_meant() -> None:
    records: list[Any] = [read_line(line) for line in golden_lines()]
    triage, clearance, profile, check, session, refusal, done, pain = records[:8]
    assert (triage.disposition, triage.held_by, triage.tags[0].until) == ("CLINICIAN_FIRST",) * 2 + (
        "2027-03-01",
    )
    assert clearance.who == "hospital"
    assert profile.set["minutes"] == 20
    assert check.answers["DC5"] == "u"
    assert session.items[0].dose.counts == (6, 4, 2)
    assert refusal.codes == ("no-triage", "pain-too-high")
    assert (done.leg, done.rows[0].status, done.rows[1].status) == ("further", "easier", "completed")
    assert pain.note == "слева · 左 · \u2028 line"
    assert (records[14].day, records[14].at) == ("2026-03-28", "2026-03-29T03:30:00+02:00")


def test_a_kind_of_the_future_is_kept_as_it_is() -> None:
    found = read_line(golden_lines()[15])
    assert isinstance(found, Unknown)
    assert (kind_of(found), found.raw["stars"]) == ("horoscope", {"mars": 7})
    assert write_line(found) == golden_lines()[15] + b"\n"


def test_a_field_of_the_future_is_no_obstacle() -> None:
    found = read_line(golden_lines()[16])
    assert found is not None
    assert kind_of(found) == "flare"


@pytest.mark.parametrize(
    "line",
    [LINE + b"\r", b"\xef\xbb\xbf" + LINE, b"  " + LINE + b" \t", b"\xef\xbb\xbf" + LINE + b"\r"],
    ids=["dos", "mark", "blanks", "mark and dos"],
)
def test_what_an_editor_leaves_behind_is_harmless(line: bytes) -> None:
    assert read_line(line) == PAIN


@pytest.mark.parametrize("line", [b"", b"\r", b" \t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r"])
def test_an_empty_line_is_nothing(line: bytes) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (LINE[:-9], "not whole JSON"),
        (LINE + LINE, "trailing characters"),
        (b"pain 4", "not whole JSON"),
        (b"[1]", "curly brackets"),
        (b"4", "curly brackets"),
        (b"[" * 100_000, "not whole JSON"),
        (b'{"x":' * 100_000, "not whole JSON"),
        (b"\0" * 40, "zero bytes"),
        (LINE.replace(b"4}", b'4,"note":"a\0b"}'), "zero bytes"),
        (LINE.replace(b"4}", b'4,"note":"\xff"}'), "not UTF-8"),
        (LINE.replace(b"4}", b'4,"later":"\xff"}'), "byte 113 is not UTF-8"),
        (LINE.replace(b"4}", b'4,"note":"\\ud800"}'), "not whole JSON"),
        (LINE.decode().encode("utf-16"), "UTF-16"),
        (LINE.replace(b'"score":4', b'"score":44'), "score: Expected `int` <= 10"),
        (LINE.replace(b'"score":4', b'"score":"4"'), "score: Expected `int`, got `str`"),
        (LINE.replace(b',"score":4', b""), "missing required field `score`"),
        (LINE.replace(b'"v":1', b'"v":"1"'), "v: the version"),
        (LINE.replace(b'"v":1', b'"v":true'), "v: the version"),
        (LINE.replace(b'"v":1,', b""), "v: the version"),
        (LINE.replace(b'"v":1', b'"v":0'), "version 0"),
        (LINE.replace(b'"v":1', b'"v":-3'), "version -3"),
        (LINE.replace(b'"kind":"pain"', b'"kind":7'), "kind: Expected `str`"),
        (LINE.replace(b'"kind":"pain",', b""), "missing required field `kind`"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":"2026-02-30"'), "day: no calendar has '2026-02-30'"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":"today"'), "day: no calendar has 'today'"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":"20260301"'), "day: no calendar has '20260301'"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":"2026-W09-7"'), "day: no calendar has '2026-W09-7'"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":"\xd9\xa2026-03-01"'), "day: no calendar has"),
        (LINE.replace(b'"day":"2026-03-01"', b'"day":7'), "day: Expected `str`"),
        (LINE.replace(b"2026-03-01T08", b"2026-03-01T25"), "at: '2026-03-01T25"),
        (LINE.replace(b"+01:00", b""), "no offset"),
        (b'{"kind":"x","v":1,"id":"a","at":"2026-03-01T08:00:00Z"}', "missing required field `day`"),
    ],
)
def test_a_line_that_is_no_record_says_what_is_wrong(line: bytes, what: str) -> None:
    assert what in wrong_with(line)


def test_what_is_said_about_a_line_cannot_steer_the_terminal() -> None:
    what = wrong_with(LINE.replace(b'"score":4', b'"score":4,"leg":"\\u001b[2J"'))
    assert what.startswith("leg: ")
    assert what.isprintable()


def test_a_newer_version_is_seen_before_anything_else_is_judged() -> None:
    with pytest.raises(LineError) as problem:
        read_line(b'{"v":2,"kind":["no","longer","a","word"]}')
    assert problem.value.newer == 2


def test_an_older_version_is_lifted_one_step_at_a_time() -> None:
    def scores_were_words(raw: dict[str, Any]) -> dict[str, Any]:
        return raw | {"score": {"four": 4}[raw["score"]]}

    def pain_was_called_ache(raw: dict[str, Any]) -> dict[str, Any]:
        return raw | {"kind": "pain"}

    ladder = {1: scores_were_words, 2: pain_was_called_ache}
    old = LINE.replace(b'"pain"', b'"ache"').replace(b'"score":4', b'"score":"four"')
    read = partial(read_line, version=3, upgrades=ladder)
    assert read(old) == msgspec.structs.replace(PAIN, v=3)
    assert read(old.replace(b'"v":1', b'"v":2').replace(b'"four"', b"4")) == msgspec.structs.replace(
        PAIN, v=3
    )
    with pytest.raises(LineError, match="says version 1 and is not"):
        read(old.replace(b"four", b"five"))


def test_a_record_against_its_own_rules_is_never_written() -> None:
    with pytest.raises(LineError, match="score"):
        write_line(msgspec.structs.replace(PAIN, score=44))


def test_every_beginning_of_a_line_is_torn() -> None:
    for cut in range(1, len(LINE)):
        assert is_torn(LINE[:cut])
    assert is_torn(b"\0" * 200)
    assert is_torn("é".encode()[:1])
    assert is_torn(b"[" * 100_000)


@pytest.mark.parametrize(
    "tail",
    [LINE + b"\r" + LINE, LINE + LINE[:9], LINE.replace(b":4", b":44"), LINE.decode().encode("utf-16")],
    ids=["line ends lost", "glued", "out of range", "utf-16"],
)
def test_a_tail_with_a_whole_object_in_it_is_not_torn(tail: bytes) -> None:
    assert not is_torn(tail)


def test_an_examination_counts_and_finds_everything_at_once() -> None:
    later = LINE.replace(b"001", b"002")
    data = b"\n".join([LINE, b"oops", later, b"", LINE, LINE.replace(b'"v":1', b'"v":9'), LINE[:20]])
    found = examine(data, path="journal.jsonl", exists=True, set_aside=("journal.torn_bytes-1",))
    assert (found.lines, found.size, found.kinds, found.versions) == (7, len(data), {"pain": 3}, {1: 3})
    assert [(line.number, line.newer) for line in found.bad_lines] == [(2, False), (6, True)]
    assert found.duplicate_ids == {"000000000001": (1, 5)}
    assert found.torn_bytes == 20
    assert not found.intact


def test_an_intact_journal_is_called_so() -> None:
    found = examine(LINE + b"\n", path="journal.jsonl", exists=True, set_aside=())
    assert found.intact
    assert found.lines == 1
    assert isinstance(read_line(LINE), Record)


def test_an_examination_tells_a_damaged_tail_from_a_torn_one() -> None:
    found = examine(LINE + b"\r" + LINE, path="journal.jsonl", exists=True, set_aside=())
    assert found.torn_bytes == 0
    assert [line.number for line in found.bad_lines] == [1]
