"""What the doctor says about the journal, and how to mend it by hand without losing a line."""

import shlex
from pathlib import PurePath
from typing import Final

from backmove.core.examination import ClockJump, Examination
from backmove.core.surroundings import Surroundings
from backmove.term.page import Page

SHOWN: Final = 50
"""Bad lines on one screen; ``--json`` has them all."""
_JUMPS: Final = 5
_FEW: Final = 3


def examination_page(
    found: Examination, around: Surroundings, rules: str, *, width: int, plain: bool
) -> Page:
    """The whole answer. ``width`` in columns; ``rules``: the version of the safety questions."""
    page = Page(width, plain)
    page.line("Your journal", "head")
    page.line(found.path)
    if not found.exists:
        page.line("There is none yet. The first entry makes it.")
        _around(page, around)
        return page
    _contents(page, found, rules)
    page.blank()
    if found.intact:
        page.line("Intact: every line can be read, and no entry stands twice.", "strong")
    _bad_lines(page, found)
    _newer_lines(page, found)
    _puzzles(page, found)
    _duplicates(page, found)
    _tail(page, found)
    _set_aside(page, found)
    _clock(page, found.clock_jumps)
    _around(page, around)
    return page


def _contents(page: Page, found: Examination, rules: str) -> None:
    versions = ", ".join(f"version {version}" for version in sorted(found.versions))
    counts = [
        count(found.records, "entry", "entries"),
        count(found.lines, "line"),
        count(found.size, "byte"),
    ]
    counts += [versions] if versions else []
    page.prose(", ".join([*counts, f"safety questions of version {rules}"]))
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
    page.line(f"{count(len(bad), 'line')} cannot be read.", "warn")
    page.prose("Nothing was changed. Until this is mended, nothing can be added and no session is given.")
    page.blank()
    for line in bad[:SHOWN]:
        page.prose(f"line {line.number}: {line.what}", indent=2, hang=2)
    if len(bad) > SHOWN:
        page.prose(f"and {len(bad) - SHOWN:,} more; all of them:  backmove doctor --json", indent=2)
    page.blank()
    page.line("To mend it and lose nothing", "head")
    if found.bad_lines == tuple(bad):
        page.prose("Let backmove set these lines aside, in a file that is kept:")
        page.line("  backmove doctor --fix --dry-run    (what it would do)")
        page.line("  backmove doctor --fix")
        page.prose("Or, if you can put a line right, do it by hand:")
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
    page.line(f"{count(len(newer), 'line')} written by a newer backmove.", "warn")
    page.prose(f"The first is line {newer[0].number}: {newer[0].what}.")
    page.prose("Bring backmove up to date. Leave the lines as they are.")


def _puzzles(page: Page, found: Examination) -> None:
    if not found.puzzles:
        return
    page.blank()
    page.line(f"{count(len(found.puzzles), 'line')} that this backmove does not understand.", "warn")
    for line in found.puzzles[:SHOWN]:
        page.prose(f"line {line.number}: {line.what}", indent=2, hang=2)
    page.prose(
        "Until this is mended, no session is given. Was it written by another version? Then bring backmove up to "
        "date. Was it changed by hand? Then put right what is named above."
    )


def _duplicates(page: Page, found: Examination) -> None:
    if not found.duplicate_ids:
        return
    page.blank()
    page.line(f"{count(len(found.duplicate_ids), 'id')} used more than once.", "warn")
    for name, numbers in list(found.duplicate_ids.items())[:SHOWN]:
        page.prose(f"{printable(name)}: lines {', '.join(map(str, numbers))}", indent=2, hang=2)
    if len(found.duplicate_ids) > SHOWN:
        page.prose(
            f"and {len(found.duplicate_ids) - SHOWN:,} more; all of them:  backmove doctor --json", indent=2
        )
    page.prose("Only the first line of an id counts. Set the later ones aside, in a file that is kept:")
    page.line("  backmove doctor --fix")
    page.prose("Or, to keep a later line that says something else, do it by hand:")
    _keep_a_copy(page, found)
    page.prose("Where the lines are the same, take out all but the first.", bullet="2. ")
    page.prose("Where they differ, give the later one an id of its own: 12 signs, 0-9 and a-z.", bullet="3. ")


