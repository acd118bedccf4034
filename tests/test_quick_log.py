"""``log 4`` straight from the interpreter: the same bytes and words as the ordinary way, or nothing at all.

The safeguards were taken away one by one, and each time a test here or in core/test_wordless.py went red.
"""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import backmove
from backmove import quick_log as quick
from backmove.cli.app import app as typer_app
from backmove.cli.app import report_refusal
from backmove.core import record, triggers
from backmove.core.record import Pain
from backmove.errors import StorageProblem
from conftest import World
from past import NOW, Past
from surroundings import surroundings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the quick way is for Linux")

SOURCE = Path(backmove.__file__).parent.parent
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")


@contextmanager
def zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def bytes_like(seed: int | None) -> Callable[[int], bytes]:
    """Random bytes that two programs draw alike."""
    return os.urandom if seed is None else Random(seed).randbytes


def ordinary(world: World, *argv: str, seed: int | None = None) -> tuple[int, str, str]:
    """The way through Typer."""
    app = world.app(argv=argv)
    app.random_bytes = bytes_like(seed)
    code = 0
    with redirect_stdout(app.stdout), redirect_stderr(app.stderr):
        try:
            typer_app(list(argv), obj=app)
        except SystemExit as end:
            code = int(end.code or 0)
    return code, app.stdout.getvalue(), app.stderr.getvalue()  # type: ignore[attr-defined]


def quickly(
    world: World, *argv: str, seed: int | None = None, env: Mapping[str, str] | None = None
) -> str | None:
    surroundings = {"BACKMOVE_DIR": str(world.folder)} | dict(env or {})
    return quick.quick_log(list(argv), surroundings, world.now.timestamp, bytes_like(seed))


def twin(world: World, tmp: Path) -> World:
    """The same journal in another folder, at the same moment."""
    other = World(tmp / "twin", world.now)
    shutil.rmtree(other.folder, ignore_errors=True)
    other.folder.mkdir(parents=True)
    shutil.copy(world.journal_file, other.journal_file)
    return other


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[World]:
    """Somebody who may train, and has just said pain 3: the next score has no words."""
    with zone("UTC"):
        world = World(tmp_path / "backmove", NOW)
        past = Past(Random(1))
        past.records.clear()
        past.rng = Random(3)
        past.triage(10)
        world.write(*past.records)
        ordinary(world, "log", "3")
        world.now += timedelta(minutes=30)
        assert proof_file(world).exists(), "this fixture makes a proof"
        yield world


def proof_file(world: World) -> Path:
    return world.folder / "cache" / quick.NAME


# --- the same ------------------------------------------------------------------------------------------


