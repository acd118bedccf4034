"""What ``data/figures.yaml`` says about a figure: key positions of one body, its props, and the view.

Conventions of this file
- Places are ``[x, y]`` or ``[x, y, z]`` in fractions of body height; see core/space.py for the axes. For a limb, z
  counts away from the midline on both sides.
- An aim is ``angle`` or ``[angle, out]``: degrees in the side view (0 forward, 90 up, 180 back, -90 down), then
  degrees away from the midline. ``out`` may pass 90: arms raised sideways go from [-90, 8] to [-90, 170].
- The trunk's aims are ``[angle, lean, turn]``: lean to the right, turn to the right.
- A part of the body that a position does not name stays as in the position that it is made from.
- ``lie: [roll, rise]`` lays the whole body down, head to the right of the picture: roll 0 is on the back, 90 on the
  left side with the front to the viewer; rise 90 brings it upright again. Aims are then read as if it stood.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

Aim = float | tuple[float, ...]
Place = Annotated[tuple[float, ...], Meta(min_length=1, max_length=3)]


class Arm(Struct, frozen=True):
    """Either aims (upper, fore, hand), or a place for the wrist: ``to`` a point or ``on`` a joint of the body.

    ``elbow``: the way the elbow points when a place is given. ``off``: moves an ``on`` place, x y z.
    """

    upper: Aim | None = None
    fore: Aim | None = None
    hand: Aim | None = None
    to: Place | None = None
    on: str | None = None
    off: Place | None = None
    elbow: Aim = -90.0


class Leg(Struct, frozen=True):
    """Either aims (thigh, shin, foot), or ``to``: the place on the ground under the ankle of a flat foot.

    With ``to``, ``foot`` is ``[pitch, toes out]``: a foot pitched down turns on its toes, up on its heel.
    ``ankle``: a place for the ankle itself. ``knee``: the way the knee points when a place is given.
    """

    thigh: Aim | None = None
    shin: Aim | None = None
    foot: Aim | None = None
    to: Place | None = None
    ankle: Place | None = None
    knee: Aim = 0.0


class Keyframe(Struct, frozen=True):
    """One position. ``pin`` and ``at``: the joint that is fixed in the world, and where.

    ``seconds``: to get here; ``hold``: to stay. ``mirror``: this position is the mirror image of that one of the
    same figure (counted from 1); then nothing else is named but the times.
    """

    pin: str | None = None
    at: Place | None = None
    lie: Place | None = None
    trunk: Aim | None = None
    pelvis: Aim | None = None
    chest: Aim | None = None
    head: Aim | None = None
    shoulders: Place | None = None
    """Degrees the shoulders are lifted and brought forward."""
    arms: Arm | None = None
    right_arm: Arm | None = None
    left_arm: Arm | None = None
    legs: Leg | None = None
    right_leg: Leg | None = None
    left_leg: Leg | None = None
    seconds: Annotated[float, Meta(ge=0)] | None = None
    hold: Annotated[float, Meta(ge=0)] | None = None
    mirror: Annotated[int, Meta(ge=1)] | None = None
    focus: str | None = None
    """The joint near which something works that does not move anything; it is ringed."""
    says: str = ""
    """What the geometry cannot tell in words: a squeeze, a breath, a press."""


class NamedPose(Struct, frozen=True):
    """A position that figures are made from; itself made from ``base`` when that is given."""

    pose: Keyframe
    base: str | None = None


class PropKind(StrEnum):
    WALL = "wall"
    CHAIR = "chair"
    STOOL = "stool"
    """A chair of which the back is of no use here."""
    TABLE = "table"
    BALL = "ball"
    STEP = "step"
    BED = "bed"
    BAND = "band"
    """From a post to the hands, or between two joints."""
    LOOP = "loop"
    """A loop of band round both legs."""
    STRAP = "strap"
    WEIGHT = "weight"
    CUSHION = "cushion"
    PACK = "pack"
    """A warm pack."""
    WATER = "water"
    RAIL = "rail"
    FRAME = "frame"
    """A door frame, seen edge on."""
    POLES = "poles"
    BIKE = "bike"
    FLOAT = "float"
    BOX = "box"
    """A solid block: ``at`` its lower corner, ``size`` its width, height, depth."""


class Prop(Struct, frozen=True):
    """A thing beside the body. ``at``: its place (wall: x; water, table: the height as y).

    ``facing``: 1 when the thing looks along x as an upright figure does (the chair's back is at its own back),
    -1 the other way, 2 toward the viewer, -2 away. ``joints``: what a band, strap, weight or pole is held by.
    """

    kind: PropKind
    at: Place = (0.0, 0.0)
    size: Place | None = None
    facing: int = 1
    joints: tuple[str, ...] = ()


class FigurePlan(Struct, frozen=True):
    """One exercise's figure. ``round``: the last position leads to the first; else it goes back the way it came.

    ``touches``: what holds in every position, as ``joint prop``: "right_foot floor", "hips chair". ``view``: a
    name of VIEWS or ``[yaw, pitch]`` in degrees. ``still`` counts from 1: the position that says most, which a
    page with room for one picture shows, and in which a hold is held.
    """

    id: str
    base: str
    frames: Annotated[tuple[Keyframe, ...], Meta(min_length=1)]
    view: str | Place = "side"
    props: tuple[Prop, ...] = ()
    touches: tuple[str, ...] | None = None
    round: bool = False
    flow: bool = False
    """Pass through the positions without slowing down: walking, pedals, circles."""
    still: Annotated[int, Meta(ge=1)] | None = None


class Album(Struct, frozen=True):
    """All figures by exercise id, and the named positions they are made from."""

    poses: Mapping[str, NamedPose]
    figures: Mapping[str, FigurePlan]
    touches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What touches what in a named position, unless a figure says otherwise."""
