"""What ``doctor --fix`` has done, thing by thing, and what comes next."""

from pathlib import PurePath
from typing import Any

from msgspec import Struct

from backmove.core.mending import Mending
from backmove.term.doctor_view import SHOWN, count, printable
from backmove.term.page import Page


class Fixed(Struct, frozen=True):
    """What ``doctor --fix`` did, or with ``dry_run`` would do. Names are paths; None where nothing had to be kept."""

    journal: str
    plan: Mending
    copy: str | None = None
    aside: str | None = None
    torn: str | None = None
    closed: tuple[str, ...] = ()
    caches: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def anything(self) -> bool:
        """Whether there was anything to mend."""
        return bool(self.plan.needed or self.closed or self.caches)

    def as_json(self) -> dict[str, Any]:
        """``data`` of ``doctor --fix --json``."""
        return {
            "dry_run": self.dry_run,
            "changed": self.anything and not self.dry_run,
            "lines": [{"number": one.number, "why": one.why, "copy": one.copy} for one in self.plan.aside],
            "torn_bytes": len(self.plan.torn),
            "copy": self.copy,
            "set_aside": self.aside,
            "torn": self.torn,
            "closed_to_others": list(self.closed),
            "caches": list(self.caches),
            "triage_next": bool(self.plan.blind),
        }


def fixed_page(fixed: Fixed, *, width: int, plain: bool) -> Page:
    """Each thing that was done, and what comes next."""
    page = Page(width, plain)
    page.line(fixed.journal)
    if not fixed.anything:
        page.line("There is nothing to mend.", "strong")
        return page
    page.line("This is what would be done. Nothing was changed." if fixed.dry_run else "Mended.", "strong")
    _lines_aside(page, fixed)
    if fixed.plan.torn:
        _kept(page, f"The half line at the end ({count(len(fixed.plan.torn), 'byte')})", fixed.torn)
    if fixed.plan.needed:
        _kept(page, "The journal as it was", fixed.copy)
    for place in fixed.closed:
        _with_name(page, f"Only you can read this {'then' if fixed.dry_run else 'now'}:", place)
    for file in fixed.caches:
        _with_name(page, "A file of the cache goes; it is made anew when needed:", file)
    if fixed.plan.blind:
        page.blank()
        page.prose(
            "A line that was set aside may have held a warning. So the safety questions come first again:"
        )
        page.line("  backmove triage")
    if fixed.dry_run:
        page.blank()
        page.command("To do it:", "backmove doctor --fix")
    return page


def _lines_aside(page: Page, fixed: Fixed) -> None:
    if not fixed.plan.aside:
        return
    number = len(fixed.plan.aside)
    _kept(page, f"{count(number, 'line')}, as written", fixed.aside)
    for one in fixed.plan.aside[:SHOWN]:
        page.prose(f"line {one.number}: {printable(one.why)}", indent=4, hang=2)
    if number > SHOWN:
        page.prose(f"and {number - SHOWN:,} more", indent=4)


def _kept(page: Page, what: str, name: str | None) -> None:
    if name is None:
        page.prose(f"{what}: would go to a file that is kept.", bullet="- ")
    else:
        _with_name(page, f"{what}: kept in", PurePath(name).name)


def _with_name(page: Page, words: str, name: str) -> None:
    """A name is never broken in two: it can be copied."""
    page.prose(words, bullet="- ")
    page.line(f"  {printable(name)}")
