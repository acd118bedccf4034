"""Today's session and its other forms (``--another``, rulings 3.12).

Each form keeps the main rows of the one before but for one, always in the same place, and that only on a
green day; beginning and end change on every day.
"""

from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from backmove.core.assembly import Draft, assemble
from backmove.core.exercise import Slot
from backmove.core.frame import MILD, Frame, breaks
from backmove.core.main_block import alternatives
from backmove.core.plan import Block
from backmove.core.slots import Pick
from backmove.core.zone import Zone


def form_of(frame: Frame, variant: int, seed: str) -> tuple[Draft | None, bool]:
    """The session after so many calls of ``--another``, and whether it differs from the one before.

    None when no session can be put together. ``seed`` holds the day; each form has its own draws.
    """
    base = assemble(frame, Random(f"{seed}:0"))
    if base is None:
        return None, False
    swaps = _swaps(base, frame) if variant and frame.zone is Zone.GREEN else []
    draft, differs = base, True
    for number in range(1, variant + 1):
        turn = (number - 1) % len(swaps) if swaps else 0
        frame = replace(frame, unlike=frame.unlike | draft.ids(Block.WARMUP, Block.SETTLE))
        found = assemble(frame, Random(f"{seed}:{number}"), (*swaps[turn:], *swaps[:turn], base.picks))
        if found is not None and is_worse(found, draft, frame):
            found = None
        differs = found is not None and found.ids(*Block) != draft.ids(*Block)
        draft = found or draft
    return draft, differs


def is_worse(found: Draft, draft: Draft, frame: Frame) -> bool:
    """Whether another form breaks rules that the one before keeps: rather the same again than a poorer session."""
    return bool(set(breaks(found.items, frame)) - set(breaks(draft.items, frame)) - MILD)


def _swaps(base: Draft, frame: Frame) -> list[Sequence[Pick]]:
    """Main blocks that differ from the given one in one place, the least important that has a choice."""
    picks = base.picks
    for index in range(len(picks) - 1, -1, -1):
        others = alternatives(picks, index, frame.pools[Slot.MAIN], frame.wish)
        if others:
            return [(*picks[:index], other, *picks[index + 1 :]) for other in others]
    return []
