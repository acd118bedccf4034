"""The validated library as one file in the cache folder, so that a daily session pays for no YAML.

The first line is a digest of the rest. A file that cannot be read, is of another version or was changed by
hand is as if it were not there. Nothing that unlocks a session is ever kept here.
"""

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from backmove.errors import StorageProblem
from backmove.store.files import replace_file

T = TypeVar("T")


def cache_file(folder: Path, digest: str, version: str, what: str = "library") -> Path:
    """Where the library (or ``what`` else, a word) with this content digest is kept for this version."""
    return folder / f"{what}-{digest[:16]}-{version}.json"


def read_cache(file: Path, wanted: type[T]) -> T | None:
    """What was kept, or None when there is nothing that can be trusted."""
    try:
        seal, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if seal.decode("ascii", "replace") != _seal(payload):
        return None
    try:
        return msgspec.json.decode(payload, type=wanted)
    except (msgspec.MsgspecError, ValueError):
        return None


def whole(file: Path) -> bool:
    """Whether a file of the cache is what was written into it."""
    try:
        seal, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return False
    return seal.decode("ascii", "replace") == _seal(payload)


def write_cache(file: Path, value: object) -> None:
    """Keep ``value``; older files of the same version go. A folder that refuses is no error."""
    payload = msgspec.json.encode(value)
    try:
        if file.is_symlink():  # none of ours: what it names stays as it is
            file.unlink()
        replace_file(file, _seal(payload).encode() + b"\n" + payload)
        what, _, rest = file.name.partition("-")
        for old in file.parent.glob(f"{what}-*-{rest.partition('-')[2]}"):
            if old != file:
                old.unlink()
    except (OSError, StorageProblem):
        return


def _seal(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
