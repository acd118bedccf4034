"""The same entries for everybody: a score, three words and one tag, every two hours back from yesterday noon."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

STEP = timedelta(hours=2)
WORDS = "worse after sitting"


def moments(count: int) -> list[datetime]:
    """So many moments, the oldest first; every one in UTC."""
    end = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return [end - STEP * back for back in range(count - 1, -1, -1)]


def scored(count: int) -> Iterator[tuple[datetime, int]]:
    """Each with its score: 2, 3, 3 and 2 again."""
    for number, moment in enumerate(moments(count)):
        yield moment, (2, 3, 3, 2)[number % 4]


def week_ago() -> str:
    """The day seven days before today."""
    return (datetime.now(UTC) - timedelta(days=7)).date().isoformat()
