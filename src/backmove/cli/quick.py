"""What the next ``log 4`` may know without reading the journal: found out here, used by ``quick_log``."""

import sys
from contextlib import suppress
from datetime import date, time
from os import stat_result

from backmove.cli.context import App

AFTER = ("log", "session", "done", "walk", "backmove")
"""The commands that have looked at the whole diary anyway, and come often."""
WEEK = 7


def keep_proof(app: App) -> None:
    """After a daily command, for as long as the journal stays as it is. Says nothing, and a disk that refuses is no
    error."""
    if app.command not in AFTER or "diary" not in app.__dict__ or sys.platform != "linux":
        return
    seen = app.journal.seen
    if seen is None or _still_good(app, seen[0]):
        return
    from backmove.core.wordless import wordless
    from backmove.quick_log import NONE_YET, TAIL, Proof, keep
    from backmove.store.files import make_folder

    now = app.now().replace(microsecond=0)  # entries know no more than the second
    found = wordless(app.diary, now=now, today=app.today())
    if found is None:
        return
    ends = time.fromisoformat(app.diary.profile.day_ends)
    proof = Proof.of(
        *(seen[0], seen[1][-TAIL:], int(now.timestamp()), _number(found.first), _number(found.last)),
        *(ends.hour * 60 + ends.minute, found.ceiling, NONE_YET),
    )
    with suppress(OSError):
        make_folder(app.paths.cache)
        keep(str(app.paths.cache), proof)


def _still_good(app: App, about: stat_result) -> bool:
    """Whether there is a proof of this very journal that holds for a week yet."""
    from backmove.quick_log import kept

    with suppress(OSError, ValueError):
        proof = kept(str(app.paths.cache))
        return proof.is_about(about) and proof.last - _number(app.today()) >= WEEK
    return False


def _number(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days
