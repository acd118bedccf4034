"""Writes the recorded plans, ``tests/data/plans.jsonl``.

    PYTHONPATH=src:tests python tests/make_plan_battery.py

Run it only when a choice was changed on purpose, and read the difference: every line is a session, or a week of
walking, that somebody would be given.
"""

import json
import sys

from lived import SCENES, SHIPPED
from plan_battery import PLANS, moments


def main() -> None:
    lines = [json.dumps(moment, ensure_ascii=False) for name in SCENES for moment in moments(name, SHIPPED)]
    PLANS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} lines in {PLANS}\n")


if __name__ == "__main__":
    main()
