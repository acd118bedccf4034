"""A feared row in a session that was given, and how bad it was thought to be (R-O4). Needs no library."""

from collections.abc import Sequence
from typing import Final

from backmove.core.diary import Diary
from backmove.core.record import Done, GivenItem, Session

RULE: Final = "O4"
"""The rule of a row that is there because it is feared: by it a session's exposure is known again."""


def exposed(items: Sequence[GivenItem], rows: Sequence[str] | None = None) -> GivenItem | None:
    """The row of a session that was there because it is feared; ``rows`` narrows to one ladder."""
    found = (item for item in items if item.block == "main" and item.rule == RULE)
    return next((item for item in found if rows is None or item.exercise in rows), None)


def predicted(diary: Diary, session: Session, done: Done | None) -> int | None:
    """How bad the feared row of a session would be, as it was said with the report, else before the session."""
    if done is not None and done.prediction is not None:
        return done.prediction
    item = exposed(session.items)
    said = [e for e in diary.exposures if item and (e.day, e.exercise) == (session.day, item.exercise)]
    return said[-1].prediction if said else None
