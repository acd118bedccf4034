"""What was seen, as a Markdown page."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from traced.judge import Seen

_COLUMNS: Final = (
    "calls",
    "network",
    "changed outside",
    "looked at outside",
    "programs started",
    "not known",
)


def page(story: Sequence[Seen], command: str, changed: Sequence[str]) -> str:
    """The whole page. ``changed``: files that are not as they were, where nothing may change."""
    return "\n".join([*_head(story, command, changed), *_table(story), *_places(story), *_wrong(story), ""])


def _head(story: Sequence[Seen], command: str, changed: Sequence[str]) -> list[str]:
    calls = sum(seen.calls for seen in story)
    return [
        "# What the kernel saw",
        "",
        f"Made by `{command}`: a story of {len(story)} commands, every command and every option of the program, each a",
        f"whole process under `strace`. {calls:,} calls were looked at: all that concern files, the network and other",
        "programs.",
        "",
        f"- calls to the network (sockets of every kind, also between programs here): **{_sum(story, 'network')}**",
        f"- files changed outside `BACKMOVE_DIR` and the temporary folder: **{_sum(story, 'written')}**",
        f"- files looked at outside, beside the program, Python, and the list below: **{_sum(story, 'read')}**",
        f"- programs started without being asked to: **{_sum(story, 'started')}**",
        f"- calls of a kind that we do not know: **{_sum(story, 'unknown')}**",
        "- files changed, by their time, in the home folder, where the person stood, and in the program: "
        f"**{len(changed)}**",
        "",
        "A file is changed when it is opened for writing, made, renamed, removed, linked, cut, or its mode, owner or",
        "times are set, also when the system refuses. `HOME` is an empty folder; nothing in it is looked for.",
        "",
        "Python would keep what it compiled beside the code; it was told not to, and the code was compiled before, as",
        "an installer does. `--install-completion` writes into the home folder, because that is what it is asked for;",
        "here that folder lay in the temporary one.",
        "",
    ]


def _table(story: Sequence[Seen]) -> list[str]:
    return [
        f"| command | {' | '.join(_COLUMNS)} |",
        f"|---|{'---:|' * len(_COLUMNS)}",
        *(f"| {_cell(seen.step.title)} | {seen.calls} | {' | '.join(_numbers(seen))} |" for seen in story),
        "",
    ]


def _numbers(seen: Seen) -> list[str]:
    asked = f", asked for: {len(seen.asked)}" if seen.asked else ""
    counts = [len(found) for found in (seen.network, seen.written, seen.read, seen.started, seen.unknown)]
    return [str(n) + (asked if at == 3 else "") for at, n in enumerate(counts)]


def _places(story: Sequence[Seen]) -> list[str]:
    """What is read outside, and by how many commands."""
    counted = Counter(name for seen in story for name in seen.places)
    return [
        "Looked at outside, beside the program and Python, and by how many of the commands:",
        "",
        *(
            f"- {name}: {number}"
            for name, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        "",
    ]


def _wrong(story: Sequence[Seen]) -> list[str]:
    lines = [f"- {seen.step.title}: `{line}`" for seen in story for line in seen.wrong]
    return ["## What should not be", "", *lines, ""] if lines else []


def _sum(story: Sequence[Seen], what: str) -> int:
    return sum(len(getattr(seen, what)) for seen in story)


def _cell(title: str) -> str:
    short = title if len(title) <= 90 else f"{title[:88].rstrip()} …"
    return "`" + short.replace("|", "\\|") + "`"
