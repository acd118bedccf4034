"""The page for a consultation in ``docs/examples`` is what the program prints today."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from stories.consultation import RUTH, consultation_story  # noqa: E402

pytestmark = pytest.mark.long


def test_the_story_of_the_page_is_what_the_program_says() -> None:
    told = ROOT / "docs" / "examples" / f"{RUTH.name}.md"
    assert told.read_text(encoding="utf-8") == consultation_story(), "make it anew: python bench/stories"
