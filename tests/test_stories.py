"""The stories of ``docs/examples`` are what the program says today."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from stories.people import PEOPLE  # noqa: E402
from stories.person import Person  # noqa: E402
from stories.telling import story  # noqa: E402
from stories.therapist import NAME, plan_story  # noqa: E402


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_a_story_is_what_the_program_says(person: Person) -> None:
    told = ROOT / "docs" / "examples" / f"{person.name}.md"
    assert told.read_text(encoding="utf-8") == story(person), "make them anew: python bench/stories"


def test_the_story_of_a_plan_is_what_the_program_says() -> None:
    told = ROOT / "docs" / "examples" / f"{NAME}.md"
    assert told.read_text(encoding="utf-8") == plan_story(), "make it anew: python bench/stories"
