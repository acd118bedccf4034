"""What disks, files and programs do seldom: each time nothing is lost, and what is said is true."""

import io
import os
import resource as limits
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta, Struct

from backmove.core.lines import write_line
from backmove.core.record import Pain
from backmove.errors import DataProblem, StorageProblem, UsageProblem
from backmove.store import files, library_files
from backmove.store.answer_file import LIMIT, read_answer_file
from backmove.store.copies import is_seen, mark_seen
from backmove.store.figures_check import read_album
from backmove.store.journal import TORN
from backmove.store.journal_lines import lines_to_carry
from backmove.store.library_cache import read_cache, whole, write_cache
from backmove.store.library_files import PARAMETERS, SOURCES, check_shipped
from backmove.store.outlet import write_new, write_out
from backmove.store.page_file import write_page
from backmove.store.resources import resource
from backmove.store.rewriting import read_small
from backmove.store.triage_file import read_questionnaire
from backmove.store.voice import Program, SystemVoice
from backmove.store.yaml_file import validate
from backmove.store.yaml_text import parse_yaml

# --- the journal and its copies -------------------------------------------------------------------------------


def test_a_line_that_waited_for_a_file_that_was_then_taken_away_begins_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"old\n")
    waits = threading.Event()

    def append() -> None:
        with files.opened_to_append(path, lambda line: waits.set()) as fd:
            files.put_at_end(fd, 0, b"mine\n")

    with files.opened_to_append(path, lambda line: None):
        writer = threading.Thread(target=append)
        writer.start()
        assert waits.wait(timeout=60)
        path.rename(tmp_path / "elsewhere")
    writer.join(timeout=60)
    assert path.read_bytes() == b"mine\n"
    assert (tmp_path / "elsewhere").read_bytes() == b"old\n"


