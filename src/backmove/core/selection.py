"""Which entries a list shows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from backmove.core.record import KINDS, AnyRecord, kind_of
from backmove.core.typed import choice
from backmove.errors import UsageProblem

LISTED: Final = tuple(kind for kind in KINDS if kind not in ("amend", "retract"))
"""Kinds that stand in a list; corrections show in the entries that they correct."""


class Selection(Struct, frozen=True):
    """Days from ``since`` to ``until``, both included; the last ``count`` of them; one kind. None does not
    narrow."""

    since: date | None = None
    until: date | None = None
    kind: str | None = None
    count: int | None = None

    def of(self, entries: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
        """The entries that fit, by the time they tell of, newest last."""
        first = self.since.isoformat() if self.since else ""
        last = self.until.isoformat() if self.until else "9999-12-31"
        found = [r for r in entries if first <= r.day <= last and self.kind in (None, kind_of(r))]
        found.sort(key=lambda r: datetime.fromisoformat(r.at))
        return tuple(found if self.count is None else found[-self.count :])


def selection(
    *, since: date | None, until: date | None, on: date | None, kind: str | None, count: int | None
) -> Selection:
    """The selection that was typed. Raises UsageProblem where it contradicts itself."""
    if on is not None and (since or until):
        raise UsageProblem("--on names one day; leave out --from and --to.")
    if since and until and since > until:
        raise UsageProblem(f"--from {since} is later than --to {until}.")
    if kind is not None:
        choice("--kind", kind, LISTED)
    return Selection(since=on or since, until=on or until, kind=kind, count=count)
