"""The things beside the body: where their surfaces are.

Sizes are those of ordinary things beside a person 1.72 m tall: a seat of 43 cm is 0.25, the chair's back 95 cm 0.55, a
counter of 91 cm 0.53, a table of 74 cm 0.43, an exercise ball of 65 cm has the radius 0.19, a low step of 17 cm is
0.10.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from backmove.core.keyframe import Prop, PropKind
from backmove.core.skeleton import Joints
from backmove.core.space import Vec, norm, plus, times
from backmove.core.stance import numbers

SEAT: Final = 0.25
SEAT_DEEP: Final = 0.25
SEAT_WIDE: Final = 0.26
BACK: Final = 0.3
BALL: Final = 0.19
SLAB: Final = 0.03
FAR: Final = 3.0
"""A wall or floor goes this far."""


class Box(Struct, frozen=True):
    """A block between two corners."""

    low: Vec
    high: Vec

    def gap(self, point: Vec) -> float:
        """Distance of a point to the surface; below 0 inside."""
        out = [max(self.low[i] - point[i], point[i] - self.high[i]) for i in range(3)]
        beyond = norm((max(out[0], 0.0), max(out[1], 0.0), max(out[2], 0.0)))
        return beyond if beyond > 0 else max(out)


class Globe(Struct, frozen=True):
    """A ball."""

    centre: Vec
    radius: float

    def gap(self, point: Vec) -> float:
        return (
            norm((point[0] - self.centre[0], point[1] - self.centre[1], point[2] - self.centre[2]))
            - self.radius
        )


Solid = Box | Globe


FLOOR: Final = Box((-FAR, -1.0, -FAR), (FAR, 0.0, FAR))


def solids_of(prop: Prop, joints: Joints) -> tuple[Solid, ...]:
    """The parts that a body cannot pass through and can rest on."""
    x, y, z = numbers(prop.at)
    w, h, d = size_of(prop)
    match prop.kind:
        case PropKind.WALL | PropKind.FRAME:
            return (_wall(prop, x, z),)
        case PropKind.CHAIR | PropKind.STOOL:
            return chair_parts(prop)
        case PropKind.TABLE:
            return (Box((x, y - SLAB, z - d / 2), (x + w, y, z + d / 2)),)
        case PropKind.STEP | PropKind.BOX | PropKind.CUSHION | PropKind.PACK | PropKind.BED:
            return (Box((x, y, z - d / 2), (x + w, y + h, z + d / 2)),)
        case PropKind.BALL:
            return (Globe(ball_middle(prop, joints), w),)
        case _:
            return ()


def size_of(prop: Prop) -> Vec:
    """Width (x), height (y), depth (z); a ball's radius is its width."""
    usual: dict[PropKind, Vec] = {
        PropKind.TABLE: (0.5, 0.0, 0.5),
        PropKind.STEP: (0.3, 0.1, 0.4),
        PropKind.BED: (1.3, 0.26, 0.6),
        PropKind.CUSHION: (0.16, 0.05, 0.2),
        PropKind.BALL: (BALL, 0.0, 0.0),
        PropKind.WEIGHT: (0.1, 0.12, 0.06),
        PropKind.WALL: (0.0, 1.15, 0.7),
        PropKind.FRAME: (0.04, 1.15, 0.06),
    }
    return numbers(prop.size, usual.get(prop.kind, (0.1, 0.1, 0.1)))


def _wall(prop: Prop, x: float, z: float) -> Box:
    if prop.kind is PropKind.FRAME:
        w, h, d = size_of(prop)
        return Box((x, 0.0, z - d / 2), (x + w, h, z + d / 2))
    match prop.facing:
        case 1:
            return Box((x, -1.0, -FAR), (x + 1.0, FAR, FAR))
        case -1:
            return Box((x - 1.0, -1.0, -FAR), (x, FAR, FAR))
        case 2:
            return Box((-FAR, -1.0, z), (FAR, FAR, z + 1.0))
        case _:
            return Box((-FAR, -1.0, z - 1.0), (FAR, FAR, z))


def chair_parts(prop: Prop) -> tuple[Box, ...]:
    x, y, z = numbers(prop.at)
    seat = y or SEAT
    sideways = abs(prop.facing) == 2
    deep, wide = (SEAT_WIDE / 2, SEAT_DEEP / 2) if sideways else (SEAT_DEEP / 2, SEAT_WIDE / 2)
    parts = [Box((x - deep, seat - SLAB, z - wide), (x + deep, seat, z + wide))]
    if prop.kind is PropKind.CHAIR:
        behind = -1 if prop.facing > 0 else 1
        if sideways:
            edge = z + behind * (wide + 0.012)
            parts.append(Box((x - deep, seat, edge - 0.012), (x + deep, seat + BACK, edge + 0.012)))
        else:
            edge = x + behind * (deep + 0.012)
            parts.append(Box((edge - 0.012, seat, z - wide), (edge + 0.012, seat + BACK, z + wide)))
    return tuple(parts)


def ball_middle(prop: Prop, joints: Joints) -> Vec:
    """The middle of the ball: ``at``, or moved by ``at`` from the joints it follows; on the floor without a height."""
    radius = size_of(prop)[0]
    x, y, z = numbers(prop.at)
    if not prop.joints:
        return (x, y or radius, z)
    here = middle(joints, prop.joints)
    return (here[0] + x, here[1] + y if y else radius, z)


def middle(joints: Joints, names: Iterable[str]) -> Vec:
    """The middle of some joints."""
    found = [joints[name] for name in names]
    total = (0.0, 0.0, 0.0)
    for point in found:
        total = plus(total, point)
    return times(total, 1 / len(found))
