"""What an import did, in words: what came, what was here, what changed by it, and how to take it back."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from backmove.core.bringing import CORRECTIONS
from backmove.core.brought import ANSWERS, Brought
from backmove.core.notice import Notice
from backmove.term.answer_view import notice_json
from backmove.term.clean import one_line
from backmove.term.page import Page

SHOWN: Final = 20
"""Lines of a list on one screen; ``--json`` has all."""

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "pain": ("pain entry", "pain entries"),
    "walk": ("walk", "walks"),
    "flare": ("word about a flare-up", "words about flare-ups"),
    "session": ("session", "sessions"),
    "done": ("report of a session", "reports of sessions"),
    "triage": ("set of safety answers", "sets of safety answers"),
    "clearance": ("word of a clinician", "words of clinicians"),
    "check": ("daily check", "daily checks"),
    "checkin": ("look back", "looks back"),
    "profile": ("change of the profile", "changes of the profile"),
    "refusal": ("session that was not given", "sessions that were not given"),
    "exposure": ("try of a feared move", "tries of feared moves"),
    "direction": ("self-test of bending and arching", "self-tests of bending and arching"),
    "exclude": ("word about leaving out an exercise", "words about leaving out exercises"),
    "barrier": ("word about what got in the way", "words about what got in the way"),
    "guide": ("step of a guided session", "steps of guided sessions"),
    "plan": ("word about a physiotherapist's plan", "words about a physiotherapist's plan"),
    "another": ("wish for another session", "wishes for another session"),
    "seal": ("note of what was set aside", "notes of what was set aside"),
    "import": ("note of an import", "notes of imports"),
}


def brought_page(
    found: Brought, copy: Path | None, notices: Sequence[Notice], *, dry: bool, width: int, plain: bool
) -> Page:
    """The whole answer. ``copy``: where the journal as it was is kept."""
    page = Page(width, plain)
    name = one_line(found.source.name)
    _first(page, found, name, dry=dry)
    _same(page, found)
    _corrections(page, found, dry=dry)
    _lists(page, found)
    if found.torn:
        size = _count(found.torn, "byte", "bytes")
        page.prose(
            f"The last line of {name} was cut short ({size}). It never was a whole entry and is not taken."
        )
    if dry:
        page.line("Nothing was changed (--dry-run).", "strong")
        return page
    if copy is not None:
        page.prose(f"Your journal as it was: {one_line(str(copy))}", hang=2)
    if found.anything:
        page.command("To take it all back:", "backmove undo")
    for notice in notices:
        page.prose(notice.text, style="warn")
    return page


def _first(page: Page, found: Brought, name: str, *, dry: bool) -> None:
    if not found.held:
        page.prose(f"{name} holds no entry. Nothing was added.", style="strong")
        return
    if found.added:
        kinds = kinds_in_words(found.kinds)
        would = "Would come in" if dry else "Brought in"
        page.prose(f"{would} from {name}: {_entries(len(found.added))} ({kinds}).", style="strong")
    if found.again:
        would = "Would come back" if dry else "Back again"
        page.prose(f"{would}: {_entries(found.again)} of an import that was taken back.", style="strong")
    if not found.anything:
        all_of_it = found.same == found.held and not found.still_gone
        here = f": all {_entries(found.held)} are here already" if all_of_it and found.held > 1 else ""
        here = ": its one entry is here already" if all_of_it and found.held == 1 else here
        page.prose(f"Nothing was added from {name}{here}.", style="strong")


def _same(page: Page, found: Brought) -> None:
    if found.same and (found.anything or found.same < found.held or found.still_gone):
        page.prose(f"Here already: {_entries(found.same)}.")
    if found.still_gone:
        page.prose(f"Taken back here earlier, so not added: {_entries(found.still_gone)}.")
    if found.silent:
        page.prose(f"Passed over: {_count(found.silent, 'row', 'rows')} with neither pain nor minutes.")
    if found.refused:
        kinds = kinds_in_words(found.refused)
        page.prose(f"Not in reach of a table: {kinds}. An export as JSON brings all.")
    if found.unused:
        page.prose(f"Columns not used: {', '.join(map(one_line, found.unused))}.")


def _corrections(page: Page, found: Brought, *, dry: bool) -> None:
    if found.loses:
        verb = "would be" if dry else "is" if len(found.loses) == 1 else "are"
        page.prose(f"Corrections in it: {_entries(len(found.loses))} of yours {verb} taken back by them.")
    if found.precautions:
        tags = ", ".join(map(one_line, found.precautions))
        page.prose(f"Precautions of both sides are kept. Joined to the profile: {tags}.")
    if any(found.kinds.get(kind) for kind in ANSWERS) and not dry:
        page.prose(
            "Answers to the safety questions came with it. They can lock sessions, also after an undo."
        )


def _lists(page: Page, found: Brought) -> None:
    if found.changed:
        page.prose(
            f"Changed: {_count(len(found.changed), 'id', 'ids')} stood for two contents. Both are kept:"
        )
        for one in found.changed[:SHOWN]:
            mine = "yours" if one.kept else "the one that came"
            page.line(f"  {one_line(one.id)}: {mine}; the other is now {one_line(one.other)}")
        _more(page, len(found.changed))
    if found.differ:
        rows = _count(len(found.differ), "row", "rows")
        page.prose(
            f"Changed: {rows} with other values than here. Yours stay; to change one:  backmove edit ID"
        )
        for line, name in found.differ[:SHOWN]:
            page.line(f"  line {line}: {one_line(name)}")
        _more(page, len(found.differ))


def _more(page: Page, number: int) -> None:
    if number > SHOWN:
        page.line(f"  and {number - SHOWN:,} more; all of them with --json")


def brought_json(
    found: Brought, copy: Path | None, notices: Sequence[Notice], *, dry: bool
) -> dict[str, Any]:
    """The answer for scripts."""
    refused = sum(found.refused.values())
    changed: list[dict[str, Any]] = [{"id": c.id, "other": c.other, "kept": c.kept} for c in found.changed]
    changed += [{"id": name, "line": line, "kept": True} for line, name in found.differ]
    return {
        "file": found.source.name,
        "format": found.source.format,
        "dry_run": dry,
        "counts": {
            "added": len(found.added),
            "same": found.same,
            "changed": len(changed),
            "refused": refused,
            "brought_back": found.again,
            "taken_back_earlier": found.still_gone,
            "passed_over": found.silent,
        },
        "kinds": dict(found.kinds),
        "added": list(found.added),
        "changed": changed,
        "refused": dict(found.refused),
        "taken_back": list(found.loses),
        "precautions": list(found.precautions),
        "columns_not_used": list(found.unused),
        "torn_bytes": found.torn,
        "copy": None if copy is None else str(copy),
        "notices": notice_json(notices),
    }


# --- copies beside the journal ------------------------------------------------------------------------------


def copies_page(found: Sequence[tuple[Path, Brought | str]], *, width: int, plain: bool) -> Page:
    """Which copies wait, with the command for each."""
    page = Page(width, plain)
    if not found:
        page.prose("No copy of the journal lies beside it. To merge another one, name it:")
        page.line("  backmove merge FILE")
    for path, what in found:
        name = one_line(path.name)
        if isinstance(what, str):
            why = one_line(what)
            page.prose(why if why.startswith(name) else f"{name}: {why}", hang=2)
        elif what.anything:
            number = len(what.added) + what.again
            page.prose(f"{name}: {_entries(number)} that {'is' if number == 1 else 'are'} not here.", hang=2)
            page.line(f"  backmove merge {shlex.quote(one_line(str(path)))}", "strong")
        else:
            page.prose(f"{name}: all of it is here. You may put it away.", hang=2)
    return page


def copies_json(found: Sequence[tuple[Path, Brought | str]]) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "copies": [
            {"file": str(path), "problem": what}
            if isinstance(what, str)
            else {"file": str(path), "new": len(what.added) + what.again, "problem": None}
            for path, what in found
        ]
    }


def copies_line(paths: Sequence[Path]) -> str:
    """One line for other commands: that there are copies, and what to type."""
    what = "A copy" if len(paths) == 1 else f"{len(paths)} copies"
    return f"{what} of your journal lie{'s' if len(paths) == 1 else ''} beside it. Look:  backmove merge"


def kinds_in_words(kinds: Mapping[str, int]) -> str:
    """``2 pain entries, 1 walk, 1 correction``: the most frequent first, corrections last."""
    own = {kind: number for kind, number in kinds.items() if kind not in CORRECTIONS}
    words = [
        _count(number, *_KINDS[kind]) if kind in _KINDS else f"{number:,} {one_line(kind)}"
        for kind, number in sorted(own.items(), key=lambda item: (-item[1], item[0]))
    ]
    corrections = sum(kinds.values()) - sum(own.values())
    return ", ".join([*words, _count(corrections, "correction", "corrections")] if corrections else words)


def _entries(number: int) -> str:
    return _count(number, "entry", "entries")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
