"""Parts of the body and places of a body in everyday words, for looking through the library. No rule uses them."""

from collections.abc import Mapping
from typing import Final

from backmove.core.exercise import Position, Target

BODY: Final[Mapping[str, frozenset[Target]]] = {
    "back": frozenset(
        {
            Target.MULTIFIDUS,
            Target.ERECTOR_SPINAE,
            Target.QUADRATUS_LUMBORUM,
            Target.LATS,
            Target.UPPER_BACK,
            Target.THORACIC_SPINE,
        }
    ),
    "belly": frozenset({Target.TRANSVERSUS_ABDOMINIS, Target.RECTUS_ABDOMINIS, Target.OBLIQUES}),
    "buttocks": frozenset({Target.GLUTE_MAX, Target.GLUTE_MED, Target.PIRIFORMIS}),
    "hips": frozenset(
        {Target.HIPS, Target.HIP_FLEXORS, Target.GLUTE_MED, Target.PIRIFORMIS, Target.ADDUCTORS}
    ),
    "legs": frozenset({Target.HAMSTRINGS, Target.QUADRICEPS, Target.ADDUCTORS, Target.CALVES}),
    "shoulders": frozenset({Target.SHOULDERS, Target.SERRATUS}),
    "arms": frozenset({Target.TRICEPS, Target.GRIP}),
    "chest": frozenset({Target.CHEST}),
    "breath": frozenset({Target.DIAPHRAGM}),
    "heart": frozenset({Target.CARDIO}),
} | {str(target): frozenset({target}) for target in Target if target not in ("hips", "shoulders", "chest")}
"""A word for a part of the body, and what the library calls the muscles and joints there."""

POSITIONS: Final[Mapping[str, frozenset[Position]]] = {
    "lying": frozenset({Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING}),
    "floor": frozenset(
        {
            Position.FLOOR_SUPINE,
            Position.PRONE,
            Position.SIDE_LYING,
            Position.QUADRUPED,
            Position.KNEELING,
        }
    ),
} | {str(position): frozenset({position}) for position in Position}
"""A word for a position, and the positions of the library that it stands for."""
