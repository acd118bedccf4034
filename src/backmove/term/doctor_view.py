"""What the doctor says about the journal, and how to mend it by hand without losing a line."""

import shlex
from pathlib import PurePath
from typing import Final

from backmove.core.lines import Examination
from backmove.term.page import Page

SHOWN: Final = 50
"""Bad lines on one screen; ``--json`` has them all."""


def examination_page(found: Examination, *, width: int, plain: bool) -> Page:
    """The whole answer. ``width`` in columns."""
    page = Page(width, plain)
    page.line("Your journal", "head")
    page.line(found.path)
    if not found.exists:
        page.line("There is none yet. The first entry makes it.")
        return page
    _contents(page, found)
    page.blank()
    if found.intact:
        page.line("Intact: every line can be read, and no entry stands twice.", "strong")
    _bad_lines(page, found)
    _newer_lines(page, found)
    _duplicates(page, found)
    _tail(page, found)
    _set_aside(page, found)
    return page


def _contents(page: Page, found: Examination) -> None:
    versions = ", ".join(f"version {version}" for version in sorted(found.versions))
    counts = [
        _count(found.records, "entry", "entries"),
        _count(found.lines, "line"),
        _count(found.size, "byte"),
    ]
    page.prose(", ".join([*counts, versions] if versions else counts))
    kinds = [f"{name}: {number:,}" for name, number in sorted(found.kinds.items())]
    if page.plain:
        for kind in kinds:
            page.line(kind)
    elif kinds:
        page.prose(" · ".join(kinds), style="dim")


def _bad_lines(page: Page, found: Examination) -> None:
    bad = [line for line in found.bad_lines if not line.newer]
    if not bad:
        return
    page.line(f"{_count(len(bad), 'line')} cannot be read.", "warn")
    page.prose("Nothing was changed. Until this is mended, nothing can be added and no session is given.")
    page.blank()
    for line in bad[:SHOWN]:
        page.prose(f"line {line.number}: {line.what}", indent=2, hang=2)
    if len(bad) > SHOWN:
        page.prose(f"and {len(bad) - SHOWN:,} more; all of them:  backmove doctor --json", indent=2)
    page.blank()
    page.line("To mend it and lose nothing", "head")
    _keep_a_copy(page, found)
    page.prose("Open the journal in a plain text editor and go to the line.", bullet="2. ")
    page.prose("Put right what is named above. Save it as UTF-8 text.", bullet="3. ")
    page.prose(
        "If you cannot put a line right, cut it out whole and paste it in a new file beside the journal. "
        "Keep that file.",
        bullet="4. ",
    )
    page.prose(
        "A line that was cut out no longer counts, and it may have held a warning. So answer the questions "
        "again:  backmove triage",
        bullet="5. ",
    )
    page.prose("Look again:  backmove doctor", bullet="6. ")


def _newer_lines(page: Page, found: Examination) -> None:
    newer = [line for line in found.bad_lines if line.newer]
    if not newer:
        return
    page.blank()
    page.line(f"{_count(len(newer), 'line')} written by a newer backmove.", "warn")
    page.prose(f"The first is line {newer[0].number}: {newer[0].what}.")
    page.prose("Bring backmove up to date. Leave the lines as they are.")


def _duplicates(page: Page, found: Examination) -> None:
    if not found.duplicate_ids:
        return
    page.blank()
    page.line(f"{_count(len(found.duplicate_ids), 'id')} used more than once.", "warn")
    for name, numbers in list(found.duplicate_ids.items())[:SHOWN]:
        page.prose(f"{_printable(name)}: lines {', '.join(map(str, numbers))}", indent=2, hang=2)
    if len(found.duplicate_ids) > SHOWN:
        page.prose(
            f"and {len(found.duplicate_ids) - SHOWN:,} more; all of them:  backmove doctor --json", indent=2
        )
    _keep_a_copy(page, found)
    page.prose("Where the lines are the same, take out all but the first.", bullet="2. ")
    page.prose("Where they differ, give the later one an id of its own: 12 signs, 0-9 and a-z.", bullet="3. ")


def _tail(page: Page, found: Examination) -> None:
    if not found.torn_bytes:
        return
    page.blank()
    page.line(f"The last line was cut short, as after a crash ({_count(found.torn_bytes, 'byte')}).", "warn")
    page.prose(
        "It was never a whole entry and does not count. There is nothing to do: the next entry keeps its bytes "
        "in a file beside the journal and goes on."
    )


def _set_aside(page: Page, found: Examination) -> None:
    if not found.set_aside:
        return
    page.blank()
    page.line("Kept from earlier crashes", "head")
    for name in found.set_aside:
        page.line(f"  {_printable(name)}")
    page.prose("Each holds half a line that was never a whole entry. Look there if you miss one.")


def _keep_a_copy(page: Page, found: Examination) -> None:
    path = PurePath(found.path)
    copy = path.with_name(f"{path.stem}.copy{path.suffix}")
    page.line(f"1. Keep a copy first:  cp {shlex.quote(str(path))} {shlex.quote(str(copy))}")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
