"""``data/figures.yaml`` through the loader: faults with their line, and a cache that is only a cache."""

from pathlib import Path

import pytest

from backmove.errors import DataProblem
from backmove.store.figures_check import read_album
from backmove.store.figures_file import load_album
from backmove.store.library import load_library
from backmove.store.paths import Paths
from conftest import World

HEAD = """schema_version: 1
poses:
  stand:
    pose: {at: [0, 0.528]}
touches: {}
figures:
"""


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{id: a, base: sitting, frames: [{}]}", "7:19: figures.a.base: no position is named sitting"),
        ("{id: a, base: stand, view: above, frames: [{}]}", "view: above is no view (allowed: side,"),
        (
            "{id: a, base: stand, frames: [{mirror: 1}]}",
            "mirror: only an earlier position has a mirror image",
        ),
        ("{id: a, base: stand, frames: [{pin: nose}]}", "pin: nose is no joint"),
        ("{id: a, base: stand, still: 2, frames: [{}]}", "still: there are only 1 positions"),
        ("{id: a, base: stand, frames: [{arms: {hand: 3}}]}", "arms: an arm needs upper, to or on"),
        ("{id: a, base: stand, frames: []}", "frames: the list should have at least 1 item"),
        ("{id: a, base: stand, frams: [{}]}", "frams"),
        (
            "{id: a, base: stand, props: [{kind: band, joints: [paw]}], frames: [{}]}",
            "joints: paw is no joint",
        ),
        ("{id: a, base: stand, props: [{kind: sofa}], frames: [{}]}", "sofa"),
        ("{id: a, base: stand, frames: [{focus: nose}]}", "focus: nose is no joint"),
        ("{id: a, base: stand, touches: [wings floor], frames: [{}]}", "touches: wings floor"),
        ("{id: a, base: stand, touches: [feet chair], frames: [{}]}", "touches: feet chair"),
        ("{id: a, base: stand, frames: [{arms: {on: nose}}]}", "arms: nose is no joint"),
    ],
)
def test_a_fault_is_told_with_its_line(entry: str, fault: str) -> None:
    with pytest.raises(DataProblem) as told:
        read_album(f"{HEAD}  - {entry}\n".encode(), Path("figures.yaml"))
    assert "figures.yaml:7:" in told.value.message
    assert fault in told.value.message


def test_an_id_that_stands_twice_and_a_position_made_from_itself_are_faults() -> None:
    twice = f"{HEAD}  - {{id: a, base: stand, frames: [{{}}]}}\n  - {{id: a, base: stand, frames: [{{}}]}}\n"
    with pytest.raises(DataProblem, match="a stands twice"):
        read_album(twice.encode(), Path("figures.yaml"))
    ring = (
        HEAD.replace("    pose:", "    base: stand\n    pose:") + "  - {id: a, base: stand, frames: [{}]}\n"
    )
    with pytest.raises(DataProblem, match="leads back to itself"):
        read_album(ring.encode(), Path("figures.yaml"))


def cached(paths: Paths) -> list[Path]:
    return sorted(paths.cache.glob("figures-*"))


def test_the_album_is_kept_and_read_again(world: World) -> None:
    paths = world.app().paths
    first = load_album(paths)
    (file,) = cached(paths)
    before = file.read_bytes()
    assert load_album(paths) == first
    assert file.read_bytes() == before


def test_the_cache_of_the_figures_and_that_of_the_library_leave_each_other_alone(world: World) -> None:
    paths = world.app().paths
    load_library(paths)
    load_album(paths)
    load_library(paths)
    assert len(cached(paths)) == 1
    assert len(list(paths.cache.glob("library-*"))) == 1


def test_a_cache_that_was_changed_is_as_if_it_were_not_there(world: World) -> None:
    paths = world.app().paths
    first = load_album(paths)
    (file,) = cached(paths)
    file.write_bytes(file.read_bytes().replace(b"bird-dog", b"cat-dog!", 1))
    assert load_album(paths) == first


def test_an_ordinary_day_reads_no_figures(world: World) -> None:
    world.run()
    world.run("log", "3")
    world.run("exercises", "list")
    assert cached(world.app().paths) == []
