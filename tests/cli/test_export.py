"""``backmove export``: three formats, whole or not at all, and nothing that was not asked for."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a_year import HOSTILE, a_year
from backmove.cli.export import EXAMPLES
from backmove.core.lines import read_line
from backmove.core.record import Import, Pain, Retract
from backmove.report.table import COLUMNS
from backmove.store.journal_lines import lines_to_carry
from conftest import World

ROOT = Path(__file__).parent.parent.parent
HEAD: dict[str, Any] = {"v": 1, "at": "2026-03-01T08:00:00+01:00", "day": "2026-03-01"}
UNKNOWN = b'{"kind":"later","v":1,"id":"zz","at":"2026-03-01T08:00:00+01:00","day":"2026-03-01","x":[1.50,"\xc3\xa9"]}'
SPACED = b'{"kind": "pain", "v": 1, "id": "yy", "at": "2026-03-01T08:00:00Z", "day": "2026-03-01", "score": 3,"x": 1e3}'


def lay(world: World, data: bytes) -> None:
    world.journal_file.parent.mkdir(parents=True, exist_ok=True)
    world.journal_file.write_bytes(data)


def process(world: World, *args: str, **how: Any) -> Any:
    """A real process, ended; what it wrote is bytes."""
    return subprocess.run(
        [sys.executable, "-m", "backmove", *args],
        env={"BACKMOVE_DIR": str(world.folder), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")},
        timeout=60,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how,
    )


# --- json ---------------------------------------------------------------------------------------------------


def test_json_holds_every_line_with_its_own_bytes(world: World) -> None:
    world.write(*a_year(8))
    lines = world.journal_file.read_bytes().splitlines()
    out = process(world, "export").stdout
    assert out == b'{"backmove_journal": 1, "records": [\n' + b",\n".join(lines) + b"\n]}\n"
    assert len(json.loads(out)["records"]) == len(lines)


def test_what_an_editor_leaves_around_a_line_is_dropped_and_nothing_else(world: World) -> None:
    lay(world, b"\xef\xbb\xbf" + SPACED + b" \r\n\r\n\t" + UNKNOWN)
    out = process(world, "export").stdout
    assert out == b'{"backmove_journal": 1, "records": [\n' + SPACED + b",\n" + UNKNOWN + b"\n]}\n"


def test_no_journal_and_an_empty_one_are_an_empty_document(world: World) -> None:
    out = process(world, "export").stdout
    assert json.loads(out) == {"backmove_journal": 1, "records": []}
    lay(world, b"")
    assert process(world, "export").stdout == out


def test_each_id_stands_once_and_the_first_holds(world: World) -> None:
    lay(world, SPACED + b"\n" + UNKNOWN + b"\n" + SPACED.replace(b'"score": 3', b'"score": 9') + b"\n")
    assert json.loads(process(world, "export").stdout)["records"] == [json.loads(SPACED), json.loads(UNKNOWN)]


def test_the_note_of_an_import_stays_here_unless_it_was_taken_back(world: World) -> None:
    pain = Pain(**HEAD, id="a", score=3)
    world.write(pain, Import(**HEAD, id="b", source="x", format="json", brought=("a",)))
    assert [r["id"] for r in json.loads(process(world, "export").stdout)["records"]] == ["a"]
    world.write(Retract(**HEAD, id="c", target="b", undo=True))
    assert [r["id"] for r in json.loads(process(world, "export").stdout)["records"]] == ["a", "b", "c"]


def test_a_torn_tail_is_no_record_and_is_told(world: World) -> None:
    lay(world, SPACED + b'\n{"kind":"pa')
    ended = process(world, "export")
    assert json.loads(ended.stdout)["records"] == [json.loads(SPACED)]
    assert b"cut short" in ended.stderr


@pytest.mark.parametrize(
    ("line", "said"), [(b"{broken}", "line 2"), (SPACED.replace(b'"v": 1', b'"v": 9'), "newer")]
)
def test_a_damaged_or_newer_journal_gives_nothing(
    world: World, tmp_path: Path, line: bytes, said: str
) -> None:
    lay(world, SPACED + b"\n" + line + b"\n" + UNKNOWN + b"\n")
    for format_ in ("json", "csv", "fhir"):
        file = tmp_path / "out"
        assert said in world.run("export", "--format", format_, "--out", str(file), expect=4).err
        assert not file.exists()
        assert world.run("export", "--format", format_, expect=4).out == ""


def test_on_a_screen_no_sign_steers_it_and_the_json_is_the_same(world: World) -> None:
    world.write(Pain(**HEAD, id="a", score=3, note="\u202eevil\u200f \x9b31m \x7f é 🙂"))
    shown = world.run("export", tty=True).out
    assert not {"\u202e", "\u200f", "\x9b", "\x7f"} & set(shown)
    assert "é 🙂" in shown
    assert json.loads(shown) == json.loads(process(world, "export").stdout)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ab", "cd", "ef", "gh"]),
            st.sampled_from([b"", b" ", b"\t", b"\xef\xbb\xbf"]),
            st.sampled_from([b"\n", b"\r\n", b" \n\n"]),
            st.text(),
        ),
        max_size=8,
    )
)
def test_what_is_carried_is_what_stands_in_the_file(
    tmp_path: Path, lines: list[tuple[str, bytes, bytes, str]]
) -> None:
    bare = [
        json.dumps({"kind": "pain", "id": name, **HEAD, "score": 1, "later": text}).encode()
        for name, _, _, text in lines
    ]
    file = tmp_path / "j"
    file.write_bytes(b"".join(a + raw + b for raw, (_, a, b, _) in zip(bare, lines, strict=True)))
    first: dict[str, bytes] = {}
    for raw, (name, *_) in zip(bare, lines, strict=True):
        first.setdefault(name, raw)
    told = list(lines_to_carry(file, lambda line: None))
    assert told == list(first.values())
    assert all(read_line(raw) is not None for raw in told)


def test_who_reads_slowly_keeps_nobody_from_writing(world: World) -> None:
    world.write(Pain(**HEAD, id="a", score=3))
    lines = lines_to_carry(world.journal_file, lambda line: None)
    world.write(Pain(**HEAD, id="b", score=4))
    assert [json.loads(line)["id"] for line in lines] == ["a"]


# --- csv ----------------------------------------------------------------------------------------------------


def test_csv_is_a_table_without_notes_unless_asked(world: World) -> None:
    world.write(Pain(**HEAD, id="a", score=3, note=HOSTILE))
    bare = process(world, "export", "--format", "csv").stdout.decode()
    assert "HYPERLINK" not in bare
    (row,) = csv.DictReader(io.StringIO(bare, newline=""))
    assert (row["kind"], row["score"], row["at"]) == ("pain", "3", HEAD["at"])
    full = process(world, "export", "--format", "csv", "--include-notes", "--excel").stdout
    assert full.startswith(b"\xef\xbb\xbfkind,")
    (row,) = csv.DictReader(io.StringIO(full.decode("utf-8-sig"), newline=""))
    assert row["note"].startswith("'=HYPERLINK(")


def test_the_help_names_every_column() -> None:
    for name in COLUMNS:
        assert f"{name}," in EXAMPLES.replace(";", ",").replace("\n", " ") + ","


def test_days_narrow_a_table_and_a_bundle(world: World) -> None:
    world.write(*a_year(30))
    days = {"--from": "2026-01-10", "--to": "2026-01-20"}
    typed = [word for pair in days.items() for word in pair]
    rows = list(csv.DictReader(io.StringIO(world.run("export", "--format", "csv", *typed).out, newline="")))
    assert rows
    assert {"2026-01-10" <= row["day"] <= "2026-01-20" for row in rows} == {True}
    found = json.loads(world.run("export", "--format", "fhir", *typed).out)
    told = [e["resource"].get("effectiveDateTime", "2026-01-15") for e in found["entry"]]
    assert all("2026-01-10" <= at[:10] <= "2026-01-20" for at in told)
    periods = [e["resource"].get("effectivePeriod") for e in found["entry"]]
    assert {p["start"] for p in periods if p} == {"2026-01-12"}


# --- fhir ---------------------------------------------------------------------------------------------------


def test_fhir_twice_is_the_same(world: World) -> None:
    world.write(*a_year(30))
    first, second = (world.run("export", "--format", "fhir").out for _ in range(2))
    assert first == second
    assert json.loads(first)["type"] == "collection"


# --- where it goes ------------------------------------------------------------------------------------------


def test_a_file_is_for_the_persons_eyes_only_and_never_over_another(world: World, tmp_path: Path) -> None:
    world.write(*a_year(3))
    file = tmp_path / "out.json"
    told = world.run("export", "--out", str(file))
    assert str(file) in told.out
    assert "not encrypted" in told.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert before == process(world, "export").stdout
    assert "is there already" in world.run("export", "--out", str(file), expect=1).err
    assert file.read_bytes() == before


def test_a_dash_is_standard_output(world: World) -> None:
    assert json.loads(world.run("export", "--out", "-").out)["backmove_journal"] == 1


def test_json_tells_what_was_written(world: World, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    told = world.run("export", "--format", "csv", "--out", str(file), "--json").data
    assert told == {"file": str(file), "format": "csv", "bytes": file.stat().st_size, "encrypted": False}
    assert "--out" in world.run("export", "--json", expect=2).error["message"]


def test_a_folder_that_is_not_there_is_told(world: World, tmp_path: Path) -> None:
    assert "no such file" in world.run("export", "--out", str(tmp_path / "no" / "x"), expect=1).err


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "xml"),
        ("--format", "json", "--from", "2026-01-01"),
        ("--excel",),
        ("--semicolon", "--format", "fhir"),
        ("--snomed", "--format", "csv"),
        ("--format", "csv", "--from", "2026-02-02", "--to", "2026-01-01"),
        ("--encrypt", "nothing-of-that-name"),
    ],
)
def test_what_does_not_fit_together_is_wrong_usage(world: World, words: tuple[str, ...]) -> None:
    assert world.run("export", *words, expect=2).out == ""


def test_a_near_word_is_guessed(world: World) -> None:
    assert "Did you mean fhir?" in world.run("export", "--format", "fihr", expect=2).err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_on_standard_output(world: World) -> None:
    world.write(*a_year(10))
    for format_ in ("json", "csv"):
        with Path("/dev/full").open("wb") as full:
            ended = process(
                world,
                "export",
                "--format",
                format_,
                stdout=full,
            )
        assert ended.returncode == 1
        assert ended.stderr.startswith(b"backmove: the export could not be written to its end: no space left")
        assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set otherwise there")
def test_a_disk_that_fills_up_leaves_no_half_file(world: World, tmp_path: Path) -> None:
    import resource
    import signal

    world.write(*a_year(30))
    process(world, "export", "--format", "fhir", "--out", str(tmp_path / "whole"))
    small = (tmp_path / "whole").stat().st_size // 2

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (small, small))

    ended = process(
        world, "export", "--format", "fhir", "--out", str(tmp_path / "half"), preexec_fn=little_room
    )
    assert ended.returncode == 1, ended.stderr
    assert b"was not written" in ended.stderr
    assert not (tmp_path / "half").exists()


def test_a_reader_that_has_seen_enough_ends_it_quietly(world: World) -> None:
    world.write(*a_year(200))
    for format_ in ("json", "csv", "fhir"):
        running = subprocess.Popen(
            [sys.executable, "-m", "backmove", "export", "--format", format_],
            env={
                "BACKMOVE_DIR": str(world.folder),
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT / "src"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.read(10)
        time.sleep(0.05)
        running.stdout.close()
        assert running.stderr.read() == b""
        running.stderr.close()
        assert running.wait(timeout=30) in (0, 1)


# --- encrypted ----------------------------------------------------------------------------------------------


def test_without_the_extra_it_says_how_to_get_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    told = world.run("export", "--encrypt", "age1" + "q" * 58, expect=1).err
    assert "pip install 'backmove[age]'" in told


def test_a_secret_key_is_refused_and_not_repeated(world: World) -> None:
    told = world.run("export", "--encrypt", "AGE-SECRET-KEY-1QQQ", expect=2).err
    assert "secret" in told
    assert "1QQQ" not in told


@pytest.mark.parametrize("format_", ["json", "csv", "fhir"])
def test_an_encrypted_export_opens_with_each_key_and_with_no_other(
    world: World, tmp_path: Path, format_: str
) -> None:
    pyrage = pytest.importorskip("pyrage", reason="pyrage is not installed (extra: age, test)")
    world.write(*a_year(10))
    one, two, other = (pyrage.x25519.Identity.generate() for _ in range(3))
    keys = tmp_path / "keys.txt"
    keys.write_text(f"# of the clinic\n{two.to_public()}\n")
    out = tmp_path / "out.age"
    words = ("--encrypt", str(one.to_public()), "--encrypt", str(keys))
    told = world.run("export", "--format", format_, *words, "--out", str(out))
    assert "not encrypted" not in told.err
    clear = process(world, "export", "--format", format_).stdout
    for key in (one, two):
        assert pyrage.decrypt(out.read_bytes(), [key]) == clear
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(out.read_bytes(), [other])
    assert b"bridge" not in out.read_bytes()


def test_encrypted_bytes_are_not_thrown_at_a_screen(world: World) -> None:
    assert "name a file" in world.run("export", "--encrypt", "age1" + "q" * 58, tty=True, expect=2).err


def test_bad_keys_are_named_with_their_line(world: World, tmp_path: Path) -> None:
    pytest.importorskip("pyrage", reason="pyrage is not installed (extra: age, test)")
    keys = tmp_path / "keys.txt"
    keys.write_text("\nage1nonsense\n")
    assert "line 2" in world.run("export", "--encrypt", str(keys), expect=2).err
    keys.write_text("# nothing\n")
    assert "no public key" in world.run("export", "--encrypt", str(keys), expect=2).err


# --- what it loads ------------------------------------------------------------------------------------------


def test_the_whole_journal_loads_nothing_heavy(world: World) -> None:
    from test_architecture import HEAVY, loaded_by

    world.write(*a_year(3))
    assert not loaded_by("export", folder=world.folder) & (HEAVY | {"pyrage"})
