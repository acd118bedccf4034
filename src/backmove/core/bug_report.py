"""What may stand in a report to strangers: versions, counts and sizes. No text, date, path or name."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from backmove.core.examination import Examination
from backmove.core.record import KINDS, RULES_VERSION
from backmove.core.surroundings import Surroundings


def bug_report(found: Examination, around: Surroundings, versions: Mapping[str, str]) -> dict[str, Any]:
    """Flat: a name and a number or a word of ours. ``versions``: of the program and of what it stands on.

    A kind that we do not know is somebody's word, so it is counted as ``other``.
    """
    kinds: Counter[str] = Counter()
    for kind, number in found.kinds.items():
        kinds[kind if kind in KINDS else "other"] += number
    return {
        **versions,
        "rules_version": RULES_VERSION,
        "journal": "there" if found.exists else "none",
        "bytes": found.size,
        "lines": found.lines,
        "entries": found.records,
        **{f"entries_{kind}": number for kind, number in sorted(kinds.items())},
        **{f"entries_of_version_{version}": number for version, number in sorted(found.versions.items())},
        "unreadable_lines": sum(not line.newer for line in found.bad_lines),
        "newer_lines": sum(line.newer for line in found.bad_lines),
        "lines_not_understood": len(found.puzzles),
        "ids_used_again": len(found.duplicate_ids),
        "torn_bytes": found.torn_bytes,
        "clock_jumps": len(found.clock_jumps),
        "files_set_aside": len(found.set_aside),
        "old_journals_kept": len(around.backups),
        "second_journals": len(around.copies),
        "folder_mode": around.folder_mode,
        "file_mode": around.file_mode,
        "journal_is_a_link": around.link,
        "open_to_others": len(around.open_to_others),
        "copied_by": around.sync or "none",
        "far_disk": around.far_disk or "none",
        "lock": around.lock,
        "cache": around.cache,
    }
