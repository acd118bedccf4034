"""One number of ``data/parameters.yaml``: a value, its unit and its source.

``source`` is a key of references.yaml; PRAC means usual practice without a trial.
"""

from typing import Annotated

from msgspec import Meta, Struct

Words = Annotated[str, Meta(min_length=1)]


class Figure(Struct, frozen=True):
    """One number and where it comes from."""

    value: Annotated[int, Meta(ge=0, le=1000)]
    unit: Words
    source: Words
