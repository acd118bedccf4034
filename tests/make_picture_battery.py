"""Writes the recorded pictures, ``tests/data/pictures.jsonl``.

    PYTHONPATH=src:tests:tests/figures python tests/make_picture_battery.py

Run it only when a figure or the way it is drawn was changed on purpose, and look at the pictures that changed.
"""

import json
import sys

from posed import figures

from picture_battery import PICTURES, recorded_picture


def main() -> None:
    lines = [
        json.dumps(recorded_picture(figure), ensure_ascii=False) for _, figure in sorted(figures().items())
    ]
    PICTURES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} lines in {PICTURES}\n")


if __name__ == "__main__":
    main()
