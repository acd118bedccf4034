"""The cache of the library: whole and fresh, or as if it were not there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import shipped
from backmove import __version__
from backmove.store.library import CACHED, Library, load_library
from backmove.store.library_cache import cache_file, fingerprint, read_cache, write_cache
from backmove.store.paths import Paths, find_paths
from backmove.store.resources import resource

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"BACKMOVE_DIR": str(tmp_path / "own")})


def the_file(paths: Paths) -> Path:
    (file,) = paths.cache.iterdir()
    return file


def loaded(paths: Paths) -> set[str]:
    """Top-level modules of a fresh process that loads the library."""
    program = (
        "import sys\n"
        "from backmove.store.library import load_library\n"
        "from backmove.store.paths import find_paths\n"
        f"library = load_library(find_paths({{'BACKMOVE_DIR': {str(paths.data)!r}}}))\n"
        "assert len(library.catalog.exercises) == 204\n"
        "print(' '.join({name.split('.')[0] for name in sys.modules}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"},
        timeout=120,
        check=True,
    )
    return set(ran.stdout.split())


def test_a_warm_cache_needs_neither_yaml_nor_pydantic(paths: Paths) -> None:
    assert {"yaml", "pydantic"} <= loaded(paths)
    assert not {"yaml", "pydantic"} & loaded(paths)


def told(library: object) -> object:
    """All that is in a library, to compare: a catalogue is equal to itself alone."""
    return msgspec.to_builtins(library)


def test_the_cache_gives_back_the_same_library(paths: Paths) -> None:
    fresh = load_library(paths)
    assert the_file(paths).exists()
    kept = load_library(paths)
    assert told(kept) == told(fresh)
    assert told((kept.catalog, kept.parameters)) == told(shipped.library())


def test_the_order_of_the_file_is_kept(paths: Paths) -> None:
    load_library(paths)
    assert list(load_library(paths).catalog.exercises) == list(shipped.catalog().exercises)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw + b" ",
        lambda raw: raw.replace(b'"flex-end"', b'"flex-mid"', 1),
        lambda raw: raw.replace(b'"level":2', b'"level":1', 1),
        lambda raw: b"\xff\xfe" + raw,
        lambda raw: raw.partition(b"\n")[2],
        lambda raw: b"not json at all",
    ],
)
def test_a_spoiled_cache_is_built_again_in_silence(
    paths: Paths, spoil: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = load_library(paths)
    file = the_file(paths)
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert told(load_library(paths)) == told(fresh)
    assert file.read_bytes() == whole
    assert capsys.readouterr() == ("", "")


def test_a_sealed_file_of_another_shape_is_built_again(paths: Paths) -> None:
    fresh = load_library(paths)
    write_cache(the_file(paths), {"catalog": 3})
    assert told(load_library(paths)) == told(fresh)


def test_a_sealed_file_with_the_digest_of_other_sources_is_built_again(paths: Paths) -> None:
    fresh = load_library(paths)
    write_cache(the_file(paths), Library(fresh.catalog, fresh.parameters, "0" * 64))
    assert told(load_library(paths)) == told(fresh)


def test_the_name_follows_the_sources_and_the_version(paths: Paths) -> None:
    digest = load_library(paths).digest
    assert the_file(paths) == cache_file(paths.cache, digest, __version__)
    assert cache_file(paths.cache, digest, "9.9") != the_file(paths)
    assert cache_file(paths.cache, "0" + digest[1:], __version__) != the_file(paths)


def test_files_of_older_sources_go_and_other_versions_stay(paths: Paths) -> None:
    older = cache_file(paths.cache, "0" * 64, __version__)
    other = cache_file(paths.cache, "0" * 64, "0.0.1")
    paths.cache.mkdir(parents=True)
    older.write_bytes(b"x")
    other.write_bytes(b"x")
    load_library(paths)
    assert not older.exists()
    assert other.exists()


def test_a_cache_that_cannot_be_written_is_no_error(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.cache.write_text("a file where the folder should be")
    assert len(load_library(paths).catalog.exercises) == 204


@pytest.mark.parametrize("cut", range(0, 300, 7))
def test_a_torn_file_is_no_library(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "library-x-1.json"
    write_cache(file, {"a": list(range(60))})
    assert read_cache(file, dict[str, list[int]]) == {"a": list(range(60))}
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) - 1 - cut] if cut < len(raw) - 1 else b"")
    assert read_cache(file, dict[str, list[int]]) is None


def test_the_digest_covers_every_source(paths: Paths) -> None:
    contents = shipped.contents()
    assert load_library(paths).digest == fingerprint(*(contents[name] for name in CACHED))
    for name in CACHED:
        changed = contents | {name: contents[name].replace(b"1", b"2", 1)}
        assert fingerprint(*(changed[name] for name in CACHED)) != load_library(paths).digest, name
    assert {resource(name).name for name in CACHED} == set(shipped.contents())


def test_the_seal_covers_the_payload(tmp_path: Path) -> None:
    file = tmp_path / "library-x-1.json"
    write_cache(file, {"forbids": ["flex-end"]})
    seal, _, payload = file.read_bytes().partition(b"\n")
    file.write_bytes(seal + b"\n" + msgspec.json.encode({"forbids": []}))
    assert payload
    assert read_cache(file, dict[str, list[str]]) is None


def test_a_piece_that_moves_from_one_part_to_the_next_is_told() -> None:
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc") != fingerprint(b"abc")
    assert len(fingerprint()) == 16
