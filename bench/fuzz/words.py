"""Words that a person types behind a command: times, notes, things to look for, values. The first letter says where."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from backmove.errors import BackmoveError
from fuzz import journals
from fuzz.desk import NOW, Broken, Desk, chosen, clean

_KEYS: Final = (
    "age_band", "episode_start", "usual_pain", "place", "equipment", "minutes", "precautions", "goals", "activities",
    "likes", "dislikes", "feared", "region", "day_ends", "gets_up", "morning_rule", "ease_positions", "ease_person",
    "keep_activity", "nonsense",
)  # fmt: skip


def words(desk: Desk, data: bytes) -> None:
    """One letter and words, as the system would hand them over: bytes that are no text become lone surrogates."""
    said = os.fsdecode(data[1:].replace(b"\0", b""))
    desk.clear(journals.made("open"))
    chosen(_WAYS, data)(desk, said)


def _when(desk: Desk, said: str) -> None:
    """A moment is in the past, and reads the same the second time."""
    from backmove.core.when import parse_day, parse_when, say_when

    for day_ends in ("03:00", "00:00", "23:59"):
        try:
            moment = parse_when(said, NOW, day_ends)
        except BackmoveError:
            continue
        if moment.tzinfo is None or moment > NOW + timedelta(minutes=5):
            raise Broken("a moment without an offset, or still to come")
        say_when(moment, NOW, day_ends)
        if parse_when(moment.isoformat(timespec="seconds"), NOW, day_ends) != moment.replace(microsecond=0):
            raise Broken("a moment does not read the same again")
    try:
        parse_day(said, NOW)
    except BackmoveError:
        return


def _at(desk: Desk, said: str) -> None:
    ran = desk.run("log", "4", f"--at={said}")
    clean(ran)
    if ran.code == 0:
        last = desk.run("list", "-n", "1", "--json")
        at = datetime.fromisoformat(last.data["entries"][-1]["at"])
        if at > NOW + timedelta(minutes=5):
            raise Broken("an entry of the future")
    clean(desk.run("list", f"--from={said}"))
    clean(desk.run("progress", f"--from={said}", f"--to={said}"))


def _note(desk: Desk, said: str) -> None:
    """A note is shown everywhere, and cannot steer a terminal, a table or a page."""
    if desk.run("log", "4", f"--note={said}").code:
        return
    for args in (
        ("list",),
        ("list", "--json"),
        ("export", "--format", "csv", "--include-notes"),
        ("export",),
        (),
    ):
        clean(desk.run(*args, tty=args == ("export",)))
    kept = desk.run("list", "-n", "1", "--json").data["entries"][-1].get("note", "")
    if kept != kept.strip() or "\ud800" <= max(kept, default="") <= "\udfff":
        raise Broken("a note was kept with blanks around it, or with what is no text")
    clean(desk.run("edit", "last", f"--note={said[::-1]}"))
    if len(said) % 5 == 0:  # the slowest of all
        clean(desk.run("report", "--out", str(desk.folder / "page.html"), "--include-notes"))


def _search(desk: Desk, said: str) -> None:
    for args in (
        ("learn", f"--search={said}"),
        ("learn", "--", said),
        ("exercises", "search", "--", said),
        ("exercises", "list", f"--search={said}", f"--goal={said}"),
        ("exercises", "show", "--", said),
    ):
        clean(desk.run(*args))


def _value(desk: Desk, said: str) -> None:
    """A value of the profile: refused, or kept so that the journal can be read."""
    key = _KEYS[len(said) % len(_KEYS)]
    ran = desk.run("profile", "set", "--", key, *said.split("\n"))
    clean(ran)
    for args in (("profile",), ("list",), ("profile", "--json")):
        again = desk.run(*args)
        clean(again)
        if again.code:
            raise Broken(f"the profile cannot be read after {key} was set")
    journals.gate(desk)


def _command(desk: Desk, said: str) -> None:
    """A whole command line, one word a line."""
    line = [word for word in said.split("\n") if word not in ("--help", "-h")][:8]
    if line[:1] in (
        ["report"],
        ["export"],
        ["plan"],
        ["exercises"],
        ["import"],
        ["merge"],
        ["done"],
        ["triage"],
    ):
        line = [word for word in line if "/" not in word and not word.startswith("--o")]
        line = [word for word in line if word not in ("sheet", "-")]
    clean(desk.run(*line))
    journals.gate(desk)


_WAYS: Final[Mapping[str, Callable[[Desk, str], None]]] = {
    "a": _at,
    "c": _command,
    "n": _note,
    "s": _search,
    "v": _value,
    "w": _when,
}


def prepare(desk: Desk) -> None:
    """The journals."""
    journals.prepare(desk)


def seeds() -> list[bytes]:
    """Words as they are meant, and words that steer."""
    times = (
        "today", "yesterday 22:00", "monday at 08:30", "3 days ago", "22:00", "2026-03-01", "2026-03-01T22:00+05:30",
        "2026-W10-1", "20260301T0230", "00:30", "2026-03-29 02:30", "99999 days ago", "2026-04-06T08:00:00.123456Z",
        "0001-01-01T00:00+23:59", "2026-03-01T22:00:00,5", "9999-12-31T23:59:59-23:59", "1970-01-02 00:00",
    )  # fmt: skip
    notes = (
        "worse after sitting", "\x1b]0;x\x07\x1b[2J", "\u202eabc\u2066", "=cmd()",
        "a\u0301 \U0001f600 \u05d0\u05d1", "\x9b31m",
        "</script><b>", "'; --", "\r\n\x0b\x0c\x85\u2028", "x" * 900, "\ufeff\u200b", "[red]x[/red]",
    )  # fmt: skip
    found = ("pain", "numb leg", "bridge", "lift the chest", "a*b(c", "ß", "İ", "-", "\u0130\u0307")
    values = (
        "floor",
        "chair wall",
        "none",
        "07:30",
        "yes",
        "de",
        "3",
        "sit; walk",
        "2026-03-01",
        "18-39",
        "bad\nchair",
    )
    lines_ = (
        "log\n4", "list\n--on\nyesterday", "edit\nlast\n--pain\n3", "delete\nlast", "undo", "walk", "path\n3",
        "session\n--minutes\n5\n--place\nchair", "done\n--effort\n5", "progress\n--week", "export\n--format\ncsv",
        "doctor\n--fix\n--dry-run", "learn\n3", "profile\nunset\nplace", "direction", "log\n--walk\n20\n--limb\n3",
    )  # fmt: skip
    every = [
        (b"w", times),
        (b"a", times),
        (b"n", notes),
        (b"s", (*found, *notes)),
        (b"v", (*values, *notes)),
        (b"c", lines_),
    ]
    return [way + text.encode() for way, texts in every for text in texts] + [
        b"n\xff\xfe\xed\xa0\x80",
        b"s\xff",
        b"v\xffabc",
    ]


def lines() -> list[bytes]:
    """Words, to be put between others."""
    return [seed[1:] for seed in seeds()]
