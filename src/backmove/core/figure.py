"""One number of ``data/parameters.yaml``: a value, its unit and its source.

``source`` is a key of references.yaml; PRAC means usual practice without a trial.
"""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, MinLen

Words = Annotated[str, MinLen(1)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and where it comes from."""

    value: Annotated[int, Interval(ge=0, le=1000)]
    unit: Words
    source: Words
