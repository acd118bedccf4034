"""No command line, environment variable or edited cache opens a locked session."""

import ast
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from backmove.store.library_cache import fingerprint
from conftest import World
from triage_answers import day, triage

ROOT = Path(__file__).parent.parent

LOCKS: dict[str, dict[str, object] | None] = {
    "no triage": None,
    "emergency": {"saddle": "y", "saddle_days": 2, "saddle_trend": "new"},
    "same day": {"fever": "y"},
    "clinician first": {"weight_loss": "y"},
    "under age": {"age": 17},
    "incomplete": {"bladder": ...},
    "assumed": {"assume_no": True},
}
FLAGS = [
    (),
    ("--show",),
    ("--another",),
    ("--gentle",),
    ("--why",),
    ("--plain",),
    ("--minutes", "5"),
    ("--place", "chair"),
    ("--show", "--another", "--gentle", "--minutes", "10", "--place", "floor"),
]


def locked(world: World, lock: str) -> None:
    changes = LOCKS[lock]
    if changes is not None:
        ran = triage(**changes)
        world.run("triage", "--answers", "-", "--json", stdin=ran, expect=code_of(lock))


def code_of(lock: str) -> int:
    return {"emergency": 7, "same day": 6}.get(lock, 5)


def refused(world: World, *flags: str, lock: str) -> bool:
    wanted = 5 if lock == "no triage" else code_of(lock)
    data = world.run("session", "--json", "--answers", "-", *flags, stdin=day(2), expect=wanted).data
    return data["outcome"] == "refused" and not data["items"]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_flag_opens_a_locked_session(world: World, lock: str) -> None:
    locked(world, lock)
    for flags in FLAGS:
        assert refused(world, *flags, lock=lock), flags
    assert not world.diary.sessions


def test_there_is_no_flag_that_skips_the_questions(world: World) -> None:
    for command in ("session", "triage"):
        text = world.run(command, "--help").out
        for word in ("force", "skip", "yes", "unlock", "no-check", "trust"):
            assert f"--{word}" not in text


def names_read_from_the_environment() -> set[str]:
    names: set[str] = set()
    found = sorted((ROOT / "src").rglob("*.py"))
    assert found
    for path in found:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= set(
                    re.findall(r"^(?:BACKMOVE_\w+|XDG_\w+|ACCESSIBLE|TERM|COLUMNS|HOME)$", node.value)
                )
    return names


def test_no_environment_variable_opens_a_locked_session(world: World) -> None:
    names = names_read_from_the_environment() - {"BACKMOVE_DIR"}
    assert "BACKMOVE_PLAIN" in names
    guesses = names | {
        "BACKMOVE_NOW",
        "BACKMOVE_TEST",
        "BACKMOVE_DEBUG",
        "BACKMOVE_UNLOCK",
        "CI",
        "SOURCE_DATE_EPOCH",
    }
    locked(world, "emergency")
    for value in ("1", "0", "yes", "2020-01-01", "SELF_CARE"):
        world.env = dict.fromkeys(sorted(guesses - {"COLUMNS"}), value)
        assert refused(world, lock="emergency"), value


def caches(world: World) -> list[Path]:
    files = sorted(Path(world.app().paths.cache).glob("*"))
    assert files
    return files


def reseal(file: Path, payload: bytes) -> None:
    file.write_bytes(fingerprint(payload).encode() + b"\n" + payload)


def test_no_edited_cache_opens_a_locked_session(world: World) -> None:
    locked(world, "same day")
    assert refused(world, lock="same day")
    for file in caches(world):
        seal, _, payload = file.read_bytes().partition(b"\n")
        loose = re.sub(rb'"value":\d+', b'"value":99', payload)
        assert loose != payload
        for forged in (seal + b"\n" + loose, b"", b"{}", payload):
            file.write_bytes(forged)
            assert refused(world, lock="same day")
        reseal(file, loose)
        assert refused(world, lock="same day")


def test_an_edited_cache_is_not_believed(world: World) -> None:
    world.run("triage", "--answers", "-", stdin=triage())
    first = world.run("session", "--json", "--answers", "-", stdin=day(3)).out
    for file in caches(world):
        seal, _, payload = file.read_bytes().partition(b"\n")
        file.write_bytes(seal + b"\n" + payload.replace(b'"features":["supine"]', b'"features":[]'))
    assert world.run("session", "--json").out == first


def test_no_hand_written_pass_without_a_full_run_opens(world: World) -> None:
    """A line that claims SELF_CARE but was not finished, not complete, assumed or of other rules stays locked."""
    world.run("triage", "--answers", "-", stdin=triage())
    good = json.loads(world.journal_file.read_text().splitlines()[-1])
    while good["kind"] != "triage":
        lines = world.journal_file.read_text().splitlines()[:-1]
        world.journal_file.write_text("\n".join(lines) + "\n")
        good = json.loads(lines[-1])
    faults: list[dict[str, Any]] = [
        {"ended": "broken-off"}, {"complete": False}, {"assumed": True}, {"unlocked": False}, {"rules_version": "0"},
        {"valid_until": "2026-03-01"}, {"valid_until": None}, {"at": "2026-03-02T23:00:00+01:00"},
        {"result": "INCOMPLETE"}, {"result": "SAME_DAY"}, {"held_by": "CLINICIAN_FIRST"}, {"held_by": "EMERGENCY"},
    ]  # fmt: skip
    codes = {"SAME_DAY": 6, "EMERGENCY": 7}
    for fault, twice in itertools.product(faults, (False, True)):
        line = {k: v for k, v in (good | fault).items() if v is not None}
        world.journal_file.write_text((json.dumps(line) + "\n") * (1 + twice))
        code = max(codes.get(str(value), 5) for value in fault.values())
        data = world.run("session", "--json", "--answers", "-", stdin=day(2), expect=code).data
        assert data["outcome"] == "refused", fault
