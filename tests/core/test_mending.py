"""Mending: nothing is thrown away, what stays is untouched, and nobody forgets that a warning may be gone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.examination import examine
from backmove.core.lines import write_line
from backmove.core.mending import mending
from backmove.core.record import Flare, Pain

ONE, TWO, THREE = (
    write_line(Pain(v=1, id=f"{n:012d}", at="2026-03-01T08:00:00+01:00", day="2026-03-01", score=n))
    for n in (1, 2, 3)
)
OTHER = write_line(Flare(v=1, id=f"{1:012d}", at="2026-03-01T08:00:00+01:00", day="2026-03-01", on=True))
NEWER = TWO.replace(b'"v":1', b'"v":2')
TORN = THREE[:40]


def test_an_intact_journal_needs_nothing() -> None:
    plan = mending(ONE + TWO)
    assert (plan.needed, plan.kept, plan.blind) == (False, ONE + TWO, 0)


def test_no_journal_needs_nothing() -> None:
    assert not mending(b"").needed


def test_what_cannot_be_read_goes_and_the_rest_stays_byte_for_byte() -> None:
    plan = mending(ONE + b"oops\n" + b"\xef\xbb\xbf" + TWO + b"\0\0\0\n" + THREE)
    assert plan.kept == ONE + b"\xef\xbb\xbf" + TWO + THREE
    assert plan.bytes_aside == b"oops\n\0\0\0\n"
    assert [one.number for one in plan.aside] == [2, 4]
    assert plan.blind == 2


def test_a_half_line_at_the_end_is_apart_and_hides_no_warning() -> None:
    plan = mending(ONE + TORN)
    assert (plan.kept, plan.torn, plan.aside, plan.blind) == (ONE, TORN, (), 0)
    assert plan.needed


def test_a_whole_line_without_its_newline_stays() -> None:
    assert mending(ONE + TWO.rstrip(b"\n")).kept == ONE + TWO.rstrip(b"\n")


def test_a_copy_says_nothing_new_and_a_second_use_of_an_id_may() -> None:
    plan = mending(ONE + TWO + ONE + OTHER)
    assert [(one.number, one.copy) for one in plan.aside] == [(3, True), (4, False)]
    assert plan.aside[1].why == "it has the id of line 1"
    assert plan.blind == 1
    assert mending(ONE + ONE).blind == 0


def test_lines_that_differ_in_a_field_of_the_future_are_no_copies() -> None:
    assert mending(ONE + ONE.replace(b"}", b',"later":1}')).blind == 1


@pytest.mark.parametrize(
    "data", [ONE + NEWER, NEWER + b"oops\n", b"oops\n" + NEWER + TORN, ONE + NEWER.rstrip()]
)
def test_with_a_line_of_a_newer_version_nothing_is_done(data: bytes) -> None:
    plan = mending(data)
    assert (plan.refused, plan.needed, plan.kept, plan.aside) == ("newer", False, data, ())


def test_a_file_in_another_alphabet_is_left_alone() -> None:
    assert mending((ONE + TWO).decode().encode("utf-16")).refused == "utf-16"


_WHOLE: Any = st.sampled_from(
    [ONE, TWO, THREE, OTHER, b"oops\n", b"\n", b"{}\n", b"\0\0\n", b'"a"\n', b"\xff\n"]
)
_TAILS: Any = st.sampled_from([b"", TORN, b"oops", ONE.rstrip(b"\n"), b"\0\0", b"{}"])


@given(st.lists(_WHOLE, max_size=8), _TAILS)
def test_every_byte_of_before_is_somewhere_and_the_rest_can_be_read(lines: list[bytes], tail: bytes) -> None:
    data = b"".join(lines) + tail
    plan = mending(data)
    assert plan.refused is None
    whole = plan.kept if plan.kept.endswith(b"\n") or not plan.kept else plan.kept + b"\n"
    found = examine(whole, path="", exists=True, set_aside=())
    assert found.intact
    before = sorted(data.split(b"\n"))
    after = sorted([*whole.split(b"\n")[:-1], *plan.bytes_aside.split(b"\n")[:-1], plan.torn])
    assert [line for line in after if line] == [line for line in before if line]
    assert plan.needed == (not examine(data, path="", exists=True, set_aside=()).intact)


@given(st.lists(_WHOLE, max_size=8))
def test_a_line_that_is_gone_without_a_copy_is_always_told(lines: list[bytes]) -> None:
    plan = mending(b"".join(lines))
    stays = {line for line in plan.kept.split(b"\n") if line}
    for one in plan.aside:
        if not one.copy:
            assert plan.blind
        else:
            assert msgspec.json.decode(one.line) in [msgspec.json.decode(line.strip()) for line in stays]
