"""Days that nobody can reckon with are refused where they stand, not found out by a fault far from there."""

import json
from pathlib import Path
from typing import Any

import pytest

from backmove.core.lines import LineError, read_block, read_line
from conftest import World

HEAD: dict[str, Any] = {"v": 1, "id": "outofreach01", "at": "2026-03-01T08:00:00+01:00", "day": "2026-03-01"}
TRIAGE = HEAD | {
    "kind": "triage",
    "disposition": "SELF_CARE",
    "result": "SELF_CARE",
    "ended": "finished",
    "complete": True,
    "rules_version": "1",
}
CLEARANCE = HEAD | {
    "kind": "clearance",
    "who": "doctor",
    "date": "2026-02-27",
    "rules": ["C2"],
    "looked_at_sign": True,
    "exercise_fine": True,
    "nothing_worse": True,
}
FLARE = HEAD | {"kind": "flare", "on": True}
LINES = [
    TRIAGE | {"valid_until": "9999-99-99"},
    TRIAGE | {"book_by": "2026-02-31"},
    TRIAGE | {"episode_start": "2026-02-31"},
    TRIAGE | {"tags": [{"tag": "pregnancy-1", "until": "2026-02-31"}]},
    CLEARANCE | {"date": "2026-02-31"},
    FLARE | {"day": "0001-01-01"},
    FLARE | {"day": "9999-12-31"},
    FLARE | {"at": "0001-01-01T00:00:00+23:59"},
    FLARE | {"at": "9999-12-31T23:59:59-23:59"},
    FLARE | {"written": "9999-12-31T23:59:59-23:59"},
]


def text(line: dict[str, Any]) -> bytes:
    """As the program writes it: a block of other lines would be read one by one."""
    return json.dumps({"kind": line["kind"]} | line, separators=(",", ":")).encode()


@pytest.mark.parametrize("line", [TRIAGE, CLEARANCE, FLARE])
def test_a_line_with_days_of_the_calendar_is_read(line: dict[str, Any]) -> None:
    assert read_block(text(line) + b"\n") == [read_line(text(line))]


@pytest.mark.parametrize("line", LINES)
def test_a_line_with_a_day_out_of_reach_is_none(line: dict[str, Any], world: World) -> None:
    with pytest.raises(LineError, match=r"no calendar has|out of reach"):
        read_line(text(line))
    assert read_block(text(line) + b"\n") is None
    world.folder.mkdir(mode=0o700)
    world.journal_file.write_bytes(text(line) + b"\n")
    for command in (
        [],
        ["list"],
        ["session", "--show"],
        ["report", "--json"],
        ["export", "--format", "fhir"],
    ):
        world.run(*command, expect=4)
    assert "line 1" in world.run("doctor", expect=4).out


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+00:00", "0001-01-01T05:00:00+23:59", "1500-01-01T08:00+01:00"]
)
def test_a_table_brings_no_moment_out_of_reach(world: World, tmp_path: Path, at: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"at,score\n{at},4\n")
    assert f"'{at}' is out of reach" in world.run("import", str(table), expect=4).err
    assert not world.records
