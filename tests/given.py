"""Safety questions that were answered, and sessions that were given and reported: ``session(stamp, row("bridge"))``."""

from collections.abc import Callable, Mapping
from typing import Any

from backmove.core.record import RULES_VERSION, Done, DoneRow, GivenDose, GivenItem, Session, Triage

Stamp = Callable[..., Mapping[str, Any]]


def clear_answers(head: Mapping[str, Any], **more: Any) -> Triage:
    """Safety questions answered to the end, and nothing in the way."""
    return Triage(
        **head,
        disposition="SELF_CARE",
        result="SELF_CARE",
        ended="finished",
        complete=True,
        unlocked=True,
        rules_version=RULES_VERSION,
        **more,
    )


def row(exercise: str, bends: Any = None, *, rule: str = "", block: str = "main") -> GivenItem:
    """One row of a session."""
    return GivenItem(exercise, block, GivenDose("reps", (8,)), 60, bends=bends, rule=rule)


def session(stamp: Stamp, *rows: GivenItem, days: float = 0, zone: str = "green", pain: int = 3) -> Session:
    """A session of those rows, ``days`` after the usual Monday."""
    return Session(
        **stamp(days=days),
        zone=zone,
        stage="chronic",
        mode="normal",
        pain=pain,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=rows,
    )


def done(stamp: Stamp, given: Session, *hurt: str, days: float = 0, **said: Any) -> Done:
    """Its report; ``hurt``: ids of the rows that hurt."""
    rows = tuple(DoneRow(name, hurt=True) for name in hurt)
    return Done(**stamp(days=days), **({"session": given.id, "rows": rows} | said))
