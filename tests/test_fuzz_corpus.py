"""What fuzzing found worth keeping (``bench/fuzz``), once more through the same doors. No fault, no unlock, in time.

``found-*`` are inputs that once broke something; the others together reach what fuzzing has reached.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from backmove.core.assess import assess

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from fuzz.desk import Broken, Desk, in_memory  # noqa: E402
from fuzz.keeping import LARGEST, MOST  # noqa: E402
from fuzz.targets import SAVED, TARGETS, saved  # noqa: E402

LIMIT_S = 1.0
"""Of the processor, for one input with all the commands that it goes through."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with in_memory():
        desk = Desk(tmp_path_factory.mktemp("fuzz") / "desk")
        for target in TARGETS.values():
            target.prepare(desk)
        yield desk


def took(desk: Desk, name: str, data: bytes) -> float:
    begun = time.process_time()
    TARGETS[name].run(desk, data)
    return time.process_time() - begun


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_saved_breaks_nothing_and_takes_no_time(desk: Desk, name: str) -> None:
    files = sorted(file for file in (SAVED / name).iterdir() if file.is_file())
    assert len(files) >= 20
    for file in files:
        data = file.read_bytes()
        try:
            if took(desk, name, data) > LIMIT_S:
                assert took(desk, name, data) <= LIMIT_S, f"{file} takes too long"
        except Exception as broken:
            broken.add_note(str(file))
            raise


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_saved_is_small(name: str) -> None:
    kept = [data for data in saved(name) if data]
    found = len(list((SAVED / name).glob("found-*")))
    assert len(kept) - found <= MOST
    assert max(map(len, kept)) <= LARGEST


def nothing_seen(*given: Any, **named: Any) -> Any:
    """The rules, blind for every sign and for what is missing."""
    found = assess(*given, **named)
    return replace(found, disposition="SELF_CARE", complete=True, missing=(), rules=(), valid_days=30)


GUARDS: dict[str, tuple[str, Any]] = {
    "core.clearance._set_aside": ("journals", lambda diary: []),
    "core.clearance._check_reasons": ("journals", lambda diary: []),
    "core.clearance._disposition_reasons": ("journals", lambda last: []),
    "core.clearance._age_of_result": ("journals", lambda last, now, today: []),
    "core.mending.Mending.blind": ("journals", 0),
    "core.mending.Mending.bytes_aside": ("journals", b""),
    "core.replay.FIXED": ("journals", frozenset[str]()),
    "core.visit.judge": ("answers", lambda said: "open"),
    "core.verdict.assess": ("answers", nothing_seen),
    "core.locks._lifts": ("answers", lambda *given: True),
    "term.clean._shown": ("words", lambda sign: sign),
    "core.when._not_ahead": ("words", lambda text, moment, now: moment),
    "store.yaml_text.Problem.__str__": ("yaml", lambda self: f"{self.path}:1:1: {self.field} {self.what}"),
    "term.keys.TerminalKeys._special": ("keys", lambda self, first: "n"),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_is_taken_away_is_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    name, instead = GUARDS[guard]
    monkeypatch.setattr(f"backmove.{guard}", instead)
    with pytest.raises(Broken):
        for data in (*saved(name), *TARGETS[name].seeds()):
            TARGETS[name].run(desk, data)