def test_a_torn_tail_is_told_when_the_journal_is_held_small(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    line = write_line(Pain(v=1, id="000000000001", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=3))
    path.write_bytes(line + line[:20])
    told: list[str] = []
    assert read_small(path, told.append, lambda lines: None).ids == ["000000000001"]
    assert told == [TORN]


def test_a_copy_that_is_gone_before_it_is_looked_at_is_not_remembered(tmp_path: Path) -> None:
    gone = tmp_path / "journal (1).jsonl"
    mark_seen(gone, tmp_path / "cache")
    assert not is_seen(gone, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_torn_tail_is_told_and_not_taken_along(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    line = write_line(Pain(v=1, id="000000000001", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=3))
    path.write_bytes(line + line[:20])
    told: list[str] = []
    assert list(lines_to_carry(path, told.append)) == [line.rstrip()]
    assert told == [TORN]


def test_an_empty_line_and_a_record_that_stands_twice_are_not_taken_along(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    one, two = (
        write_line(Pain(v=1, id=f"{n:012d}", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=n))
        for n in (1, 2)
    )
    path.write_bytes(one + b"\n" + two + one)
    assert list(lines_to_carry(path, lambda line: None)) == [one.rstrip(), two.rstrip()]


@pytest.mark.skipif(sys.platform == "win32", reason="a file with holes")
def test_a_file_that_is_larger_than_any_journal_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.touch()
    os.truncate(path, files.LARGEST + 1)
    with files.opened_to_read(path, lambda line: None) as fd:
        with pytest.raises(OSError, match="larger than any journal"):
            files.read_from(fd, 0)
        assert files.read_from(fd, files.LARGEST) == b"\0"


# --- files that are written -----------------------------------------------------------------------------------


@contextmanager
def a_disk_with_room_for(size: int) -> Iterator[None]:
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_of_a_page_for_which_there_is_no_room_nothing_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with a_disk_with_room_for(1000), pytest.raises(StorageProblem, match="cannot write"):
        write_page(page, "x" * 5000)
    assert not page.exists()
    write_page(page, "x" * 5000)
    assert page.stat().st_size == 5000


def test_of_an_export_that_was_stopped_nothing_stays(tmp_path: Path) -> None:
    def stopped() -> Iterator[bytes]:
        yield b"x" * 300_000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path / "export.json", stopped())
    assert list(tmp_path.iterdir()) == []


def test_an_export_of_many_pieces_is_whole_and_in_order(tmp_path: Path) -> None:
    pieces = [bytes([number]) * 100_000 for number in range(9)]
    size = write_new(tmp_path / "export.json", pieces)
    assert (size, (tmp_path / "export.json").read_bytes()) == (900_000, b"".join(pieces))


def test_what_goes_to_standard_output_goes_byte_by_byte(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", newline="\r\n", encoding="ascii") as stream:
        stream.write("before ")
        write_out(stream, [b"one\n", "zwölf\n".encode()])
    assert (tmp_path / "out").read_bytes() == "before one\nzwölf\n".encode()


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_standard_output_that_takes_no_more_is_told_and_a_reader_that_has_gone_is_not() -> None:
    with (
        open("/dev/full", "w") as stream,
        pytest.raises(StorageProblem, match="could not be written to its end"),
    ):
        write_out(stream, [b"x"])
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream, pytest.raises(BrokenPipeError):
        write_out(stream, [b"x"])


def test_a_link_in_the_place_of_a_cache_goes_and_what_it_names_stays(tmp_path: Path) -> None:
    precious, cache = tmp_path / "precious", tmp_path / "figures-0-1.json"
    precious.write_text("mine")
    cache.symlink_to(precious)
    write_cache(cache, [1, 2])
    assert (precious.read_text(), cache.is_symlink()) == ("mine", False)
    assert read_cache(cache, list[int]) == [1, 2]
    assert whole(cache) and not whole(tmp_path / "nowhere")


# --- files of answers -----------------------------------------------------------------------------------------


def test_what_is_no_text_or_too_long_is_no_file_of_answers(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b'{"age": "\xff"}')
    for name in (tmp_path / "latin", tmp_path):
        with pytest.raises(UsageProblem, match="cannot be read"):
            read_answer_file(str(name), io.StringIO())
    with pytest.raises(UsageProblem, match="standard input is too long for answers"):
        read_answer_file("-", io.StringIO("{" + " " * LIMIT + "}"))


# --- our own data files ---------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped data files as copies that a test may spoil."""
    for file in resource("exercises.yaml").parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(library_files, "resource", lambda name: tmp_path / name)
    library_files._shipped.cache_clear()
    yield tmp_path
    library_files._shipped.cache_clear()


def test_a_shipped_file_that_is_no_yaml_is_named_and_the_others_are_still_looked_at(data: Path) -> None:
    (data / SOURCES["exercises"]).write_text("exercises: [}")
    (data / PARAMETERS).write_text(
        (data / PARAMETERS).read_text().replace("schema_version: 1", "schema_version: 9")
    )
    found = [str(problem) for problem in check_shipped()]
    assert any("exercises.yaml" in one and "not YAML" in one for one in found)
    assert any(PARAMETERS in one and "schema_version" in one for one in found)


def test_parameters_of_a_wrong_shape_are_told_beside_a_good_library(data: Path) -> None:
    (data / PARAMETERS).write_text(
        (data / PARAMETERS).read_text().replace("schema_version: 1", "schema_version: 9")
    )
    (problem,) = check_shipped()
    assert problem.field == "schema_version" and problem.path == data / PARAMETERS


def test_a_leg_of_a_picture_needs_a_place() -> None:
    text = (
        "schema_version: 1\nposes:\n  stand:\n    pose: {at: [0, 0.528]}\ntouches: {}\nfigures:\n"
        "  - {id: a, base: stand, frames: [{right_leg: {foot: 3}}]}\n"
    )
    with pytest.raises(DataProblem, match="right_leg: an arm needs upper, to or on; a leg needs thigh"):
        read_album(text.encode(), Path("figures.yaml"))


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Room(Struct, frozen=True):
    walls: dict[str, Colour]
    floor: Colour | None = None
    doors: frozenset[Colour] = frozenset()
    tiles: tuple[Annotated[Colour, Meta(description="one each")], ...] = ()
    size: Literal["small", "large"] | int = "small"


def faults(text: str) -> list[str]:
    with pytest.raises(DataProblem) as refused:
        validate(parse_yaml(text.encode(), Path("room.yaml")), Room)
    return refused.value.message.splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("walls: {north: gren}\n", "walls.north"),
        ("walls: {}\nfloor: gren\n", "floor"),
        ("walls: {}\ndoors: [gren]\n", "doors.0"),
        ("walls: {}\ntiles: [red, gren]\n", "tiles.1"),
    ],
)
def test_a_wrong_word_is_told_with_the_right_ones_wherever_it_stands(text: str, field: str) -> None:
    (line,) = faults(text)
    assert f' {field}: "gren" is not known here; did you mean green? (allowed: red, green)' in line


def test_where_a_word_or_a_number_may_stand_the_words_are_still_told() -> None:
    assert any("'small' or 'large'" in line for line in faults("walls: {}\nsize: huge\n"))


class Shed(Struct, frozen=True):
    key: str


class Yard(Struct, frozen=True):
    place: Room | Shed


def test_a_field_of_neither_of_two_shapes_is_told_without_a_guess() -> None:
    with pytest.raises(DataProblem) as refused:
        validate(parse_yaml(b"place: {kez: a}\n", Path("yard.yaml")), Yard)
    told = [line for line in refused.value.message.splitlines() if "unknown field" in line]
    assert told and all(line.startswith("yard.yaml:1:") and line.endswith("unknown field") for line in told)


def test_a_part_that_is_not_in_the_file_is_left_out_of_the_name_of_a_field() -> None:
    document = parse_yaml(b"walls: {}\n", Path("room.yaml"))
    assert document.name(("walls", "north", "colour")) == "walls.colour"


# --- the voice ------------------------------------------------------------------------------------------------


class Speaking:
    """A program that has said its sentence by the time it is looked at, or of which there is none for ``quiet``."""

    def __init__(self, *, ended: bool, missing: str = "") -> None:
        self.ended, self.missing = ended, missing
        self.calls: list[str] = []

    def __call__(self, command: tuple[str, ...], **how: Any) -> Any:
        if command[-1] == self.missing:
            raise FileNotFoundError(command[0])
        self.calls.append(f"start {command[-1]}")
        return self

    def poll(self) -> int | None:
        return 0 if self.ended else None

    def kill(self) -> None:
        self.calls.append("kill")

    def wait(self, timeout: float) -> int:
        self.calls.append("wait")
        return 0


def test_a_voice_that_has_ended_by_itself_is_not_killed() -> None:
    program = Speaking(ended=True)
    voice = SystemVoice(Program(("spd-say",), piped=False), program)
    voice.say("one")
    voice.say("two")
    assert program.calls == ["start one", "start two"]


def test_a_voice_whose_stop_is_missing_is_stopped_all_the_same() -> None:
    program = Speaking(ended=False, missing="-C")
    voice = SystemVoice(Program(("spd-say",), piped=False, quiet=("spd-say", "-C")), program)
    voice.say("one")
    voice.hush()
    assert program.calls == ["start one", "kill", "wait"]


# --- the questions --------------------------------------------------------------------------------------------

QUESTIONS = resource("triage.yaml").read_text("utf-8")


def without(text: str, begin: str, line: str) -> str:
    """The text without the first line behind ``begin`` that holds ``line``."""
    head, found, tail = text.partition(begin)
    lines = tail.splitlines(keepends=True)
    gone = next(number for number, one in enumerate(lines) if line in one)
    assert found
    return head + found + "".join(lines[:gone] + lines[gone + 1 :])


@pytest.mark.parametrize(
    ("begin", "line", "says"),
    [
        ("  - id: age\n", "typed: {reads", "a typed prompt needs typed, and only a choice may have it too"),
        ("  - id: chest\n", "exclusive: true", "a list needs an option for none of these"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    begin: str, line: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "triage.yaml").write_text(without(QUESTIONS, begin, line), "utf-8")
    with pytest.raises(DataProblem) as problem:
        read_questionnaire(tmp_path / "triage.yaml")
    assert says in problem.value.message


def test_a_question_with_one_answer_is_no_question(tmp_path: Path) -> None:
    text = without(QUESTIONS, "  - id: sudden\n", 'word: "yes"')
    text = without(text, "  - id: sudden\n", "word: unsure")
    (tmp_path / "triage.yaml").write_text(text, "utf-8")
    with pytest.raises(DataProblem, match=r"sudden.options: two options or more are needed"):
        read_questionnaire(tmp_path / "triage.yaml")
