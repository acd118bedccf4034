"""One thing that is wrong in the data of the library, before anybody knows its line."""

from msgspec import Struct


class Fault(Struct, frozen=True):
    """One fault: a path such as ``("exercises", 3, "chain")``, and the words."""

    loc: tuple[str | int, ...]
    what: str
