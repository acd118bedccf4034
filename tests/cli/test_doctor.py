"""``backmove doctor``: what is wrong, where, and how to mend it; never a change."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.lines import write_line
from backmove.core.record import Flare, Pain

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


@pytest.fixture
def lines(stamp: Stamp) -> list[bytes]:
    return [write_line(Pain(**stamp(), score=score)) for score in (1, 2, 3)] + [
        write_line(Flare(**stamp(), on=True))
    ]


def lay(world: "World", data: bytes) -> Path:
    path = world.journal_file
    path.parent.mkdir()
    path.write_bytes(data)
    return path


def test_an_intact_journal_is_proved_so(world: "World", lines: list[bytes]) -> None:
    path = lay(world, b"".join(lines))
    shown = world.run("doctor").out
    assert str(path) in shown
    assert "4 entries" in shown
    assert "version 1" in shown
    assert "pain: 3" in shown
    assert "Intact" in shown


def test_no_journal_yet_is_no_fault(world: "World") -> None:
    assert "none yet" in world.run("doctor").out
    assert not world.folder.exists()


def test_every_bad_line_is_named_with_the_way_to_mend_it(world: "World", lines: list[bytes]) -> None:
    bad = lines[2].replace(b'"score":3', b'"score":33')
    path = lay(world, lines[0] + b"oops\n" + lines[1] + bad + lines[3])
    before = path.read_bytes()
    shown = world.run("doctor", expect=4).out
    assert "2 lines cannot be read" in shown
    assert "line 2: it is not whole JSON" in shown
    assert "line 4: score: Expected `int` <= 10" in shown
    assert f"cp {path} {path.with_name('journal.copy.jsonl')}" in shown
    assert "backmove triage" in shown
    assert "Intact" not in shown
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_advice_of_the_doctor_loses_nothing_and_helps(world: "World", lines: list[bytes]) -> None:
    path = lay(world, lines[0] + b"oops\n" + lines[1])
    world.run("doctor", expect=4)
    path.with_name("journal.by-hand").write_bytes(b"oops\n")
    path.write_bytes(path.read_bytes().replace(b"oops\n", b""))
    assert "2 entries" in world.run("doctor").out
    assert len(world.records) == 2


def test_a_torn_tail_is_explained(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + lines[1][:30])
    shown = world.run("doctor", expect=4).out
    assert "cut short" in shown
    assert "30 bytes" in shown


def test_what_was_set_aside_is_listed_and_the_journal_is_intact_again(
    world: "World", lines: list[bytes], stamp: Stamp
) -> None:
    lay(world, lines[0] + lines[1][:30])
    world.write(Pain(**stamp(), score=5))
    shown = world.run("doctor").out
    assert "Intact" in shown
    assert str(world.folder / "journal.torn-20260302-090000") in shown


def test_an_id_that_stands_twice_is_named(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + lines[1] + lines[0])
    shown = world.run("doctor", expect=4).out
    assert "1 id used more than once" in shown
    assert "000000000001: lines 1, 3" in shown


def test_newer_lines_are_to_be_left_alone(world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + lines[1].replace(b'"v":1', b'"v":2'))
    shown = world.run("doctor", expect=4).out
    assert "newer backmove" in shown
    assert "line 2" in shown
    assert "cut it out" not in shown


def test_the_json_has_everything(world: "World", lines: list[bytes]) -> None:
    path = lay(world, lines[0] + b"oops\n" + lines[0] + b'{"ki')
    assert world.run("doctor", "--json", expect=4).data == {
        "path": str(path),
        "exists": True,
        "size": path.stat().st_size,
        "lines": 4,
        "records": 2,
        "kinds": {"pain": 2},
        "versions": {"1": 2},
        "bad_lines": [
            {"number": 2, "what": "it is not whole JSON: invalid character (byte 1)", "newer": False},
        ],
        "duplicate_ids": {"000000000001": [1, 3]},
        "torn_bytes": 4,
        "set_aside": [],
        "clock_jumps": [],
        "puzzles": [],
        "intact": False,
        "rules_version": "1",
        "around": {
            "folder_mode": "0755",
            "file_mode": "0644",
            "link": False,
            "open_to_others": [str(path.parent), str(path)],
            "sync": None,
            "far_disk": None,
            "lock": "free",
            "cache": "none",
            "copies": [],
            "backups": [],
        },
    }


def test_a_thousand_bad_lines_do_not_fill_the_screen(world: "World") -> None:
    lay(world, b"oops\n" * 1000)
    shown = world.run("doctor", expect=4).out
    assert "1,000 lines cannot be read" in shown
    assert "and 950 more" in shown
    assert len(world.run("doctor", "--json", expect=4).data["bad_lines"]) == 1000


def test_a_journal_that_cannot_be_opened_is_exit_1(world: "World") -> None:
    world.journal_file.mkdir(parents=True)
    result = world.run("doctor", expect=1)
    assert str(world.journal_file) in result.err
    assert result.out == ""


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_on_a_terminal_no_line_is_wider_than_it(columns: str, world: "World", lines: list[bytes]) -> None:
    lay(world, lines[0] + b"oops\n" + lines[0] + lines[1].replace(b'"v":1', b'"v":2') + b'{"ki')
    world.env["COLUMNS"] = columns
    shown = world.run("doctor", expect=4, tty=True).out
    assert "To mend it" in shown
    for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines():
        assert len(line) <= int(columns) or str(world.folder) in line, line


def test_a_refusal_points_to_the_doctor_and_changes_nothing(world: "World", lines: list[bytes]) -> None:
    path = lay(world, lines[0] + b"oops\n" + lines[1])
    before = path.read_bytes()
    for command in (("log", "4"), ("list",), ("undo",), ("session",)):
        said = world.run(*command, expect=4).err
        assert f"{path}, line 2" in said
        assert "backmove doctor" in said
    assert path.read_bytes() == before