@given(
    seed=st.integers(0, 2**32),
    name=st.sampled_from(ZONES),
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
    steps=st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 10)), min_size=1, max_size=4),
)
@settings(max_examples=25)
def test_both_ways_leave_the_same_bytes_and_say_the_same(
    seed: int,
    name: str,
    moment: datetime,
    steps: list[tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with zone(name):
        tmp = tmp_path_factory.mktemp("both")
        world = World(tmp / "backmove", moment.replace(tzinfo=UTC).astimezone())
        if records := Past(Random(seed), world.now).records:
            world.write(*records)
        ordinary(world, "log", str(seed % 8), seed=seed)
        for number, (minutes, score) in enumerate(steps):
            world.now = (world.now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone()
            other, before = twin(world, tmp), world.journal_file.read_bytes()
            words = quickly(world, "log", str(score), seed=number)
            if words is None:
                assert world.journal_file.read_bytes() == before, "nothing was written before Typer begins"
                ordinary(world, "log", str(score), seed=number)
                continue
            assert ordinary(other, "log", str(score), seed=number) == (0, words, "")
            assert world.journal_file.read_bytes() == other.journal_file.read_bytes()


def test_most_days_go_the_quick_way(quiet: World) -> None:
    """Or the property above would be about nothing."""
    for score, minutes in ((4, 5), (3, 200), (5, 1440), (4, 2880)):
        quiet.now += timedelta(minutes=minutes)
        assert quickly(quiet, "log", str(score)) == f"Saved: pain {score} today at {quiet.now:%H:%M}.\n" + (
            "To take it back: backmove undo\n"
        )
    assert [r.score for r in quiet.records if isinstance(r, Pain)] == [3, 4, 3, 5, 4]


def test_the_numbers_that_stand_twice_are_the_same() -> None:
    assert quick.RISE == triggers.JUMP
    assert quick.SPAN_DAYS == triggers.BASE_DAYS - 1
    assert tuple(map(str, range(triggers.ASK_FIRST_PAIN))) == quick.SCORES
    assert record.VERSION == 1


def test_after_midnight_it_is_still_the_day_before_and_is_said(quiet: World) -> None:
    quiet.now = quiet.now.replace(hour=1, minute=5) + timedelta(days=1)
    expected = ordinary(twin(quiet, quiet.folder.parent), "log", "4")
    assert "today after midnight, at 01:05" in expected[1]
    assert (0, quickly(quiet, "log", "4"), "") == expected


def test_a_linked_journal_stays_a_link(quiet: World) -> None:
    elsewhere = quiet.folder.parent / "elsewhere.jsonl"
    quiet.journal_file.rename(elsewhere)
    quiet.journal_file.symlink_to(elsewhere)
    ordinary(quiet, "log", "3")
    assert quickly(quiet, "log", "4") is not None
    assert quiet.journal_file.is_symlink()
    assert elsewhere.read_bytes().count(b"\n") == 4


# --- anything unusual ----------------------------------------------------------------------------------


def touch(world: World) -> None:
    os.utime(world.journal_file)


def tear(world: World) -> None:
    with world.journal_file.open("ab") as file:
        file.write(b'{"kind":"pain","v":1,"id":"brok')


def replace_by_a_copy(world: World) -> None:
    shutil.copy2(world.journal_file, world.folder / "copy")
    (world.folder / "copy").rename(world.journal_file)


def change_one_letter(world: World) -> None:
    about = world.journal_file.stat()
    with world.journal_file.open("r+b") as file:
        file.write(b"[")
    os.utime(world.journal_file, ns=(about.st_atime_ns, about.st_mtime_ns))


def lose_the_proof(world: World) -> None:
    proof_file(world).unlink()


def link_the_proof(world: World) -> None:
    proof_file(world).rename(world.folder / "there")
    proof_file(world).symlink_to(world.folder / "there")


def set_the_clock_back(world: World) -> None:
    world.now -= timedelta(hours=1)


def wait_long(world: World) -> None:
    world.now += timedelta(days=14)


def lose_the_journal(world: World) -> None:
    world.journal_file.unlink()


def another_days_end(world: World) -> None:
    ordinary(world, "profile", "set", "day_ends", "05:00")


UNUSUAL = (
    *(touch, tear, replace_by_a_copy, change_one_letter, lose_the_proof, link_the_proof),
    *(set_the_clock_back, wait_long, lose_the_journal, another_days_end),
)


@pytest.mark.parametrize("disturb", UNUSUAL, ids=lambda f: str(getattr(f, "__name__", f)))
def test_anything_unusual_goes_the_ordinary_way(disturb: Callable[[World], None], quiet: World) -> None:
    disturb(quiet)
    before = {f: f.read_bytes() for f in quiet.folder.rglob("*") if f.is_file()}
    assert quickly(quiet, "log", "4") is None
    assert {f: f.read_bytes() for f in quiet.folder.rglob("*") if f.is_file()} == before


@pytest.mark.parametrize(
    "argv",
    [
        ("log",),
        ("log", "8"),
        ("log", "04"),
        ("log", "4 "),
        ("log", "4", "--json"),
        ("walk", "4"),
        ("log", "-1"),
    ],
    ids=" ".join,
)
def test_only_plain_scores_below_eight_are_quick(argv: tuple[str, ...], quiet: World) -> None:
    assert quickly(quiet, *argv) is None


@pytest.mark.parametrize(
    "name", ["BACKMOVE_PLAIN", "ACCESSIBLE", "_BACKMOVE_COMPLETE", "BACKMOVE_ANYTHING_NEW"]
)
def test_wishes_in_the_environment_are_not_for_the_quick_way(name: str, quiet: World) -> None:
    assert quickly(quiet, "log", "4", env={name: "1"}) is None


@pytest.mark.parametrize("folder", ["~/backmove", "backmove", "."])
def test_a_folder_that_is_no_whole_path_is_not_for_the_quick_way(folder: str, quiet: World) -> None:
    assert quickly(quiet, "log", "4", env={"BACKMOVE_DIR": folder}) is None


def test_a_folder_relative_to_this_one_is_not_for_the_quick_way(
    quiet: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(quiet.folder.parent)
    assert quickly(quiet, "log", "4", env={"BACKMOVE_DIR": quiet.folder.name}) is None


def test_without_the_variable_the_ordinary_places_are_used(quiet: World) -> None:
    home = quiet.folder.parent / "home"
    for env in ({"HOME": str(home)}, {"HOME": "/x", "XDG_DATA_HOME": f"{home}/.local/share"}):
        env.setdefault("XDG_CACHE_HOME", f"{home}/.cache")
        shutil.rmtree(home, ignore_errors=True)
        quiet.env = {"BACKMOVE_DIR": ""} | env
        quiet.write(*_opened(quiet))
        ordinary(quiet, "log", "3")
        assert (home / ".local/share/backmove/journal.jsonl").exists()
        assert quickly(quiet, "log", "4", env=quiet.env) is not None
        assert len(quiet.records) == 3
    assert quickly(quiet, "log", "4", env={"BACKMOVE_DIR": "", "HOME": ""}) is None


def _opened(world: World) -> list[Any]:
    past = Past(Random(1), world.now)
    past.records.clear()
    past.rng = Random(3)
    past.triage(10)
    return list(past.records)


def test_a_journal_in_use_is_waited_for_in_the_ordinary_way(quiet: World) -> None:
    with quiet.journal_file.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_SH)
        assert quickly(quiet, "log", "4") is None
    assert quickly(quiet, "log", "4") is not None


def test_a_proof_with_any_byte_changed_is_none(quiet: World) -> None:
    whole, before = proof_file(quiet).read_bytes(), quiet.journal_file.read_bytes()
    for place in range(len(whole)):
        other = whole[:place] + (b"0" if whole[place : place + 1] != b"0" else b"1") + whole[place + 1 :]
        for wrong in (whole[:place], other):
            proof_file(quiet).write_bytes(wrong)
            assert quickly(quiet, "log", "4") is None, wrong
    assert quiet.journal_file.read_bytes() == before


def prove(world: World, tail: bytes | None = None) -> None:
    """A proof of the journal as it is, whatever is in it: nothing need be said for 14 days."""
    now = int(world.now.timestamp())
    facts = (now, now // 86_400, now // 86_400 + 13, 180, 7, quick.NONE_YET)
    raw = world.journal_file.read_bytes()[-quick.TAIL :] if tail is None else tail
    quick.keep(str(proof_file(world).parent), quick.Proof.of(world.journal_file.stat(), raw, *facts))


def test_other_last_bytes_are_another_journal(quiet: World) -> None:
    prove(quiet, tail=b"something else\n")
    assert quickly(quiet, "log", "4") is None
    prove(quiet)
    assert quickly(quiet, "log", "4") is not None


def test_a_line_without_its_end_is_never_written_to(quiet: World) -> None:
    quiet.journal_file.write_bytes(quiet.journal_file.read_bytes().rstrip(b"\n"))
    prove(quiet)
    assert quickly(quiet, "log", "4") is None


def test_a_file_put_in_its_place_meanwhile_is_seen(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fcntl.flock

    def lock(fd: int, how: int) -> None:
        shutil.copy2(quiet.journal_file, quiet.folder / "copy")
        (quiet.folder / "copy").rename(quiet.journal_file)
        real(fd, how)

    before = quiet.journal_file.read_bytes()
    monkeypatch.setattr(fcntl, "flock", lock)
    assert quickly(quiet, "log", "4") is None
    monkeypatch.undo()
    assert quiet.journal_file.read_bytes() == before


def test_the_first_quick_entry_shortens_the_days(quiet: World) -> None:
    """After a week it is no longer of the seven days that were looked at."""
    prove(quiet)
    quiet.now += timedelta(days=2)
    assert quickly(quiet, "log", "4") is not None
    quiet.now += timedelta(days=7)
    assert quickly(quiet, "log", "4") is None
    quiet.now -= timedelta(days=1)
    assert quickly(quiet, "log", "4") is not None


def test_a_proof_of_another_version_is_none(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "_KIND", "backmove-quick-log-1-9.9.9")
    assert quickly(quiet, "log", "4") is None


def test_near_a_change_of_the_clocks_it_is_not_quick(tmp_path: Path) -> None:
    """The hour that comes twice has words of its own (core/when.py)."""
    with zone("Europe/Paris"):
        world = World(tmp_path / "backmove", datetime(2026, 10, 23, 12, tzinfo=UTC).astimezone())
        world.write(*_opened(world))
        ordinary(world, "log", "3")
        for hours in (24.0, 36.6, 47.0):
            world.now = (datetime(2026, 10, 23, 12, tzinfo=UTC) + timedelta(hours=hours)).astimezone()
            assert quickly(world, "log", "4") is None
        world.now += timedelta(hours=30)
        assert quickly(world, "log", "4") is not None


# --- when the disk refuses -----------------------------------------------------------------------------


def write_seven_bytes(fd: int, data: bytes, real: Callable[[int, bytes], int] = os.write) -> int:
    return real(fd, data[:7])


def refuse(number: int) -> Callable[..., int]:
    def call(*_: Any) -> int:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("write", write_seven_bytes),
        ("write", refuse(errno.ENOSPC)),
        ("write", refuse(errno.EDQUOT)),
        ("fsync", refuse(errno.EIO)),
    ],
)
def test_a_disk_that_refuses_leaves_the_journal_as_it_was_and_is_told_alike(
    name: str, fault: Any, quiet: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = quiet.journal_file.read_bytes()
    monkeypatch.setattr(os, name, fault)
    with pytest.raises(OSError) as refused:
        quickly(quiet, "log", "4")
    code, _, told = ordinary(quiet, "log", "4")
    monkeypatch.undo()
    monkeypatch.setenv("BACKMOVE_DIR", str(quiet.folder))
    assert report_refusal(refused.value) == code == StorageProblem.exit_code
    assert capsys.readouterr().err == told
    assert quiet.journal_file.read_bytes() == before


def test_ctrl_c_in_the_middle_leaves_the_journal_as_it_was(
    quiet: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = quiet.journal_file.read_bytes()

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        quickly(quiet, "log", "4")
    assert quiet.journal_file.read_bytes() == before


def test_the_line_is_on_the_disk_before_a_word_is_said(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("write", "fsync", "close"):
        real = getattr(os, name)

        def watched(*args: Any, name: str = name, real: Any = real) -> Any:
            calls.append(name)
            return real(*args)

        monkeypatch.setattr(os, name, watched)
    assert quickly(quiet, "log", "4") is not None
    assert calls == ["close", "write", "fsync", "write", "close", "close"], (
        "proof read, line, fsync, proof, journal"
    )


def test_a_cache_that_refuses_is_no_error(quiet: World) -> None:
    proof_file(quiet).chmod(0o400)
    proof_file(quiet).parent.chmod(0o500)
    assert quickly(quiet, "log", "4") is not None
    proof_file(quiet).parent.chmod(0o700)


# --- the worst that a wrong proof can do ---------------------------------------------------------------


def test_a_forged_proof_loses_no_record_and_opens_no_session(quiet: World) -> None:
    ordinary(quiet, "log", "9")
    refusal = ordinary(quiet, "session", "--json")
    assert refusal[0] != 0
    prove(quiet)
    assert (
        quickly(quiet, "log", "4")
        == f"Saved: pain 4 today at {quiet.now:%H:%M}.\nTo take it back: backmove undo\n"
    )
    assert [r.score for r in quiet.records if isinstance(r, Pain)] == [3, 9, 4]
    prove(quiet)
    again = ordinary(quiet, "session", "--json")
    assert (again[0], json.loads(again[1])) == (refusal[0], json.loads(refusal[1]))
    prove(quiet)
    assert "No session for now" in ordinary(quiet, "log", "4")[1], "every other way to look says so"


def test_nobody_but_the_quick_way_reads_the_proof() -> None:
    readers = [
        str(path.relative_to(SOURCE / "backmove"))
        for path in sorted((SOURCE / "backmove").rglob("*.py"))
        if "quick_log" in path.read_text() and path.name != "quick_log.py"
    ]
    assert readers == ["__main__.py", "cli/quick.py"]


def test_no_score_that_sets_a_lock_alone_is_ever_quick(quiet: World) -> None:
    prove(quiet)
    for score in ("8", "9", "10"):
        assert quickly(quiet, "log", score) is None


# --- the real program ----------------------------------------------------------------------------------


def program(world: World, *argv: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "backmove", *argv],
        env=surroundings(world.folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def today(tmp_path: Path) -> World:
    """The same person, by the clock of this computer."""
    world = World(tmp_path / "backmove", datetime.now().astimezone())
    world.write(*_opened(world))
    return world


def test_many_writers_of_both_ways_lose_nothing(today: World) -> None:
    first = program(today, "log", "3")
    first.communicate(timeout=60)
    for _ in range(2):
        running = [
            program(today, *argv) for argv in [("log", "3"), ("log", "4")] * 3 + [("log", "--walk", "5")]
        ]
        for process in running:
            _, told = process.communicate(timeout=60)
            assert process.returncode == 0, told
    scores = [r.score for r in today.records if isinstance(r, Pain)]
    assert len(today.records) == 1 + 1 + 2 * 7
    assert scores.count(3) == 1 + 6
    assert scores.count(4) == 6


def test_a_closed_pipe_ends_it_as_it_ends_every_command(today: World) -> None:
    codes = []
    for argv in (("log", "3"), ("log", "4"), ("log", "9")):
        running = program(today, *argv)
        assert running.stdout is not None
        running.stdout.close()
        running.wait(60)
        assert running.stderr is not None
        assert running.stderr.read() == ""
        running.stderr.close()
        codes.append(running.returncode)
    assert codes == [1, 1, 1]
    assert len(today.records) == 4


def test_version_is_said_as_typer_would() -> None:
    for argv in (("--version",), ("--plain", "--version")):
        said = subprocess.run(
            [sys.executable, "-m", "backmove", *argv],
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert said.stdout == f"backmove {backmove.__version__}\n"
