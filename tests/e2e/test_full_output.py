"""Standard output that takes no more (a full disk behind ``>``) is an expected failure, never a fault of ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@pytest.mark.parametrize(
    "words", ["", "--version", "list --json", "learn", "progress", "progress --json", "path", "export"]
)
def test_output_that_takes_no_more_is_told_and_ends_with_1(words: str, tmp_path: Path) -> None:
    env = os.environ | {"BACKMOVE_DIR": str(tmp_path / "backmove")}
    command = [sys.executable, "-m", "backmove", *words.split()]
    with FULL.open("w") as out:
        ended = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, env=env, text=True, timeout=60, check=False
        )
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr.startswith("backmove: ") and ended.stderr.count("\n") == 1, ended.stderr
