"""Merging: the same record once, nothing lost, and one order, whoever merges whom and how often."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backmove.core.diary import fold
from backmove.core.lines import read_line
from backmove.core.merging import Woven, woven
from backmove.core.record import Amend, Retract
from backmove.core.strand import strand_of

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
ZONES = ("+00:00", "+01:00", "-05:00")


def line(name: str, at: int, *, zone: str = "+00:00", kind: str = "pain", **more: Any) -> bytes:
    """A line of the journal; ``at`` in seconds."""
    moment = (START + timedelta(seconds=at)).astimezone(
        datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo
    )
    own: dict[str, Any] = {"score": 3} if kind == "pain" else {}
    stamp = {"kind": kind, "v": 1, "id": name, "at": moment.isoformat(), "day": "2026-03-01"}
    return json.dumps(stamp | own | more, separators=(",", ":")).encode()


def joined(*files: bytes) -> bytes:
    return b"".join(merged(*files).chunks())


def merged(*files: bytes) -> Woven:
    strands = [strand_of(data) for data in files]
    assert not any(strand.bad for strand in strands)
    return woven(strands)


def file(*lines: bytes) -> bytes:
    return b"".join(one + b"\n" for one in lines)


def ids(data: bytes) -> list[str]:
    return strand_of(data).ids


# --- the laws, over any files at all --------------------------------------------------------------------------

NAMES = tuple(f"{letter}{'0' * 11}" for letter in "abcde")
ANY_LINE = st.builds(
    line,
    st.sampled_from(NAMES),
    st.integers(0, 4),
    zone=st.sampled_from(ZONES),
    score=st.integers(3, 5),
)
SPELLED = st.builds(
    lambda raw, loose: json.dumps(json.loads(raw)).encode() if loose else raw, ANY_LINE, st.booleans()
)
ANY_FILE = st.lists(SPELLED, max_size=7).map(lambda lines: file(*lines))


@settings(max_examples=400)
@given(ANY_FILE, ANY_FILE, ANY_FILE)
def test_merging_is_commutative_associative_and_idempotent_for_any_files(
    a: bytes, b: bytes, c: bytes
) -> None:
    assert joined(a, b) == joined(b, a)
    assert joined(joined(a, b), c) == joined(a, joined(b, c)) == joined(a, b, c)
    once = joined(a, b)
    assert joined(once, once) == joined(once, a) == joined(b, once) == once


@settings(max_examples=200)
@given(ANY_FILE, ANY_FILE)
def test_nothing_is_dropped_and_no_id_stands_twice(a: bytes, b: bytes) -> None:
    def contents(data: bytes) -> set[str]:
        return {
            json.dumps(json.loads(raw) | {"id": json.loads(raw)["id"][:12]}, sort_keys=True)
            for raw in data.split(b"\n")[:-1]
        }

    both = joined(a, b)
    assert contents(both) == contents(a) | contents(b)
    assert len(ids(both)) == len(set(ids(both))) == len(contents(both))


@settings(max_examples=200)
@given(st.lists(st.integers(0, 5), max_size=9, unique=False))
def test_a_file_of_one_machine_keeps_its_order_whatever_its_clock_did(clock: list[int]) -> None:
    data = file(*(line(f"{n:012d}", at) for n, at in enumerate(clock)))
    assert joined(data) == joined(data, data) == data


# --- the laws, over journals as they come about ---------------------------------------------------------------


class Machines(RuleBasedStateMachine):
    """Three computers of one person that write, correct, set their clocks back, and merge in any direction."""

    @initialize()
    def begin(self) -> None:
        self.files: list[list[bytes]] = [[], [], []]
        self.clocks = [0, 0, 0]
        self.written: list[str] = []

    def _write(self, machine: int, kind: str = "pain", **more: Any) -> None:
        name = f"{len(self.written) * 7919 % 99991:012d}"
        self.written.append(name)
        self.files[machine].append(line(name, self.clocks[machine], kind=kind, **more))

    @rule(machine=st.integers(0, 2), later=st.sampled_from((0, 0, 1, 1, 60, -1, -90)))
    def writes(self, machine: int, later: int) -> None:
        self.clocks[machine] += later
        self._write(machine)

    @rule(machine=st.integers(0, 2), data=st.data(), undo=st.booleans())
    def corrects(self, machine: int, data: st.DataObject, undo: bool) -> None:
        known = ids(file(*self.files[machine]))
        if known:
            target = data.draw(st.sampled_from(known))
            self.clocks[machine] += 1
            if undo:
                self._write(machine, "retract", target=target)
            else:
                self._write(machine, "amend", target=target, set={"note": "x"})

    @rule(here=st.integers(0, 2), there=st.integers(0, 2))
    def merges(self, here: int, there: int) -> None:
        self.files[here] = joined(file(*self.files[here]), file(*self.files[there])).split(b"\n")[:-1]

    @rule(here=st.integers(0, 2), there=st.integers(0, 2))
    def is_copied(self, here: int, there: int) -> None:
        if not self.files[here]:
            self.files[here] = list(self.files[there])
            self.clocks[here] = self.clocks[there]

    @invariant()
    def all_laws_hold(self) -> None:
        a, b, c = (file(*lines) for lines in self.files)
        every = joined(a, b, c)
        assert every == joined(c, joined(b, a)) == joined(joined(a, c), joined(b, every))
        for own in (a, b, c):
            assert joined(own, own) == own
            kept = [raw for raw in every.split(b"\n") if raw in set(own.split(b"\n"))]
            assert kept == own.split(b"\n"), "a machine's own lines have changed their order"
        assert sorted(ids(every)) == sorted(set(ids(a)) | set(ids(b)) | set(ids(c)))

    @invariant()
    def corrections_come_after_what_they_correct(self) -> None:
        every = [
            r for raw in joined(*(file(*lines) for lines in self.files)).split(b"\n") if (r := read_line(raw))
        ]
        fold(every)
        seen: set[str] = set()
        for record in every:
            if isinstance(record, Amend | Retract):
                assert record.target in seen
            seen.add(record.id)


TestMachines = Machines.TestCase
TestMachines.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
