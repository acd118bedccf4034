"""What leaves the journal, and what gets in: modes, logs, caches, titles, screens, planted links.

What every command opens, starts and sends, the kernel says in ``test_traced_story``.
"""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backmove.core.record import Pain
from backmove.errors import StorageProblem
from backmove.store import files
from surroundings import surroundings
from triage_answers import day, triage

if TYPE_CHECKING:
    from conftest import World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc and modes")

ROOT = Path(__file__).parent.parent
SECRET = "zzq-secret-zzq"
STORY: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), ""),
    (("triage", "--answers", "-", "--json"), triage()),
    (("session", "--answers", "-", "--json"), day()),
    (("done", "--effort", "5", "--note", SECRET), ""),
    (("log", "3", "--note", SECRET), ""),
    (("log", "4"), ""),
    (("list",), ""),
    (("edit", "last", "--pain", "5"), ""),
    (("undo",), ""),
    (("checkin", "--answers", "-"), json.dumps({"pain": 3, "note": SECRET})),
    (("direction", "--bending", "worse"), ""),
    (("exercises", "exclude", "bridge", "--because", SECRET), ""),
    (("exercises", "show", "bridge"), ""),
    (("profile", "set", "activities", SECRET), ""),
    (("profile", "show"), ""),
    (("walk",), ""),
    (("progress",), ""),
    (("report",), ""),
    (("export",), ""),
    (("doctor",), ""),
    (("doctor", "--report"), ""),
    (("triage", "--answers", "-", "--json"), triage(saddle="y")),
    (("session", "--show"), ""),
)
"""A story with a secret in every field of free text; the commands of one folder in their order."""


def env(folder: Path) -> dict[str, str]:
    return surroundings(
        folder, LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1", HOME=str(folder.parent / "home")
    )


