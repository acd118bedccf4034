"""Which inputs are kept: few, small, and together they reach every line that all of them reach."""

import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import backmove
from fuzz.desk import Desk
from fuzz.targets import SAVED, TARGETS

MOST: Final = 60
SMALL: Final = 1024
LARGEST: Final = 2600
"""Bytes. Larger ones are never kept."""
_OURS: Final = str(Path(backmove.__file__).parent)

Line = tuple[str, int]


def reached(desk: Desk, name: str, data: bytes) -> frozenset[Line]:
    """The steps from line to line of the program that an input takes; none if it breaks something."""
    found: set[tuple[CodeType, int, int]] = set()

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            found.add((frame.f_code, lasts.get(id(frame), 0), frame.f_lineno))
            lasts[id(frame)] = frame.f_lineno
        return local

    def enter(frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_OURS):
            return None
        lasts[id(frame)] = 0
        return local

    lasts: dict[int, int] = {}
    sys.settrace(enter)
    try:
        TARGETS[name].run(desk, data)
    except Exception:  # noqa: BLE001 - it is no input to keep
        return frozenset()
    finally:
        sys.settrace(None)
    return frozenset((f"{code.co_filename}:{code.co_qualname}:{last}", line) for code, last, line in found)


def fewest(reaches: dict[bytes, frozenset[Line]]) -> list[bytes]:
    """Inputs that reach most, one after the other, until nothing new is reached or there are enough of them."""
    left = dict(reaches)
    known: set[Line] = set()
    kept: list[bytes] = []
    while left and len(kept) < MOST:
        best = max(left, key=lambda data: (len(left[data] - known) / (1 + len(data) / SMALL), -len(data)))
        new = left.pop(best) - known
        if not new:
            break
        known |= new
        kept.append(best)
    return kept


def keep(desk: Desk, name: str, inputs: Iterable[bytes]) -> int:
    """Puts those worth keeping into the folder of the target, and takes the others out of it."""
    sizes = sorted({data for data in inputs if len(data) <= LARGEST}, key=len)
    kept = fewest({data: reach for data in sizes if (reach := reached(desk, name, data))})
    folder = SAVED / name
    folder.mkdir(parents=True, exist_ok=True)
    names = {sha256(data).hexdigest()[:12]: data for data in kept}
    for file in folder.iterdir():
        if file.name not in names and not file.name.startswith("found-"):
            file.unlink()
    for key, data in names.items():
        (folder / key).write_bytes(data)
    return len(kept)
