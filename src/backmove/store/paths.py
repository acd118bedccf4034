"""Where the files are. ``BACKMOVE_DIR`` replaces every folder; nothing outside it is touched then.

Linux follows the XDG rules by hand, because platformdirs costs 17 ms on every command; a test compares them.
"""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from backmove.errors import StorageProblem
from backmove.store import files

_NAME: Final = "backmove"


class Paths(NamedTuple):
    """Folders, and the one file that cannot be made again. Nothing says that they exist yet. A tuple, because TAB pays
    for nothing more."""

    data: Path
    cache: Path
    log: Path

    @property
    def journal(self) -> Path:
        """The journal file; it may be a link."""
        return self.data / "journal.jsonl"


def find_paths(env: Mapping[str, str]) -> Paths:
    """The places for this environment. Raises ``StorageProblem`` when there is no home folder to be found."""
    if own := env.get("BACKMOVE_DIR"):
        folder = _absolute(own, env)
        return Paths(data=folder, cache=folder / "cache", log=folder / "log")
    if sys.platform in ("win32", "darwin"):
        return _by_platformdirs()
    return Paths(
        data=_xdg(env, "XDG_DATA_HOME", ".local/share") / _NAME,
        cache=_xdg(env, "XDG_CACHE_HOME", ".cache") / _NAME,
        log=_xdg(env, "XDG_STATE_HOME", ".local/state") / _NAME / "log",
    )


def write_fault_log(paths: Paths, now: datetime, text: str) -> Path:
    """Keeps the traceback of a fault of ours in a file of its own; returns its path. Raises ``OSError``."""
    files.make_folder(paths.log)
    name = f"fault-{now:%Y%m%d-%H%M%S}.txt"
    return files.create_beside(paths.log / name, name, text.encode("utf-8", "backslashreplace"))


def _absolute(folder: str, env: Mapping[str, str]) -> Path:
    if folder == "~" or folder.startswith("~/"):
        return _home(env) / folder[2:]
    with files.explained(Path(folder), "BACKMOVE_DIR cannot be found"):
        return Path(folder).absolute()


def _xdg(env: Mapping[str, str], name: str, otherwise: str) -> Path:
    """A relative path counts as none: so the XDG rules say, and so platformdirs does."""
    chosen = env.get(name, "")
    return Path(chosen) if chosen.startswith("/") else _home(env) / otherwise


def _home(env: Mapping[str, str]) -> Path:
    named = env.get("HOME", "")
    if not named.startswith("/"):
        named = _home_of_the_account()
    if not named.startswith("/"):
        raise _homeless()
    return Path(named)


def _home_of_the_account() -> str:
    if sys.platform == "win32":
        return ""
    import pwd  # noqa: PLC0415 - not on Windows, and only when HOME is missing

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""


def _by_platformdirs() -> Paths:
    from platformdirs import PlatformDirs  # noqa: PLC0415 - 17 ms that Linux does not need

    dirs = PlatformDirs(_NAME, appauthor=False)
    try:
        return Paths(data=dirs.user_data_path, cache=dirs.user_cache_path, log=dirs.user_log_path)
    except RuntimeError:
        raise _homeless() from None


def _homeless() -> StorageProblem:
    return StorageProblem(
        "there is no home folder to keep the journal in: HOME is not set.",
        hint="Set BACKMOVE_DIR to a folder of your own.",
        code="no-home",
    )