def told(folder: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Lives the story in one folder."""
    for args, stdin in STORY:
        ran = subprocess.run(
            [sys.executable, "-m", "backmove", *args],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=env(folder),
        )
        assert ran.returncode in (0, 5, 7), (args, ran.stderr)
        yield args, ran.stdout + ran.stderr


def life(world: "World") -> None:
    """The same in this process."""
    for args, stdin in STORY:
        code = 7 if "saddle" in stdin and '"saddle": "y"' in stdin else 0
        world.run(*args, stdin=stdin, expect=7 if args == ("session", "--show") else code)
        world.wait(60)


# --- modes ---------------------------------------------------------------------------------------------------------


def modes(folder: Path) -> dict[str, int]:
    places = [folder, *folder.rglob("*")]
    return {str(place.relative_to(folder)): stat.S_IMODE(place.lstat().st_mode) for place in places}


def test_everything_that_is_ever_made_is_for_its_owner_alone(world: "World") -> None:
    before = os.umask(0)
    try:
        life(world)
        with world.journal_file.open("ab") as journal:
            journal.write(b'oops\n{"kind":"pain')
        world.run("doctor", "--fix")
        with world.journal_file.open("ab") as journal:
            journal.write(b'{"kind":"pain')
        world.run("log", "2")
        elsewhere = {"kind": "pain", "v": 1, "id": "elsewhere001", "at": "2026-01-01T08:00:00+01:00"}
        line = json.dumps(elsewhere | {"day": "2026-01-01", "score": 4}) + "\n"
        world.run("import", "-", stdin=line)
        copy = world.folder / "journal.sync-conflict-20260101-080000-ABCDEFG.jsonl"
        copy.write_text(line.replace("elsewhere001", "elsewhere002"))
        copy.chmod(0o600)
        world.run("merge", str(copy))
        world.run("export", "--out", str(world.folder / "out.json"))
        world.run("report", "--out", str(world.folder / "out.html"))
    finally:
        os.umask(before)
    found = modes(world.folder)
    assert len(found) > 10
    for name, mode in found.items():
        assert mode == (0o700 if (world.folder / name).is_dir() else 0o600), name


# --- logs, caches, titles --------------------------------------------------------------------------------------


def test_no_word_of_a_person_is_in_a_cache_or_log(world: "World") -> None:
    life(world)
    assert SECRET.encode() in world.journal_file.read_bytes()
    for place in ("cache", "log"):
        for file in (world.folder / place).rglob("*"):
            assert SECRET.encode() not in file.read_bytes(), file


def test_a_fault_of_ours_leaves_no_word_of_a_person_behind(world: "World") -> None:
    """A fault in the middle of a command, with a secret in its arguments, its journal and the error itself."""
    world.run("log", "3", "--note", SECRET)
    code = (
        "import sys; from backmove.core import logbook; import backmove.cli.log as it\n"
        "import backmove.store.journal as j\n"
        "def fail(self, *a): raise RuntimeError('zzq-secret-zzq')\n"
        "j.Journal.append = fail\n"
        "sys.argv = ['backmove', 'log', '3', '--note', 'zzq-secret-zzq']\n"
        "from backmove.__main__ import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        env=env(world.folder),
    )  # fmt: skip
    assert ran.returncode == 3
    (log,) = (world.folder / "log").iterdir()
    assert SECRET not in ran.stdout + ran.stderr + log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_title_of_the_process_is_what_was_typed_and_no_more(tmp_path: Path) -> None:
    """The journal and standard input never reach the list of processes; words that are typed do."""
    code = (
        "import sys; sys.argv = ['backmove', 'list']\n"
        "import backmove.store.files as f; real = f.read_from\n"
        "def look(fd, at):\n"
        "    sys.stderr.write(''.join(open(f'/proc/self/{name}').read() for name in ('cmdline', 'comm')))\n"
        "    return real(fd, at)\n"
        "f.read_from = look\n"
        "from backmove.__main__ import main; main()"
    )
    folder = tmp_path / "backmove"
    subprocess.run(
        [sys.executable, "-m", "backmove", "log", "3", "--note", SECRET], env=env(folder), check=True,
        capture_output=True, timeout=60,
    )  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, env=env(folder)
    )
    assert SECRET in ran.stdout
    assert ran.stderr and SECRET not in ran.stderr


# --- terminal escapes ------------------------------------------------------------------------------------------

EVIL = "a\x1b]0;owned\x07b\x1b[2J\x1b[31mc\x9b31md\u202ee\x08\rf\x7fg\u2028h"
SGR = re.compile(r"\x1b\[[0-9;]*m")
SCREENS: tuple[tuple[str, ...], ...] = (
    (),
    ("list",),
    ("list", "--json"),
    ("profile", "show"),
    ("walk",),
    ("progress",),
    ("report", "--include-notes"),
    ("report", "--include-notes", "--out", "-", "--format", "html"),
    ("export",),
    ("export", "--format", "csv", "--include-notes"),
    ("session", "--show"),
    ("exercises", "list"),
    ("exercises", "show", "bridge"),
    ("doctor",),
    ("undo",),
    ("undo",),
    ("delete", "last"),
)


@pytest.mark.parametrize("tty", [False, True], ids=["pipe", "terminal"])
def test_what_somebody_wrote_steers_no_screen(tty: bool, world: "World") -> None:
    world.run("triage", "--answers", "-", "--json", stdin=triage())
    one = EVIL.replace(";", "")
    world.run("profile", "set", "activities", one)
    said = world.run(
        "checkin", "--answers", "-", stdin=json.dumps({"activities": {one + "!": 3}}), expect=2
    ).err
    assert not {sign for sign in said if (ord(sign) < 32 and sign != "\n") or sign in "\x7f\x9b\u202e"}
    (kept,) = world.diary.profile.activities
    world.run("checkin", "--answers", "-", stdin=json.dumps({"activities": {kept: 3}, "note": EVIL}))
    world.run("exercises", "exclude", "bridge", "--because", EVIL)
    world.run("session", "--answers", "-", "--json", stdin=day())
    world.run("done", "--effort", "5", "--note", EVIL)
    world.write(Pain(**world.app().stamp(), score=3, note=EVIL))
    world.write(Pain(**world.app().stamp(), score=3, note=EVIL))
    for args in SCREENS:
        if args[:1] == ("export",) and not tty:
            continue  # that is data for another program, byte for byte
        shown = world.run(*args, tty=tty).out
        left = SGR.sub("", shown) if tty else shown
        signs = {
            sign for sign in left if (ord(sign) < 32 and sign not in "\n") or sign in "\x7f\x9b\u202e\u2028"
        }
        harmless = {"\r", "\u2028"} if args[:1] == ("export",) else set[str]()
        assert not signs - harmless, (args, signs, left[-400:])


@pytest.mark.parametrize(
    "typed",
    [
        ["--li\u202est"],
        ["list", "--we\u2066ek"],
        ["list", "x\u202ey"],
        ["log", "--wal\u202ek"],
        ["li\u202est"],
    ],
)
def test_what_is_no_command_or_option_steers_no_screen(typed: list[str], world: "World") -> None:
    refused = world.run(*typed, expect=2)
    assert refused.err.replace("\n", "").isprintable()
    assert "Error: " in refused.err


def test_a_line_that_cannot_be_read_steers_no_screen(world: "World") -> None:
    world.run("log", "3")
    with world.journal_file.open("ab") as journal:
        journal.write(b'{"kind":"pain","v":1,"\x1b]0;owned\x07":1}\n\x1b[2J\n')
        journal.write(
            json.dumps({"kind": EVIL, "v": 1, "id": EVIL, "at": EVIL, "day": EVIL}).encode() + b"\n"
        )
    for args in (("doctor",), ("doctor", "--fix", "--dry-run"), ("doctor", "--fix")):
        shown = world.run(*args, expect=4 if len(args) == 1 else 0).out
        assert not {sign for sign in shown if (ord(sign) < 32 and sign != "\n") or sign in "\x7f\x9b\u202e"}


# --- planted links and races -----------------------------------------------------------------------------------


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    file = tmp_path / "victim"
    file.write_text("theirs")
    file.chmod(0o644)
    return file


PLANTED = (
    ".journal.jsonl.kept",
    ".journal.jsonl.fresh",
    ".journal.jsonl.new",
    "journal.torn-20260302-090000",
    "journal.set-aside-20260302-090000.jsonl",
    "journal.before-mending-20260302-090000.jsonl",
    "journal.before-import-20260302-090000.jsonl",
    "cache/quick-log",
    "cache/guide.json",
    "cache/.guide.json.new",
    "cache/copies-seen",
)


@pytest.mark.parametrize("name", PLANTED)
def test_a_link_planted_at_a_name_of_ours_is_never_written_through(
    name: str, world: "World", victim: Path
) -> None:
    """As somebody could who may write into the folder: every name that we are going to use is theirs already."""
    world.run("log", "3")
    (world.folder / "cache").mkdir(mode=0o700, exist_ok=True)
    place = world.folder / name
    place.unlink(missing_ok=True)
    place.symlink_to(victim)
    with world.journal_file.open("ab") as journal:
        journal.write(b"oops\n")
        journal.write(b'{"kind":"pain')
    world.run("doctor", "--fix")
    with world.journal_file.open("ab") as journal:
        journal.write(b'{"kind":"pain')
    world.run("log", "4")
    elsewhere = {"kind": "pain", "v": 1, "id": "elsewhere001", "at": "2026-01-01T08:00:00+01:00"}
    world.run("import", "-", stdin=json.dumps(elsewhere | {"day": "2026-01-01", "score": 4}) + "\n")
    world.run("walk")
    from backmove.core.guide_report import Kept
    from backmove.store.copies import mark_seen
    from backmove.store.guide_file import write_kept

    write_kept(world.folder / "cache", Kept("s", 0, 0, 0.0, (), False, False))
    mark_seen(world.journal_file, world.folder / "cache")
    assert victim.read_text() == "theirs"
    assert stat.S_IMODE(victim.stat().st_mode) == 0o644
    assert [record.score for record in world.records if isinstance(record, Pain)] == [4, 3, 4]


@pytest.mark.parametrize("command", [("export", "--out"), ("report", "--out")], ids=lambda c: c[0])
def test_an_export_is_never_written_through_a_link_or_over_a_file(
    command: tuple[str, ...], world: "World", victim: Path
) -> None:
    world.run("log", "3")
    link = victim.with_name("out.json")
    link.symlink_to(victim)
    for place in (link, victim):
        world.run(*command, str(place), expect=1)
    (victim.parent / "nowhere.json").symlink_to(victim.parent / "made-by-us")
    world.run(*command, str(victim.parent / "nowhere.json"), expect=1)
    assert victim.read_text() == "theirs"
    assert not (victim.parent / "made-by-us").exists()


def test_a_file_that_is_swapped_while_we_wait_gets_nothing(tmp_path: Path, victim: Path) -> None:
    """Between opening and locking somebody puts a link in the place of the journal: we look again, and follow it as the
    owner's own link, or refuse what is no ordinary file."""
    path = tmp_path / "journal.jsonl"
    path.symlink_to("/dev/full")
    with (
        pytest.raises(StorageProblem, match="not an ordinary file"),
        files.explained(path, "it"),
        files.opened_to_append(path, lambda line: None),
    ):
        raise AssertionError
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    with (
        pytest.raises(StorageProblem, match="not an ordinary file"),
        files.explained(fifo, "it"),
        files.opened_to_append(fifo, lambda line: None),
    ):
        raise AssertionError


def test_nothing_is_kept_in_the_folder_of_temporary_files(tmp_path: Path, world: "World") -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    world.env["TMPDIR"] = str(shared)
    life(world)
    assert list(shared.iterdir()) == []


def test_a_link_planted_where_the_library_is_kept_is_put_away(world: "World", victim: Path) -> None:
    world.run("exercises", "show", "bridge")
    (cache,) = (world.folder / "cache").glob("library-*")
    cache.unlink()
    cache.symlink_to(victim)
    world.run("exercises", "show", "bridge")
    assert victim.read_text() == "theirs"
    assert cache.is_file() and not cache.is_symlink()
