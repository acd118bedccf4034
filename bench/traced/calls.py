"""The lines of strace as calls: what each one does, and to which places.

Nothing is passed over: a call that is not named here is of the kind ``unknown``, and the judge objects to it.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from os.path import normpath
from pathlib import Path
from typing import Final, NamedTuple


class Kind(StrEnum):
    """``LOOK`` reads or asks, ``CHANGE`` makes or alters something, ``LIVE`` concerns this process alone."""

    LOOK = "look"
    CHANGE = "change"
    PROGRAM = "program"
    PROCESS = "process"
    NETWORK = "network"
    SIGNAL = "signal"
    LIVE = "live"
    UNKNOWN = "unknown"


class Shape(NamedTuple):
    """A kind of call, and the numbers of the arguments that name a place. A place behind an ``...at`` call's folder is
    found by itself: the folder stands one before it."""

    kind: Kind
    places: tuple[int, ...] = (0,)


def _all(kind: Kind, names: str, *places: int) -> dict[str, Shape]:
    return {name: Shape(kind, places) for name in names.split()}


SHAPES: Final[Mapping[str, Shape]] = {
    **_all(Kind.LOOK, "stat lstat access readlink statfs getxattr lgetxattr listxattr llistxattr oldstat oldlstat", 0),
    **_all(Kind.LOOK, "stat64 lstat64 statfs64 fstatfs fstatfs64 fstat fstat64 fgetxattr flistxattr", 0),
    **_all(Kind.LOOK, "newfstatat fstatat64 faccessat faccessat2 readlinkat statx name_to_handle_at", 1),
    **_all(Kind.LOOK, "getcwd"),
    **_all(Kind.CHANGE, "creat mkdir rmdir unlink chmod chown lchown truncate truncate64 mknod utime utimes", 0),
    **_all(Kind.CHANGE, "setxattr lsetxattr removexattr lremovexattr fsetxattr fremovexattr", 0),
    **_all(Kind.CHANGE, "fchmod fchown ftruncate ftruncate64 fallocate", 0),
    **_all(Kind.CHANGE, "mkdirat unlinkat fchmodat fchmodat2 fchownat mknodat utimensat futimesat", 1),
    **_all(Kind.CHANGE, "rename link", 0, 1),
    **_all(Kind.CHANGE, "renameat renameat2 linkat", 1, 3),
    **_all(Kind.PROGRAM, "execve", 0),
    **_all(Kind.PROGRAM, "execveat", 1),
    **_all(Kind.PROCESS, "clone clone3 fork vfork"),
    **_all(Kind.SIGNAL, "kill"),
    **_all(Kind.LIVE, "exit exit_group wait4 waitid waitpid"),
    **_all(
        Kind.NETWORK,
        "socket socketpair socketcall connect accept accept4 bind listen sendto sendmsg sendmmsg send recv recvfrom "
        "recvmsg recvmmsg getsockname getpeername getsockopt setsockopt shutdown io_uring_setup",
    ),
}  # fmt: skip
"""Calls by name. ``open`` and ``openat`` are not here: their flags say which kind they are."""
_OPENS: Final = {"open": 0, "openat": 1, "openat2": 1}
_WRITES: Final = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")

TRACE: Final = ",".join(
    [
        *("%file", "%network", "%process"),
        *("?fchmod", "?fchown", "?ftruncate", "?fallocate", "?fsetxattr", "?fremovexattr"),
        *(
            "?fchdir",
            "?io_uring_setup",
            "?memfd_create",
            "?open_by_handle_at",
            "?ptrace",
            "?pidfd_open",
            "?kill",
        ),
    ]
)
"""What strace shows; among it what this program never does, which is then of no kind that we know."""

_LINE: Final = re.compile(r"^(\w+)\((.*)\) += (.*)$")
_KILLED_BEFORE: Final = re.compile(r"^\?\?\?\(\) += \?\n(?=\+\+\+ (?:killed|exited) )", re.MULTILINE)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OPENED: Final = re.compile(r"^(?:\d+|AT_FDCWD)<(.*?)>(?:\(deleted\))?$")
_PART: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{(]|[\])}]|,|[^"\[\]{}(),]+')


class Call(NamedTuple):
    """``places`` are absolute; of a file that was opened also the place that it really is, behind every link."""

    name: str
    kind: Kind
    places: tuple[str, ...]
    line: str

    @property
    def target(self) -> int:
        """The process that a signal goes to."""
        number = re.search(r"-?\d+", self.line)
        return int(number[0]) if number else 0

    @property
    def makes_thread(self) -> bool:
        return self.kind is Kind.PROCESS and "CLONE_THREAD" in self.line


def calls_of(text: str, here: Path) -> Iterator[Call]:
    """The calls of one process. ``here``: the folder that it stands in. Signals and its end are no calls, and neither
    is one that the kernel never began because the process, or all its threads, ended on the way there."""
    for line in _KILLED_BEFORE.sub("", text).splitlines():
        if line.startswith(("+++", "---")):
            continue
        match = _LINE.match(line)
        if (
            match is None
        ):  # exit_group never comes back, and is written so; a line that was cut is looked at by somebody
            name = line.partition("(")[0]
            kind = Kind.LIVE if name in ("exit", "exit_group") else Kind.UNKNOWN
            yield Call(name, kind, (), line)
            continue
        name, arguments, result = match[1], _split(match[2]), match[3]
        shape = _shape(name, match[2])
        places = [place for n in shape.places if (place := _place(arguments, n, here))]
        if name in _OPENS and (real := _OPENED.match(result.split(" ")[0])):
            places.append(real[1])
        yield Call(name, shape.kind, tuple(dict.fromkeys(places)), line)


def _shape(name: str, arguments: str) -> Shape:
    if name in _OPENS:
        return Shape(Kind.CHANGE if _WRITES.search(arguments) else Kind.LOOK, (_OPENS[name],))
    return SHAPES.get(name, Shape(Kind.UNKNOWN, ()))


def _place(arguments: list[str], number: int, here: Path) -> str | None:
    """The place that an argument names: words, from the folder before it where they do not begin at the root; or an
    open file."""
    if number >= len(arguments):
        return None
    words = _STRING.match(arguments[number])
    if words is None:
        opened = _OPENED.match(arguments[number])
        return opened[1] if opened else None
    folder = _OPENED.match(arguments[number - 1]) if number else None
    named = words[1]
    if "\\" in named:
        named = named.encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
    # Links are not followed: where an opened file really is, the kernel says.
    return normpath(named if named.startswith("/") else f"{folder[1] if folder else here}/{named}")


def _split(text: str) -> list[str]:
    """Arguments apart; a comma within a structure or a string parts nothing."""
    found, depth = [""], 0
    for part in _PART.findall(text):
        depth += (part in "[{(") - (part in "])}")
        if part == "," and depth == 0:
            found.append("")
        else:
            found[-1] += part
    return [one.strip() for one in found]
