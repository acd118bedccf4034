"""What the journal holds that a table may bring a second time."""

from collections.abc import Sequence

from backmove.core.diary import Diary
from backmove.core.incoming_table import Here
from backmove.core.record import AnyRecord
from backmove.core.replay import brought_and_gone, taken_back, without_repeats


def place_of(records: Sequence[AnyRecord], diary: Diary) -> Here:
    """``records`` in the order of the file, ``diary`` made of them."""
    unique = without_repeats(records)
    return Here(
        known={r.id for r in unique},
        stands={r.id: r for r in diary.entries},
        gone=brought_and_gone(unique, taken_back(unique)).keys(),
    )
