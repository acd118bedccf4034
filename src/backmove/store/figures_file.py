"""The figures from ``data/figures.yaml``, or from the cache folder when that is whole and fresh.

Only what shows a figure reads this: the guide, ``exercises show`` and ``exercises sheet``. No rule looks at it.
"""

import hashlib
from typing import Final, Literal

from msgspec import Struct

from backmove import __version__
from backmove.core.keyframe import Album, FigurePlan, NamedPose
from backmove.store.library_cache import cache_file, read_cache, write_cache
from backmove.store.paths import Paths
from backmove.store.resources import resource

FILE: Final = "figures.yaml"


class FiguresFile(Struct, frozen=True):
    """The shape of the file. ``touches``: what touches what in a named position."""

    schema_version: Literal[1]
    poses: dict[str, NamedPose]
    touches: dict[str, tuple[str, ...]]
    figures: tuple[FigurePlan, ...]


class KeptAlbum(Struct, frozen=True):
    """What stands in the cache; ``digest`` is that of the YAML it came from."""

    album: Album
    digest: str


def load_album(paths: Paths) -> Album:
    """All figures. Raises DataProblem with every fault and its line."""
    raw = resource(FILE).read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    file = cache_file(paths.cache, digest, __version__, "figures")
    kept = read_cache(file, KeptAlbum)
    if kept is not None and kept.digest == digest:
        return kept.album
    from backmove.store.figures_check import read_album  # noqa: PLC0415 - yaml and pydantic load only here

    album = read_album(raw, resource(FILE))
    write_cache(file, KeptAlbum(album, digest))
    return album
