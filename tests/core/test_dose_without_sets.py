"""A stored dose of no sets, as no session of ours has one: it is told, and stops nothing."""

import json

import pytest

from backmove.core.changes import dose_said
from backmove.core.record import GivenDose
from backmove.term.dose_words import dose_words
from conftest import World
from guided import CALM, opened


@pytest.mark.parametrize("kind", ["reps", "holds", "stretch", "pyramid"])
def test_a_dose_without_sets_has_words(kind: str) -> None:
    assert dose_said(GivenDose(kind=kind)) == "no sets"
    assert "0" in dose_words(kind, counts=(), hold_s=8)


def test_a_journal_with_a_dose_without_sets_is_gone_on_with(world: World) -> None:
    opened(world)
    world.run("session", "--minutes", "5", "--answers", "-", stdin=CALM)
    world.run("done", "--effort", "4")
    lines = world.journal_file.read_text().splitlines()
    for number, line in enumerate(lines):
        record = json.loads(line)
        for item in record.get("items", ()):
            item["dose"]["counts"] = []
        lines[number] = json.dumps(record)
    world.journal_file.write_text("\n".join(lines) + "\n")
    world.sleep_days(2)
    assert world.run("session", "--minutes", "5", "--answers", "-", "--json", stdin=CALM).data["items"]
    for command in ("list", "progress", "report"):
        world.run(command, *(["--json"] if command == "report" else []))
