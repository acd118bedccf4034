"""The shipped library, read once from its YAML files and never from a cache."""

from functools import cache

from backmove.core.exercise import Catalog
from backmove.core.parameters import Parameters
from backmove.store.library import CACHED
from backmove.store.library_files import read_library
from backmove.store.resources import resource


@cache
def contents() -> dict[str, bytes]:
    return {name: resource(name).read_bytes() for name in CACHED}


@cache
def library() -> tuple[Catalog, Parameters]:
    return read_library(contents())


def catalog() -> Catalog:
    return library()[0]
