"""The real program, killed or refused at calls that touch its folder (bench/faults); all is in ``docs/faults.md``.

The ordinary run strikes with functions in front of the system's, which needs nothing installed; where strace is, a test
holds the two against each other. Every promise of the judge was seen to be broken by what breaks it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from backmove.cli.app import COMMANDS as NAMES  # noqa: E402
from campaign import SMALL  # noqa: E402
from faults.campaign import FAULTS, Campaign, Row, known, mounts_work  # noqa: E402
from faults.commands import COMMANDS, Command  # noqa: E402
from faults.engines import Job, Shim, Strace  # noqa: E402
from faults.judge import Reference, gate, judged, kind  # noqa: E402
from faults.page import page  # noqa: E402
from faults.program import Ended, Program  # noqa: E402
from faults.stage import JOURNAL, Stage, lines_of, placed, tail_of  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc, flock and signals")

BY_TITLE = {command.title: command for command in COMMANDS}
READS = {"walk", "list", "progress", "path", "learn"}
"""Commands that write nothing."""
DISKS = [fault for fault in FAULTS if mounts_work() or fault not in ("full disk", "read-only")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(Program(), tmp_path_factory.mktemp("stage"))


def wrong(row: Row) -> list[str]:
    return [words for cell in row.cells.values() for words in cell.wrong]


def test_every_command_that_writes_is_struck() -> None:
    there, _ = known(COMMANDS, list(NAMES))
    assert {command.args[0] for command in there} == set(NAMES) - READS


def test_a_quick_entry_survives_a_kill_at_every_call(stage: Stage) -> None:
    row = Campaign(stage, Shim()).row(BY_TITLE["log, at once"], ["killed", "short, killed"])
    assert row.cells["killed"].runs == row.calls >= 6
    assert wrong(row) == []


def test_an_emergency_locks_whenever_the_program_dies(stage: Stage) -> None:
    row = Campaign(stage, Shim(), every=3).row(BY_TITLE["triage, emergency"], ["killed"])
    assert row.cells["killed"].runs >= 2
    assert wrong(row) == []


def test_mending_survives_kills_and_refusals(stage: Stage) -> None:
    row = Campaign(stage, Shim(), every=8).row(BY_TITLE["doctor --fix"], ["killed", "no space"])
    assert row.cells["killed"].runs >= 3
    assert wrong(row) == []


@pytest.mark.skipif(not Strace.works(), reason="no strace here")
def test_the_shim_sees_what_the_kernel_sees(stage: Stage) -> None:
    command = BY_TITLE["log, the first"]
    seen = []
    for engine in (Shim(), Strace()):
        folder = stage.before(command)
        calls, ended = engine.watch(Job(stage.program, folder, command.args, ""))
        assert ended.code == 0
        seen.append([call[:2] for call in calls])
    assert seen[0] == seen[1]
    assert ("fsync", "journal.jsonl") in seen[0]


@pytest.mark.long
@pytest.mark.parametrize("command", [c for c in COMMANDS if not (SMALL and c.keys)], ids=lambda c: c.title)
def test_every_command_survives_every_fault(command: Command, stage: Stage) -> None:
    """The small size strikes a call or two of each."""
    faults = ["killed"] if SMALL else DISKS
    row = Campaign(stage, Shim(), every=20 if SMALL else 1).row(command, faults)
    assert row.cells["killed"].runs
    assert wrong(row) == []


# --- the judge sees what it should see ----------------------------------------------------------------------


@pytest.fixture
def lived(stage: Stage) -> Iterator[tuple[Stage, Reference, Path]]:
    """After an emergency that was written down, with nothing wrong."""
    command = BY_TITLE["triage, emergency"]
    start = stage.before(command)
    folder = stage.copy(start)
    before = lines_of(folder)
    ended = stage.program.ask(folder, placed(command.args, folder), command.step[1])
    new = lines_of(folder)[len(before) :]
    assert gate(stage, start) == 0
    yield stage, Reference(command, start, [], ended, before, b"", [kind(line) for line in new], new), folder


def test_nothing_is_wrong_when_nothing_is(lived: tuple[Stage, Reference, Path]) -> None:
    stage, reference, folder = lived
    assert judged(stage, reference, folder, reference.ended) == []


def test_the_judge_sees_a_lost_line_an_open_gate_and_a_fault_of_ours(
    lived: tuple[Stage, Reference, Path],
) -> None:
    stage, reference, folder = lived
    journal = folder / JOURNAL
    whole = journal.read_bytes()

    def found(data: bytes, ended: Ended = reference.ended) -> set[str]:
        journal.write_bytes(data)
        return {one.what for one in judged(stage, reference, folder, ended)}

    assert found(b"\n".join(whole.split(b"\n")[1:])) == {"lost"}
    assert found(b"".join(line + b"\n" for line in reference.before)) == {"lost"}
    opened = whole.replace(b'"EMERGENCY"', b'"SELF_CARE"').replace(b'"emergency"', b'"finished"')
    opened = opened.replace(
        b'"complete":false', b'"complete":true,"unlocked":true,"valid_until":"2099-01-01"'
    )
    assert found(opened) == {"open"}
    assert "unread" in found(whole + b"oops\n")
    assert "words" in found(whole, Ended(3, "", "a fault of ours"))
    assert "words" in found(whole, Ended(1, "", "it is full"))


def test_the_judge_sees_a_torn_tail_that_was_thrown_away(stage: Stage) -> None:
    command = BY_TITLE["log --walk"]
    start = stage.before(command, torn=True)
    folder = stage.copy(start)
    before, tail = lines_of(folder), tail_of(folder)
    ended = stage.program.ask(folder, command.args)
    new = lines_of(folder)[len(before) :]
    reference = Reference(command, start, [], ended, before, tail, [kind(line) for line in new], new)
    for kept in folder.glob("journal.torn-*"):
        kept.unlink()
    assert "lost" in {one.what for one in judged(stage, reference, folder, ended)}


def test_the_page_names_its_command_and_counts(stage: Stage) -> None:
    row = Campaign(stage, Shim(), every=9).row(BY_TITLE["log --walk"], ["killed"])
    text = page([row], ["report --out"], "python bench/faults")
    assert "python bench/faults" in text
    assert "acknowledged records lost: **0**" in text
    assert "| log --walk |" in text
    assert "report --out" in text
