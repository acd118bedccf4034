"""``session --json`` on a life of one year and of ten: sessions, reports, pain, walks, looks back."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from compare.measure import Row, always, environment
from compare.place import ROOT, Place
from compare.programs import ANSWERS

CLEAN_DAY = {"daily_check": {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}, "pain": 3}
DAILY = ("session --json", "log 3", "list -n 10", "")


def years(place: Place, root: Path) -> dict[str, Row | str]:
    rows: dict[str, Row | str] = {}
    for how_many in (1, 10):
        folder = root / f"years-{how_many}"
        folder.mkdir()
        env = {"BACKMOVE_DIR": str(folder)}
        made = [
            sys.executable,
            str(ROOT / "bench" / "long_journal.py"),
            str(folder),
            "--years",
            str(how_many),
        ]
        steps = (
            (made, ""),
            ([*place.backmove, "triage", "--answers", str(ANSWERS), "--json"], ""),
            ([*place.backmove, "session", "--answers", "-", "--json"], json.dumps(CLEAN_DAY)),
            ([*place.backmove, "session", "--json"], ""),
        )
        for command, stdin in steps:
            ended = subprocess.run(
                command, env=environment(env), input=stdin, capture_output=True, text=True, check=False
            )
            if ended.returncode:
                return {
                    f"a life of {how_many}": f"{command[-3:]} ended with {ended.returncode}: {ended.stderr[-200:]}"
                }
        for words in DAILY:
            there = folder  # what one command writes must not change what another one does
            if words.startswith("log"):
                there = Path(shutil.copytree(folder, f"{folder}-log"))
            name = f"{how_many} year{'s' if how_many > 1 else ''}: backmove {words}".rstrip()
            command = [*place.backmove, *words.split()]
            rows[name] = Row(name, always(command), {"BACKMOVE_DIR": str(there)}, there)
    return rows