def _tail(page: Page, found: Examination) -> None:
    if not found.torn_bytes:
        return
    page.blank()
    page.line(f"The last line was cut short, as after a crash ({count(found.torn_bytes, 'byte')}).", "warn")
    page.prose(
        "It was never a whole entry and does not count. There is nothing to do: the next entry keeps its bytes "
        "in a file beside the journal and goes on."
    )


def _set_aside(page: Page, found: Examination) -> None:
    if not found.set_aside:
        return
    page.blank()
    page.line("Kept beside the journal", "head")
    for name in found.set_aside:
        page.line(f"  {printable(name)}")
    page.prose("These hold half lines, and lines that could not be read. Look there if you miss an entry.")


def _clock(page: Page, jumps: tuple[ClockJump, ...]) -> None:
    if not jumps:
        return
    page.blank()
    page.line(f"The clock was set back {count(len(jumps), 'time')}.", "strong")
    for jump in jumps[:_JUMPS]:
        page.prose(f"line {jump.number}: by {_span(jump.seconds)}", indent=2, hang=2)
    if len(jumps) > _JUMPS:
        page.prose(f"and {len(jumps) - _JUMPS:,} more; all of them:  backmove doctor --json", indent=2)
    page.prose("That does no harm: entries count in the order in which they were written.")


def _around(page: Page, around: Surroundings) -> None:
    """Warnings; with none of them one line with the modes."""
    warnings = _warnings(around)
    if around.file_mode:
        page.blank()
        modes = f"Folder {around.folder_mode}, journal {around.file_mode}"
        page.line(modes + ("" if around.open_to_others else ": only you can read them") + ".", "dim")
    for title, text, command in warnings:
        page.blank()
        page.line(title, "warn")
        page.prose(text)
        if command:
            page.line(f"  {command}")


def _warnings(around: Surroundings) -> list[tuple[str, str, str]]:
    """What is wrong, what it means, and the command that helps."""
    rows = (
        (
            bool(around.open_to_others),
            "Other people of this computer may look in.",
            f"{_names(around.open_to_others)}. To close it:",
            "backmove doctor --fix",
        ),
        (
            around.folder_mode[-2:] not in ("", "00") and not around.open_to_others,
            "Other people of this computer may look into the folder.",
            "Other things are in it, so backmove leaves its rights alone. A folder of its own is better.",
            "",
        ),
        (
            around.sync is not None,
            f"The folder is copied by {around.sync}.",
            "Write on one computer at a time. Two that write at once give two journals. To bring them together:",
            "backmove merge",
        ),
        (
            around.far_disk is not None,
            f"The journal is on a disk of another computer ({around.far_disk}).",
            "There a lock may not hold. Write from one computer at a time.",
            "",
        ),
        (
            bool(around.copies),
            "There is what looks like a second journal.",
            f"{_names(around.copies)}. Entries in it do not count here. To bring it in:",
            "backmove merge FILE",
        ),
        (
            around.lock == "held",
            "Another backmove is writing at this moment.",
            "It is done when that one ends.",
            "",
        ),
        (
            around.cache == "broken",
            "A file of the cache is not whole.",
            "It does no harm: it is not used. To make it anew:",
            "backmove doctor --fix",
        ),
    )
    return [(title, text, command) for holds, title, text, command in rows if holds]


def _names(names: tuple[str, ...]) -> str:
    shown = [printable(name) for name in names[:_FEW]]
    return ", ".join([*shown, f"and {len(names) - _FEW:,} more"] if len(names) > _FEW else shown)


def _span(seconds: int) -> str:
    for size, word in ((86_400, "day"), (3_600, "hour")):
        if seconds >= size:
            return f"about {count(round(seconds / size), word)}"
    return count(max(1, round(seconds / 60)), "minute")


def _keep_a_copy(page: Page, found: Examination) -> None:
    path = PurePath(found.path)
    copy = path.with_name(f"{path.stem}.copy{path.suffix}")
    page.line(f"1. Keep a copy first:  cp {shlex.quote(str(path))} {shlex.quote(str(copy))}")


def count(number: int, one: str, many: str = "") -> str:
    """The number with its word; without ``many`` an s is added for more than one."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def printable(text: str) -> str:
    """Without anything that could steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
