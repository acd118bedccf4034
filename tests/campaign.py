"""How long a long campaign is: its full size, or the smaller one that the gate runs (``BACKMOVE_CAMPAIGN=small``)."""

import os
from typing import Final

SMALL: Final = os.environ.get("BACKMOVE_CAMPAIGN") == "small"


def size(full: int, small: int) -> int:
    """The number of rounds to run."""
    return small if SMALL else full
