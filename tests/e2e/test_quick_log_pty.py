"""``log 4`` both ways in a real terminal: one cannot tell them apart."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ptyrun import Terminal

from backmove.core.record import RULES_VERSION, Triage
from conftest import World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the quick way is for Linux")


def screen_of(folder: Path, **look: str) -> str:
    with Terminal("log", "4", folder=folder, columns=int(look.get("wide", 80)), env=look) as terminal:
        assert terminal.end() == 0
        return re.sub(r"\d\d:\d\d", "12:00", terminal.screen)


LOOKS: tuple[dict[str, str], ...] = (
    *({}, {"wide": "40"}, {"wide": "67"}, {"wide": "68"}, {"wide": "120"}),
    *({"TERM": "dumb"}, {"COLUMNS": "40"}),
)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_both_ways_look_alike(look: dict[str, str], tmp_path: Path) -> None:
    world = World(tmp_path / "backmove", datetime.now().astimezone() - timedelta(days=1))
    opened: dict[str, Any] = {
        "disposition": "SELF_CARE",
        "result": "SELF_CARE",
        "ended": "finished",
        "complete": True,
    }
    until = (world.now + timedelta(days=90)).date().isoformat()
    world.write(
        Triage(**world.app().stamp(), **opened, rules_version=RULES_VERSION, unlocked=True, valid_until=until)
    )
    proof = world.folder / "cache" / "quick-log"
    ordinary = screen_of(world.folder, **look)
    made = proof.read_bytes()
    quick = screen_of(world.folder, **look)
    assert quick == ordinary
    assert "Saved: pain 4 today" in quick
    lowest = proof.read_bytes().split()[-2]
    assert proof.read_bytes() != made
    narrow = look.get("wide") in ("40", "67") or "COLUMNS" in look
    assert (lowest == b"4") != narrow, "and it was the quick way where it can be"
