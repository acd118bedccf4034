"""What a program that a test starts finds around it: its folder, our source, and one zone for every clock.

A day of backmove turns at 03:00. A test that lives by the real clock, with programs in two zones or in the
minute of the turn, would lie on two days. So all of them live in one zone, and there it is about noon.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
ZONE = f"NOON{datetime.now(UTC).hour - 12:+d}"
"""As POSIX writes a zone: hours to add to reach UTC."""


def live_at_noon() -> None:
    """This process too."""
    os.environ["TZ"] = ZONE
    if hasattr(time, "tzset"):
        time.tzset()


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """The whole environment of one started program; nothing else of the machine's is in it."""
    return {
        "BACKMOVE_DIR": str(folder),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT / "src"),
        "TZ": ZONE,
    } | more
