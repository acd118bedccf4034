"""``backmove report --open`` as a real process: the browser gets one address as one argument, and no shell reads it."""

import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import surroundings

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")
def test_a_name_full_of_signs_reaches_the_browser_as_one_address(tmp_path: Path) -> None:
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> "{seen}"; done\n')
    browser.chmod(0o700)
    page = tmp_path / "it's $(touch boo) & `more`; %s.html"
    ran = subprocess.run(
        [sys.executable, "-m", "backmove", "report", "--open", "--out", str(page)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=surroundings(tmp_path / "folder", BROWSER=str(browser)),
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"Written: {page}\n"
    assert seen.read_text().splitlines() == [page.as_uri()]
    assert not (tmp_path / "boo").exists()
