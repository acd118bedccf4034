"""The validated library as one file in the cache folder, so that a daily session pays for no YAML.

The first line is a digest of the rest. A file that cannot be read, is of another version or was changed by
hand is as if it were not there. Nothing that unlocks a session is ever kept here.
"""

from pathlib import Path
from typing import TypeVar
from zlib import adler32, crc32

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


def fingerprint(*parts: bytes) -> str:
    """What tells these bytes from any others that came about by chance: a checksum and a sum of another kind over the
    parts and their lengths, 16 hex digits. Nobody has to be kept from making others with the same, for nothing that
    opens a session is kept; and SHA-256 would cost a session 3 ms, for the library that it comes in."""
    crc, adler = 0, 1
    for part in parts:
        for piece in (part, len(part).to_bytes(8)):
            crc, adler = crc32(piece, crc), adler32(piece, adler)
    return f"{crc:08x}{adler:08x}"


def _seal(payload: bytes) -> str:
    return fingerprint(payload)
