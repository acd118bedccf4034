"""Writes the stories of ``docs/examples``. The same program writes the same bytes.

PYTHONPATH=src python bench/stories [--out docs/examples]
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    from stories.consultation import RUTH, consultation_story
    from stories.people import PEOPLE
    from stories.telling import story
    from stories.therapist import NAME, plan_story

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--out", type=Path, default=ROOT.parent / "docs" / "examples")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for person in PEOPLE:
        chosen.out.joinpath(f"{person.name}.md").write_text(story(person), encoding="utf-8")
    chosen.out.joinpath(f"{NAME}.md").write_text(plan_story(), encoding="utf-8")
    chosen.out.joinpath(f"{RUTH.name}.md").write_text(consultation_story(), encoding="utf-8")


if __name__ == "__main__":
    main()
