"""Where the files are, with and without a home, and that nothing is written elsewhere."""

import os
import pwd
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from platformdirs import PlatformDirs

from backmove.errors import ExitCode, StorageProblem
from backmove.store import paths as module
from backmove.store.paths import Paths, find_paths, write_fault_log

NOW = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the XDG rules are for Linux")


def test_backmove_dir_replaces_every_folder(tmp_path: Path) -> None:
    env = {
        "BACKMOVE_DIR": str(tmp_path),
        "HOME": "/elsewhere",
        "XDG_DATA_HOME": "/elsewhere",
        "XDG_CACHE_HOME": "/e",
    }
    paths = find_paths(env)
    assert paths == Paths(tmp_path, tmp_path / "cache", tmp_path / "log")
    assert paths.journal == tmp_path / "journal.jsonl"


def test_finding_the_paths_makes_nothing(tmp_path: Path) -> None:
    find_paths({"BACKMOVE_DIR": str(tmp_path / "new")})
    assert list(tmp_path.iterdir()) == []


def test_a_relative_backmove_dir_is_below_the_folder_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_paths({"BACKMOVE_DIR": "here"}).data == tmp_path / "here"


def test_a_backmove_dir_the_shell_did_not_expand_is_below_the_home_folder() -> None:
    assert find_paths({"BACKMOVE_DIR": "~/back", "HOME": "/home/ann"}).data == Path("/home/ann/back")


def test_a_relative_backmove_dir_in_a_folder_that_is_gone_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(StorageProblem, match="BACKMOVE_DIR cannot be found"):
        find_paths({"BACKMOVE_DIR": "here"})
    monkeypatch.chdir(tmp_path)


@linux_only
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"XDG_DATA_HOME": "/x/data", "XDG_CACHE_HOME": "/x/cache", "XDG_STATE_HOME": "/x/state"},
        {"XDG_DATA_HOME": "relative", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": "./state"},
        {"XDG_DATA_HOME": "~/data"},
        {"HOME": ""},
        {"HOME": "not/absolute"},
        {"HOME": "/"},
        {"HOME": "/home/ann/"},
        {"HOME": None},
        {"HOME": None, "XDG_DATA_HOME": "/x/data"},
    ],
    ids=str,
)
def test_linux_paths_are_those_of_platformdirs(
    env: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ann")
    for name, value in env.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    theirs = PlatformDirs("backmove", appauthor=False)
    ours = find_paths(os.environ)
    assert ours == Paths(theirs.user_data_path, theirs.user_cache_path, theirs.user_log_path)


@linux_only
def test_without_a_home_anywhere_the_message_names_backmove_dir(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> pwd.struct_passwd:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(StorageProblem) as problem:
        find_paths({})
    assert problem.value.exit_code is ExitCode.FAILURE
    assert problem.value.code == "no-home"
    assert "BACKMOVE_DIR" in problem.value.hint


@linux_only
def test_all_three_xdg_folders_need_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    env = {"XDG_DATA_HOME": "/x/data", "XDG_CACHE_HOME": "/x/cache", "XDG_STATE_HOME": "/x/state"}
    assert find_paths(env).data == Path("/x/data/backmove")


def test_a_fault_log_is_private_and_never_written_over(tmp_path: Path) -> None:
    paths = find_paths({"BACKMOVE_DIR": str(tmp_path / "b")})
    first = write_fault_log(paths, NOW, "one \udcff")
    second = write_fault_log(paths, NOW, "two")
    assert first.parent == paths.log
    assert (first.read_text(), second.read_text()) == ("one \\udcff", "two")
    assert first.stat().st_mode & 0o777 == 0o600
    assert paths.log.stat().st_mode & 0o777 == 0o700


def test_a_fault_log_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="log"):
        write_fault_log(find_paths({"BACKMOVE_DIR": str(tmp_path)}), NOW, "text")


@linux_only
def test_on_other_systems_platformdirs_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "sys", SimpleNamespace(platform="darwin"))
    theirs = PlatformDirs("backmove", appauthor=False)
    assert find_paths({}) == Paths(theirs.user_data_path, theirs.user_cache_path, theirs.user_log_path)
    assert find_paths({"BACKMOVE_DIR": "/b"}).data == Path("/b")


@linux_only
def test_on_other_systems_no_home_is_said_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setenv("HOME", "relative")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(module, "sys", SimpleNamespace(platform="darwin"))
    with pytest.raises(StorageProblem, match="no home folder"):
        find_paths({})
