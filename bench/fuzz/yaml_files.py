"""YAML of any bytes: every fault is told at once, each with its line. The first letter says who reads it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from backmove.errors import DataProblem
from fuzz.desk import Broken, Desk, chosen

_ROOT: Final = Path(__file__).parent.parent.parent
_PLACE: Final = re.compile(r":\d+:\d+: ")
_MOST: Final = 200_000
"""Letters that an answer to a small file may have."""


def yaml_files(desk: Desk, data: bytes) -> None:
    """One letter and a YAML file."""
    desk.clear()
    file = desk.folder / "file.yaml"
    file.write_bytes(data[1:])
    chosen(_WAYS, data)(desk, file)


def _parsed(desk: Desk, file: Path) -> None:
    from backmove.store.yaml_text import parse_yaml

    raw = file.read_bytes()
    try:
        document = parse_yaml(raw, file)
    except DataProblem as problem:
        told = problem.message.split("\n")[1:]
        lines = raw.count(b"\n") + raw.count(b"\r") + 2
        if not told or not all(_PLACE.search(line) for line in told if line.startswith("/")):
            raise Broken("a fault without a place") from None
        for line in told:
            found = re.search(r"\.yaml:(\d+):", line)
            if found and int(found[1]) > lines and raw.isascii():
                raise Broken("a place that is not in the file") from None
        return
    size = _size(document.data)
    if size > 4 * len(raw) + 10:
        raise Broken(f"{len(raw)} bytes became {size} parts")


def _size(data: Any) -> int:
    """How many values there are."""
    waiting, count = [data], 0
    while waiting:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return count


def _checked(desk: Desk, file: Path) -> None:
    plain = desk.run("exercises", "check", str(file))
    _told(plain.code, plain.out, plain.err)
    desk.run("exercises", "check", str(file), "--json")


def _plan_checked(desk: Desk, file: Path) -> None:
    """What is found sound is taken up, and what is not is not."""
    checked = desk.run("plan", "check", str(file))
    _told(checked.code, checked.out, checked.err)
    used = desk.run("plan", "use", str(file))
    if (checked.code == 0) != (used.code == 0):
        raise Broken(f"check ended with {checked.code}, use with {used.code}")
    if desk.journal.exists() != (used.code == 0):
        raise Broken("a refused plan was written down, or a good one was not")
    desk.run("plan", "show")
    if desk.opens():
        raise Broken("a plan opened a session")


def _told(code: int, out: str, err: str) -> None:
    """A refusal names a line; and nothing in it steers the terminal."""
    if code not in (0, 4):
        raise Broken(f"ended with {code}")
    if code == 4 and not _PLACE.search(out + err):
        raise Broken("a fault without a place")
    if len(out) > _MOST or not (out + err).replace("\n", "").isprintable():
        raise Broken("an answer too long, or with signs that steer the terminal")


_WAYS: Final[Mapping[str, Callable[[Desk, Path], None]]] = {"e": _checked, "p": _plan_checked, "y": _parsed}


def prepare(desk: Desk) -> None:
    """Nothing is needed."""


def seeds() -> list[bytes]:
    """Small parts of our own files, the example of a plan, and texts that YAML is known for."""
    texts = [
        b"schema_version: 1\nuntil: 2026-05-30\nrows:\n  - exercise: bridge\n    sets: 2\n    reps: 10\n",
        b"schema_version: 1\nby: A\nfor: B\ndays_per_week: 3\nuntil: 2026-05-30\nnote: slow\nrows:\n"
        b"  - {exercise: bird-dog, sets: 2, reps: 5, hold_s: 8, note: x}\n"
        b"  - {exercise: bridge, pyramid: [5, 3, 1], hold_s: 8, instead_of: plank}\n",
        b"a: &x [1]\nb: *x\n", b"--- !!python/object:os.system\n- x\n", b"? a\n: b\n", b"a: |\n  b\n...\n---\nc\n",
        b"[" * 45, b"{a: " * 45, b"a: 1\na: 2\n", b"\xef\xbb\xbfa: 0x10\n",
        b"a: 'it''s'\nb: \"\\u00e9\\x1b\"\n", b"\tb: 1\n",
        b"1e999: .inf\n", b"- - - - 1:30\n", b'rows:\n- {id: "\\e[2J", "\\u202ek": "\\x9b1m"}\n',
        b"x: 99999999999999999999\n", b"%YAML 1.1\n---\nyes: no\n",
    ]  # fmt: skip
    texts.append(_one_exercise())
    return [way.encode() + text for way in _WAYS for text in texts]


def _one_exercise() -> bytes:
    """The head of the library and its first exercise."""
    text = (_ROOT / "data" / "exercises.yaml").read_bytes()
    second = text.find(b"\n  - id:", text.find(b"\n  - id:") + 1)
    return text[: second + 1][:4000]


def lines() -> list[bytes]:
    """Lines to be put between others."""
    return [line for text in seeds() for line in text[1:].splitlines()][:300]
