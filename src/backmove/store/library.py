"""The library as the program uses it: from the cache when it is whole and fresh, else from the YAML files.

yaml and pydantic are imported only when a file is really read: they cost more than the rest of a session.
"""

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from backmove import __version__
from backmove.core.exercise import Catalog
from backmove.core.parameters import Parameters
from backmove.store.library_cache import cache_file, fingerprint, read_cache, write_cache
from backmove.store.paths import Paths
from backmove.store.resources import resource

if TYPE_CHECKING:  # a session needs neither: together they cost it 9 ms
    from backmove.core.emergency import EmergencyNumbers
    from backmove.core.questionnaire import Questionnaire

CACHED: Final = (
    "exercises.yaml",
    "precautions.yaml",
    "stop_codes.yaml",
    "references.yaml",
    "cards.yaml",
    "parameters.yaml",
)


class Library(Struct, frozen=True):
    """Catalogue and parameters; ``digest`` tells the files they came from."""

    catalog: Catalog
    parameters: Parameters
    digest: str


def load_library(paths: Paths) -> Library:
    """The library. Raises DataProblem that lists every fault of every file with its line."""
    contents = {name: resource(name).read_bytes() for name in CACHED}
    digest = fingerprint(*contents.values())
    file = cache_file(paths.cache, digest, __version__)
    kept = read_cache(file, Library)
    if kept is not None and kept.digest == digest:
        return kept
    from backmove.store.library_files import read_library  # noqa: PLC0415 - see above

    library = Library(*read_library(contents), digest)
    write_cache(file, library)
    return library


def load_questionnaire() -> "Questionnaire":
    """The questions and rules, from the YAML each time: an edited cache must not open anything."""
    from backmove.store.triage_file import read_questionnaire  # noqa: PLC0415 - see above

    return read_questionnaire(resource("triage.yaml"))


def load_emergency_numbers() -> "EmergencyNumbers":
    """The numbers by region, from the YAML each time."""
    from backmove.store.library_files import read_numbers  # noqa: PLC0415 - see above

    return read_numbers()
