"""``progress --json`` without Typer says, byte for byte, what the ordinary way says."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.cli.quick_progress import PERIODS, quick_progress
from backmove.core.lines import write_line
from conftest import World
from looking_back import FIRST, random_book
from surroundings import surroundings
from test_startup import loaded

QUICK, ORDINARY = ("progress", "--json"), ("--json", "progress")
NEWER = b'{"kind":"pain","v":99,"id":"a","at":"2026-03-02T09:00:00+01:00","day":"2026-03-02","score":3}\n'
PAIN = NEWER.replace(b"99", b"1")


def process(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backmove", *args],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=surroundings(folder),
    )


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_of_any_life_both_ways_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, on: int
) -> None:
    folder = tmp_path_factory.mktemp("life")
    world = World(folder, datetime.fromisoformat(f"{FIRST}T20:00:00+01:00") + timedelta(days=on))
    lines = [write_line(record) for record in random_book(Random(seed), days=50).records]
    (folder / "journal.jsonl").write_bytes(b"".join(lines))
    for words in (QUICK, *((*QUICK, period) for period in PERIODS)):
        assert quick_progress(world.app(argv=words)) == world.run(*words).out


@pytest.mark.parametrize(
    "journal",
    [
        None,
        b"",
        PAIN,
        b"\xef\xbb\xbf" + PAIN.replace(b"\n", b"\r\n"),
        PAIN + PAIN[:40],
        PAIN + b"broken\n" + PAIN,
        NEWER,
        PAIN.replace(b"03-02T", b"02-30T"),
        PAIN.replace(b'"score":3', b'"score":3,"note":"\\u001b[2J\\ud83d\\ude00"'),
    ],
    ids=["no journal", "empty", "one entry", "DOS", "torn", "broken", "newer", "no such day", "steering"],
)
def test_processes_of_both_ways_end_alike(journal: bytes | None, tmp_path: Path) -> None:
    if journal is not None:
        (tmp_path / "journal.jsonl").write_bytes(journal)
    quick, ordinary = process(tmp_path, *QUICK), process(tmp_path, *ORDINARY)
    assert (quick.returncode, quick.stdout, quick.stderr) == (
        ordinary.returncode,
        ordinary.stdout,
        ordinary.stderr,
    )
    assert quick.stdout.startswith("{") and "Traceback" not in quick.stderr


def test_a_folder_that_is_not_ours_to_read_is_told_alike(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    quick, ordinary = process(tmp_path, *QUICK), process(tmp_path, *ORDINARY)
    assert (quick.returncode, quick.stdout) == (ordinary.returncode, ordinary.stdout)
    assert quick.returncode == 1


def test_it_loads_neither_typer_nor_what_msgspec_can_do_without(tmp_path: Path) -> None:
    there = loaded(*QUICK, folder=tmp_path)
    assert "backmove.core.trend" in there
    assert not {name.split(".")[0] for name in there} & {
        "typer",
        "inspect",
        "typing_extensions",
        "dataclasses",
    }


@pytest.mark.parametrize(
    "words",
    [
        "--json progress",
        "progress --json --help",
        "progress --json --json",
        "progress --json --week --month",
        "progress --json --from 2026-01-01",
        "progress --pain-daily --json",
        "progress --json --weekly",
    ],
)
def test_every_other_form_goes_the_ordinary_way(words: str, tmp_path: Path) -> None:
    assert "typer" in loaded(*words.split(), folder=tmp_path)


def test_a_word_for_tab_is_no_command(tmp_path: Path) -> None:
    asked = {"_BACKMOVE_COMPLETE": "complete_bash", "COMP_WORDS": "backmove pro", "COMP_CWORD": "1"}
    assert "backmove.core.trend" not in loaded(*QUICK, folder=tmp_path, env=asked)
