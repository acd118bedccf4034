"""Journals of any bytes: read, told, mended, taken out and in, put together. The first letter says what is done."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from fuzz.desk import CALM, CLEAN, NOW, Broken, Desk, chosen, clean
from fuzz.oracle import clean_runs, unreadable, why_locked

V1: Final = Path(__file__).parent.parent.parent / "tests" / "data" / "journal" / "v1.jsonl"
_TELLS: Final = (
    ("progress", "--json"), ("progress", "--all"), ("list", "--json"), ("list",), ("path",), ("walk",), ("profile",),
    (), ("learn", "--json"), ("exercises", "list", "--for-me"), ("doctor", "--report"), ("progress", "--year",
    "--ascii"),
    ("list", "--from", "3 days ago"), ("done", "--json"), ("plan",), ("merge",),
)  # fmt: skip
_WRITES: Final = (
    ("log", "4"), ("undo",), ("log", "--walk", "20"), ("log", "2", "--at", "yesterday"), ("log", "--no-flare"),
    ("delete", "last"), ("edit", "last", "--note", "x"), ("done", "--effort", "4"), ("profile", "set", "minutes", "15"),
    ("log", "3", "--leg", "usual", "--morning"), ("checkin", "--answers", "-"), ("session", "--another", "--show"),
    ("exercises", "exclude", "bridge"), ("direction", "--json"), ("log", "--flare"), ("session", "--gentle", "--why"),
)  # fmt: skip


def journals(desk: Desk, data: bytes) -> None:
    """One letter and a journal."""
    journal = data[1:]
    desk.clear(journal)
    chosen(_WAYS, data)(desk, journal)


def _asked(desk: Desk, journal: bytes) -> None:
    """The gate, as it is."""
    gate(desk)
    desk.later(25)
    gate(desk)


def gate(desk: Desk) -> bool:
    """Whether a session is given; ``Broken`` when the lines of the journal give none."""
    before = desk.journal.read_bytes() if desk.journal.exists() else b""
    opened = desk.opens()
    if opened and (why := why_locked(before, desk.now)):
        raise Broken(f"a session was given although: {why}")
    return opened


def _told(desk: Desk, journal: bytes) -> None:
    """What shows something changes nothing."""
    start = zlib.crc32(journal) % len(_TELLS)
    for turn in range(5):
        clean(desk.run(*_TELLS[(start + turn * 3) % len(_TELLS)]))
    if desk.journal.read_bytes() != journal:
        raise Broken("telling changed the journal")


def _written(desk: Desk, journal: bytes) -> None:
    """What writes adds lines at the end, and only half a line may go."""
    start = zlib.crc32(journal) % len(_WRITES)
    for turn in range(3):
        before = desk.journal.read_bytes()
        desk.run(*_WRITES[(start + turn * 5) % len(_WRITES)], stdin=b'{"pain": 3}')
        _only_added(desk, before)
    gate(desk)
    desk.run("list", "--json")


def _only_added(desk: Desk, before: bytes) -> None:
    now = desk.journal.read_bytes()
    if now.startswith(before):
        return
    whole, tail = before[: before.rfind(b"\n") + 1], before[before.rfind(b"\n") + 1 :]
    if not now.startswith(whole) or tail not in {f.read_bytes() for f in desk.folder.glob("*.torn-*")}:
        raise Broken("bytes of the journal are gone")


def _mended(desk: Desk, journal: bytes) -> None:
    """Every byte stays somewhere, every line that could be read still can, and lines set aside lock."""
    intact = desk.run("doctor", "--json").code == 0
    readable = list(_readable(journal))
    ran = desk.run("doctor", "--fix", "--json")
    now = desk.journal.read_bytes()
    if ran.code:
        if now != journal:
            raise Broken("a refused mending changed the journal")
        return
    changed = now != journal
    if intact and changed:
        raise Broken("an intact journal was mended")
    beside = [file for file in desk.folder.iterdir() if file.is_file() and file != desk.journal]
    if changed and journal not in [file.read_bytes() for file in beside]:
        raise Broken("no copy of the journal as it was")
    aside = b"\n".join(file.read_bytes() for file in beside if "before-mending" not in file.name)
    lines = Counter((now + b"\n" + aside).split(b"\n"))
    lost = Counter(journal.split(b"\n")) - lines
    if [line for line in lost if line]:
        raise Broken(f"{lost.total()} lines are in no file")
    desk.run("doctor", "--fix")
    if desk.journal.read_bytes() != now:
        raise Broken("what was mended was mended again")
    _still_there(desk, readable)
    if gate(desk) and unreadable(journal):
        raise Broken("opened after lines were set aside")


def _still_there(desk: Desk, readable: list[Any]) -> None:
    from backmove.core.record import Seal
    from backmove.core.replay import without_repeats
    from backmove.store.journal import Journal

    journal = Journal(desk.journal, now=lambda: NOW, new_id=lambda: "x", tell=lambda line: None)
    after = [record for record in journal.read() if not isinstance(record, Seal)]
    before = [record for record in without_repeats(readable) if not isinstance(record, Seal)]
    if after != before:
        raise Broken("mending lost or changed a line that could be read")


def _readable(journal: bytes) -> Iterator[Any]:
    from backmove.core.lines import LineError, read_line

    for line in journal.split(b"\n"):
        try:
            record = read_line(line)
        except LineError:
            continue
        if record is not None:
            yield record


def _taken_out(desk: Desk, journal: bytes) -> None:
    """An export of a journal that can be read goes into an empty one, and says the same there."""
    for format_ in ("csv", "fhir"):
        desk.run("export", "--format", format_, "--include-notes")
    ran, told = desk.run("export"), _said(desk)
    if ran.code or told is None:
        return
    export = ran.out.encode("utf-8", "surrogateescape")
    desk.clear()
    (desk.folder / "export.json").write_bytes(export)
    came = desk.run("import", str(desk.folder / "export.json"), "--json")
    if came.code == 1 and not json.loads(export)["records"]:
        return
    if came.code:
        raise Broken(f"an export cannot be taken in: {came.code}")
    if _said(desk) != told and b"import" not in journal:
        raise Broken("an export does not say what the journal says")
    gate(desk)


def _said(desk: Desk) -> list[Any] | None:
    """What the journal says, but for the note of an import; None when it cannot be understood."""
    listed = desk.run("list", "--json")
    if listed.code:
        return None
    entries = [entry for entry in listed.data["entries"] if entry.get("kind") != "import"]
    return [sorted(map(json.dumps, entries)), desk.run("profile", "--json").data]


def _brought(desk: Desk, journal: bytes) -> None:
    """Into an empty journal, and out again."""
    _bring(desk, "import", b"", journal)
    gate(desk)
    if desk.journal.exists():
        desk.run("undo")
        gate(desk)
        desk.run("list", "--json")


def _merged(desk: Desk, journal: bytes) -> None:
    """Into a journal that is locked by an emergency: only runs of the questions after it could have lifted that."""
    ours = emergency()
    for turn in range(2):  # the second time there is nothing new
        _bring(desk, "merge", ours, journal, "--same-person", clear=not turn)
    opened = gate(desk)
    later = [run for run in clean_runs(journal, desk.now) if run.get("wrongly") or run.get("cleared")]
    if opened and not later:
        raise Broken("a merge lifted an emergency")


def _bring(desk: Desk, command: str, ours: bytes, theirs: bytes, *flags: str, clear: bool = True) -> None:
    """Everything or nothing."""
    if clear:
        desk.clear(ours or None)
    (desk.folder / "theirs").write_bytes(theirs)
    before = desk.journal.read_bytes() if desk.journal.exists() else b""
    dry = desk.run(command, str(desk.folder / "theirs"), *flags, "--dry-run")
    now = desk.journal.read_bytes() if desk.journal.exists() else b""
    if now != before:
        raise Broken("a dry run changed the journal")
    ran = desk.run(command, str(desk.folder / "theirs"), *flags)
    now = desk.journal.read_bytes() if desk.journal.exists() else b""
    if ran.code and now != before:
        raise Broken("what was refused changed the journal")
    if ran.code != dry.code:
        raise Broken(f"the dry run ended with {dry.code}, the other with {ran.code}")
    if (desk.folder / "theirs").read_bytes() != theirs:
        raise Broken("the other file was changed")


_WAYS: Final[Mapping[str, Callable[[Desk, bytes], None]]] = {
    "a": _asked,
    "b": _brought,
    "f": _mended,
    "m": _merged,
    "o": _taken_out,
    "t": _told,
    "w": _written,
}


# --- where it begins ----------------------------------------------------------------------------------------

_MADE: dict[str, bytes] = {}


def emergency() -> bytes:
    """A journal that an emergency locks."""
    return _MADE["emergency"]


def made(name: str) -> bytes:
    """A journal that ``prepare`` made."""
    return _MADE[name]


def prepare(desk: Desk) -> None:
    """Makes the journals that the targets begin with, by the program itself."""
    clean = json.dumps(CLEAN).encode()
    if "emergency" in _MADE:
        return
    _begin(desk)
    _asks(desk, clean)
    desk.later(24)
    desk.run("session", "--minutes", "5", "--answers", "-", stdin=CALM)
    desk.run("done", "--effort", "4")
    _keep(desk, "open")
    desk.later(24)
    _asks(desk, json.dumps(dict(CLEAN) | {"saddle": "y", "saddle_days": 2, "saddle_trend": "new"}).encode())
    _keep(desk, "emergency")
    _begin(desk, _MADE["open"], hours=48)
    desk.run("session", "--answers", "-", stdin=CALM.replace(b'"dc2": "n"', b'"dc2": "y"'))
    _keep(desk, "checked")
    _begin(desk)
    _asks(desk, json.dumps(dict(CLEAN) | {"weight_loss": "y"}).encode())
    _keep(desk, "clinician")
    _begin(desk)
    _asks(desk, clean)
    with desk.journal.open("ab") as file:
        file.write(b'{"kind":"pain","v":1,"id":"broken00\n')
    desk.run("doctor", "--fix")
    _keep(desk, "set aside")
    for name, hours in (("run out", -60 * 24), ("of the future", 9 * 24)):
        _begin(desk, hours=hours)
        _asks(desk, clean)
        _keep(desk, name)
    last = json.loads(_MADE["emergency"].splitlines()[-1])
    retract = {"kind": "retract", "id": "takenback001", "target": last["id"]} | {
        k: last[k] for k in ("v", "at", "day")
    }
    _MADE["taken back"] = _MADE["emergency"] + json.dumps(retract).encode() + b"\n"
    _MADE["unread"] = _MADE["open"] + b'{"kind":"check"\n'
    lines = V1.read_bytes().splitlines(keepends=True)
    for number in range(0, len(lines), 3):
        _MADE[f"v1-{number}"] = b"".join(lines[number : number + 3])
    desk.clear()


def _begin(desk: Desk, journal: bytes | None = None, hours: float = 0) -> None:
    desk.clear(journal)
    desk.about += len(_MADE)  # other ids in each of them
    desk.later(hours - 6 * 24)


def _asks(desk: Desk, answers: bytes) -> None:
    desk.run("triage", "--answers", "-", stdin=answers)


def _keep(desk: Desk, name: str) -> None:
    _MADE[name] = desk.journal.read_bytes()


def seeds() -> list[bytes]:
    """What the first executions are."""
    lives = [*_MADE.values(), b"\n".join(_MADE.values())[:6000]]
    return [name.encode() + life for name in _WAYS for life in lives]


def lines() -> list[bytes]:
    """Whole records, to be put between others."""
    return [line for life in _MADE.values() for line in life.splitlines()]
