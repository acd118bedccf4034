"""``backmove log 4`` in the time that Python needs to start: the same line, the same lock, the same fsync.

Only for exactly ``log 0`` to ``log 7`` on Linux, and only while a small file in the cache folder (``Proof``) says that
every line of the journal was read, that the journal is still that very file, and that there is nothing to say but
"Saved". Whatever else there is, ``quick_log`` returns None before it has written a byte, and the ordinary way begins.

The proof can be thrown away. No session ever looks at it: a wrong one could keep back a line of words behind ``log``,
and nothing else (docs/decisions/0016-quick-log.md). This module imports nothing that Python has not loaded already but
``fcntl`` and ``binascii``; so its numbers and words stand a second time here, and tests hold them to the first.
"""

import errno
import os
import sys
import time
from binascii import crc32

from backmove import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final, Self

NAME: "Final" = "quick-log"
SCORES: "Final" = ("0", "1", "2", "3", "4", "5", "6", "7")
"""From 8 on pain has words of its own at all times."""
RISE: "Final" = 3
"""A rise of so much may ask for the safety questions (``JUMP`` of core/triggers.py)."""
SPAN_DAYS: "Final" = 6
"""So many days after the first quick entry every quick entry is still of the same seven days."""
TAIL: "Final" = 4096
NONE_YET: "Final" = 10
"""``Proof.floor`` before the first quick entry."""

_KIND: "Final" = f"backmove-quick-log-1-{__version__}"
_LETTERS: "Final" = "0123456789abcdefghijklmnopqrstuvwxyz"
_DAY_S: "Final" = 86_400
_CLOCK_CHANGE_S: "Final" = _DAY_S + 7_200


class Proof:
    """What the ordinary commands found out about the journal, in whole numbers.

    ``dev``, ``ino``, ``size``, ``mtime_ns``, ``ctime_ns`` and ``tail`` (a checksum of the last bytes) name the journal
    that was read to its end. ``since`` is when, in seconds of the epoch. From day ``first`` to day ``last`` (days since
    1970 that end ``day_ends`` minutes after midnight) a score of at most ``ceiling``, and less than ``RISE`` above
    ``floor``, the lowest quick entry since, is answered with "Saved" alone.
    """

    FIELDS = (
        *("dev", "ino", "size", "mtime_ns", "ctime_ns", "tail"),
        *("since", "first", "last", "day_ends", "ceiling", "floor"),
    )
    __slots__ = FIELDS

    dev: int
    ino: int
    size: int
    mtime_ns: int
    ctime_ns: int
    tail: int
    since: int
    first: int
    last: int
    day_ends: int
    ceiling: int
    floor: int

    def __init__(self, *numbers: int) -> None:
        if len(numbers) != len(self.FIELDS):
            raise ValueError("not a proof")
        for name, number in zip(self.FIELDS, numbers, strict=True):
            setattr(self, name, number)

    @classmethod
    def of(cls, about: os.stat_result, tail: bytes, *facts: int) -> "Self":
        """A proof of this file with these last bytes; ``facts`` are ``since`` and what follows it."""
        return cls(
            about.st_dev,
            about.st_ino,
            about.st_size,
            about.st_mtime_ns,
            about.st_ctime_ns,
            crc32(tail[-TAIL:]),
            *facts,
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in self.FIELDS)

    def is_about(self, about: os.stat_result) -> bool:
        """Whether nobody has touched the file since."""
        return self.numbers[:5] == (
            about.st_dev,
            about.st_ino,
            about.st_size,
            about.st_mtime_ns,
            about.st_ctime_ns,
        )

    def has_no_words(self, score: int, day: int, now: float) -> bool:
        """Whether "Saved" is all there is to say to a score on a day (see ``core/wordless.py``)."""
        return (
            self.since <= now
            and self.first <= day <= self.last
            and score <= self.ceiling
            and score - self.floor < RISE
        )

    def after(self, score: int, day: int, about: os.stat_result, tail: bytes) -> "Self":
        """The proof once a score was added quickly."""
        facts = (self.since, self.first, min(self.last, day + SPAN_DAYS), self.day_ends, self.ceiling)
        return self.of(about, tail, *facts, min(self.floor, score))

    def to_bytes(self) -> bytes:
        text = " ".join(map(str, (_KIND, *self.numbers))).encode()
        return b"%s %d\n" % (text, crc32(text))

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Self | None":
        """The proof, or None for bytes that this version did not write."""
        text, _, check = raw.rpartition(b" ")
        kind, *numbers = text.decode("ascii", "replace").split(" ")
        if kind != _KIND or check != b"%d\n" % crc32(text):
            return None
        return cls(*map(int, numbers))


def quick_log(
    argv: list[str],
    env: "Mapping[str, str]",
    now: "Callable[[], float]" = time.time,  # noqa: TID251 - the clock of the one command that has no App
    random_bytes: "Callable[[int], bytes]" = os.urandom,
) -> str | None:
    """Writes the entry down and returns the words of the answer; None when the ordinary way has to be taken.

    Nothing is written when it returns None. Raises OSError, with the journal as it was, when the disk refused.
    """
    if len(argv) != 2 or argv[0] != "log" or argv[1] not in SCORES or sys.platform != "linux":
        return None
    try:
        data, cache = _folders(env)
        plain = _is_plain(env)
        proof = kept(cache)
        fd = os.open(f"{data}/journal.jsonl", os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    try:
        return _append(fd, data, cache, proof, int(argv[1]), now(), random_bytes, plain)
    finally:
        os.close(fd)


def _append(
    fd: int,
    data: str,
    cache: str,
    proof: Proof,
    score: int,
    now: float,
    random_bytes: "Callable[[int], bytes]",
    plain: bool,
) -> str | None:
    try:
        tail = _locked_tail(fd, f"{data}/journal.jsonl", proof)
        moment, day = _moment(now, proof.day_ends)
    except (OSError, ValueError, OverflowError):
        return None
    if not proof.has_no_words(score, day, now):
        return None
    random_bytes(8)  # the ordinary way draws the id of a group first
    number = int.from_bytes(random_bytes(8), "big")
    letters = ""
    for _ in range(12):
        number, rest = divmod(number, 36)
        letters += _LETTERS[rest]
    line = (
        f'{{"kind":"pain","v":1,"id":"{letters}","at":"{moment}","day":"{_date(day)}","score":{score}}}\n'
    ).encode()
    _put(fd, proof.size, line)
    keep(cache, proof.after(score, day, os.fstat(fd), tail + line))
    return _words(score, moment, _date(day), plain)


def _folders(env: "Mapping[str, str]") -> tuple[str, str]:
    """The folders of the journal and the cache. Raises ValueError for anything but the ordinary places."""
    if any(name == "ACCESSIBLE" or ("BACKMOVE_" in name and name != "BACKMOVE_DIR") for name in env):
        raise ValueError("somebody wants it otherwise")
    own = env.get("BACKMOVE_DIR")
    if own:
        data, cache = own, f"{own}/cache"
    else:
        data = _place(env, "XDG_DATA_HOME", ".local/share")
        cache = _place(env, "XDG_CACHE_HOME", ".cache")
    if not (data.startswith("/") and cache.startswith("/")):
        raise ValueError("not a whole path")
    return data, cache


def _place(env: "Mapping[str, str]", name: str, otherwise: str) -> str:
    chosen = env.get(name, "")
    if not chosen.startswith("/"):
        chosen = f"{env['HOME']}/{otherwise}" if env.get("HOME") else ""
    return f"{chosen}/backmove" if chosen else ""


def _is_plain(env: "Mapping[str, str]") -> bool:
    """Whether the answer takes two lines. Raises ValueError where its place is not clear."""
    if sys.stdout is None or sys.stderr is None:
        raise ValueError("nobody hears")
    if not sys.stdout.isatty() or env.get("TERM") == "dumb":
        return True
    if "COLUMNS" in env or os.get_terminal_size(sys.stdout.fileno()).columns < 68:
        raise ValueError("the line may have to be broken")
    return False


def kept(cache: str) -> Proof:
    """The proof in the cache folder. Raises OSError or ValueError when there is none that can be used."""
    fd = os.open(f"{cache}/{NAME}", os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        proof = Proof.from_bytes(os.read(fd, TAIL))
    finally:
        os.close(fd)
    if proof is None:
        raise ValueError("no proof")
    return proof


def _locked_tail(fd: int, path: str, proof: Proof) -> bytes:
    """The last bytes of the journal, which is ours alone from here on. Raises OSError or ValueError when it is in use
    or is not the file that was proven."""
    import fcntl  # noqa: PLC0415 - Windows has none

    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    about = os.fstat(fd)
    if not proof.is_about(about) or not os.path.samestat(os.stat(path), about):  # noqa: PTH116 - pathlib costs 10 ms
        raise ValueError("another journal")
    tail = os.pread(fd, TAIL, max(0, proof.size - TAIL))
    if not tail.endswith(b"\n") or crc32(tail) != proof.tail:
        raise ValueError("another tail")
    return tail


def _moment(now: float, day_ends: int) -> tuple[str, int]:
    """The local time in words of the journal, and its day. Raises ValueError near a change of the clocks."""
    here = time.localtime(now)
    offset = here.tm_gmtoff
    if any(time.localtime(now + apart).tm_gmtoff != offset for apart in (-_CLOCK_CHANGE_S, _CLOCK_CHANGE_S)):
        raise ValueError("the clocks change")
    hours, minutes = divmod(abs(offset) // 60, 60)
    if offset % 60 or not 2000 <= here.tm_year <= 9000:
        raise ValueError("an odd clock")
    zone = f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', here)}{zone}", (int(now) + offset - day_ends * 60) // _DAY_S


def _date(day: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(day * _DAY_S))


def _put(fd: int, at: int, line: bytes) -> None:
    """One write, on the disk when this returns. Otherwise the journal is as it was."""
    done = False
    try:
        written = os.write(fd, line)
        if written != len(line):
            raise OSError(errno.ENOSPC, f"only {written} of {len(line)} bytes went in")
        os.fsync(fd)
        done = True
    finally:
        if not done:
            os.ftruncate(fd, at)


def keep(cache: str, proof: Proof) -> None:
    """Keeps it in the cache folder. What is written by halves, or not at all, is no proof and does no harm."""
    try:
        fd = os.open(
            f"{cache}/{NAME}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
        )
    except OSError:
        return
    try:
        os.write(fd, proof.to_bytes())
    except OSError:
        return
    finally:
        os.close(fd)


def _words(score: int, moment: str, day: str, plain: bool) -> str:
    night = "" if moment.startswith(day) else " after midnight,"
    saved = f"Saved: pain {score} today{night} at {moment[11:16]}."
    return f"{saved}\nTo take it back: backmove undo\n" if plain else f"{saved}        (backmove undo)\n"
