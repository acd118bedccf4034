"""The lines and faces with which the things beside the body are drawn."""

import math

from msgspec import Struct

from backmove.core.body import Side
from backmove.core.keyframe import Prop, PropKind
from backmove.core.props import (
    SEAT,
    SEAT_DEEP,
    SEAT_WIDE,
    SLAB,
    Box,
    ball_middle,
    chair_parts,
    middle,
    size_of,
    solids_of,
)
from backmove.core.skeleton import Joints
from backmove.core.space import Vec, mix, plus
from backmove.core.stance import numbers


class Line(Struct, frozen=True):
    """A line or, when closed, a face in the world. ``width`` 0 is the thinnest that can be seen."""

    points: tuple[Vec, ...]
    width: float = 0.012
    closed: bool = False
    tone: str = "prop"


def lines_of(prop: Prop, joints: Joints) -> tuple[Line, ...]:
    """The lines and faces that show the thing."""
    x, y, z = numbers(prop.at)
    w, h, d = size_of(prop)
    match prop.kind:
        case PropKind.WALL:
            return _wall_lines(prop, x, z, h, d)
        case PropKind.CHAIR | PropKind.STOOL:
            return _chair_lines(prop)
        case PropKind.TABLE:
            top = faces(Box((x, y - SLAB, z - d / 2), (x + w, y, z + d / 2)))
            legs = [
                _post(x + dx, z + dz, y - SLAB)
                for dx in (0.04, w - 0.04)
                for dz in (-d / 2 + 0.03, d / 2 - 0.03)
            ]
            return (*legs, *top)
        case PropKind.STEP | PropKind.BOX | PropKind.CUSHION | PropKind.PACK | PropKind.BED | PropKind.FRAME:
            tone = "soft" if prop.kind in (PropKind.CUSHION, PropKind.PACK) else "prop"
            box = solids_of(prop, joints)[0]
            assert isinstance(box, Box)
            return faces(box, tone)
        case PropKind.BALL:
            return (Line((ball_middle(prop, joints),), w * 2, tone="ball"),)
        case PropKind.BAND:
            return _band(prop, joints)
        case PropKind.LOOP | PropKind.STRAP:
            return (Line(tuple(joints[name] for name in prop.joints), 0.014, tone="band"),)
        case PropKind.WEIGHT:
            return _weight(prop, joints, w, h, d)
        case PropKind.POLES:
            return tuple(
                Line((joints[f"{side}_hand"], _tip(joints[f"{side}_hand"], joints[f"{side}_elbow"])), 0.01)
                for side in Side
            )
        case PropKind.RAIL:
            return (Line(((x, y, z - 0.3), (x, y, z + 0.3)), 0.024), Line(((x, y, z), (x, 0.0, z)), 0.012))
        case PropKind.FLOAT:
            here = middle(joints, prop.joints)
            return faces(Box(plus(here, (-0.06, -0.012, -0.1)), plus(here, (0.06, 0.012, 0.1))), "soft")
        case PropKind.BIKE:
            return _bike(prop, joints)
        case PropKind.WATER:  # pragma: no branch - every kind of thing has its case
            return ()


def _post(x: float, z: float, top: float) -> Line:
    return Line(((x, 0.0, z), (x, top, z)), 0.014)


def faces(box: Box, tone: str = "prop") -> tuple[Line, ...]:
    """The three faces of a block that look forward, up and to the right, and their opposites behind them."""
    (a, b, c), (p, q, r) = box.low, box.high
    return (
        Line(((a, b, c), (p, b, c), (p, q, c), (a, q, c)), 0.008, True, tone),
        Line(((a, b, c), (a, b, r), (a, q, r), (a, q, c)), 0.008, True, tone),
        Line(((p, b, c), (p, b, r), (p, q, r), (p, q, c)), 0.008, True, tone),
        Line(((a, q, c), (p, q, c), (p, q, r), (a, q, r)), 0.008, True, tone),
        Line(((a, b, r), (p, b, r), (p, q, r), (a, q, r)), 0.008, True, tone),
    )


def _wall_lines(prop: Prop, x: float, z: float, high: float, wide: float) -> tuple[Line, ...]:
    """The wall's face and short strokes on its far side, as walls are drawn in section."""
    if abs(prop.facing) == 2:
        edge = ((x - wide, 0.0, z), (x + wide, 0.0, z), (x + wide, high, z), (x - wide, high, z))
        return (Line(edge, 0.01, True, "wall"),)
    edge = ((x, 0.0, -wide / 2), (x, 0.0, wide / 2), (x, high, wide / 2), (x, high, -wide / 2))
    into = 0.035 * (1 if prop.facing == 1 else -1)
    marks = tuple(
        Line(((x, 0.06 + 0.09 * i, 0.0), (x + into, 0.09 + 0.09 * i, 0.0)), 0.008, tone="hatch")
        for i in range(int((high - 0.06) / 0.09))
    )
    return (Line(edge, 0.014, True, "wall"), *marks)


def _chair_lines(prop: Prop) -> tuple[Line, ...]:
    x, y, z = numbers(prop.at)
    seat = y or SEAT
    lines = [
        _post(x + dx, z + dz, seat - SLAB)
        for dx in (-SEAT_DEEP / 2 + 0.015, SEAT_DEEP / 2 - 0.015)
        for dz in (-SEAT_WIDE / 2 + 0.015, SEAT_WIDE / 2 - 0.015)
    ]
    for box in chair_parts(prop):
        lines += faces(box)
    return tuple(lines)


def _band(prop: Prop, joints: Joints) -> tuple[Line, ...]:
    ends = [joints[name] for name in prop.joints]
    x, y, z = numbers(prop.at)
    if not (x or y):
        return (Line(tuple(ends), 0.012, tone="band"),)
    post = Line(((x, 0.0, z), (x, y + 0.15, z)), 0.03)
    return (post, *(Line(((x, y, z), end), 0.012, tone="band") for end in ends))


def _weight(prop: Prop, joints: Joints, w: float, h: float, d: float) -> tuple[Line, ...]:
    """A bag that hangs from the hands; with ``at`` y = 1 it is held in them instead."""
    here = middle(joints, prop.joints)
    x, y, z = numbers(prop.at)
    top = here[1] + h / 2 if y else here[1] - 0.03
    box = Box(
        (here[0] + x - w / 2, top - h, here[2] + z - d / 2), (here[0] + x + w / 2, top, here[2] + z + d / 2)
    )
    handle = Line((here, (here[0] + x, top, here[2] + z)), 0.012)
    return (handle, *faces(box, "weight"))


def _tip(hand: Vec, elbow: Vec) -> Vec:
    """Where a pole meets the ground: behind the hand, the more so the further the hand is behind."""
    lean = 0.16 + max(0.0, (elbow[0] - hand[0])) * 0.9
    return (hand[0] - lean, 0.0, hand[2])


def _bike(prop: Prop, joints: Joints) -> tuple[Line, ...]:
    """A frame from the crank (``at``) to seat and bars, on two feet or, with ``size`` 1, on wheels."""
    crank = numbers(prop.at)
    seat = plus(joints["hips"], (-0.01, -0.055, 0.0))
    seat = (crank[0] - 0.13 if prop.facing == 1 else seat[0], seat[1], 0.0)
    bars = middle(joints, ("right_wrist", "left_wrist"))
    bars = (bars[0], bars[1] - 0.02, 0.0)
    head = (bars[0] + 0.03, crank[1] + 0.12, 0.0)
    rear, front = crank[0] - 0.27, crank[0] + 0.38
    low = 0.19 if prop.size else 0.02
    lines = [
        Line((plus(seat, (-0.06, 0.0, 0.0)), plus(seat, (0.07, 0.0, 0.0))), 0.03),
        Line((seat, crank), 0.016),
        Line((crank, head), 0.016),
        Line((head, bars), 0.016),
        Line((plus(bars, (0.0, 0.0, -0.12)), plus(bars, (0.0, 0.0, 0.12))), 0.016),
        Line((crank, (rear, low, 0.0)), 0.014),
        Line((head, (front, low, 0.0)), 0.014),
        *(Line((crank, mix(joints[f"{s}_heel"], joints[f"{s}_toe"], 0.75)), 0.012) for s in Side),
    ]
    if prop.size:
        lines += [_ring((rear, 0.19, 0.0), 0.185), _ring((front, 0.19, 0.0), 0.185)]
    else:
        lines += [Line(((rear - 0.05, 0.012, 0.0), (rear + 0.05, 0.012, 0.0)), 0.02)]
        lines += [Line(((front - 0.05, 0.012, 0.0), (front + 0.05, 0.012, 0.0)), 0.02), _ring(crank, 0.07)]
    return tuple(lines)


def _ring(centre: Vec, radius: float) -> Line:
    turn = [math.tau * i / 24 for i in range(24)]
    points = tuple(
        (centre[0] + radius * math.cos(t), centre[1] + radius * math.sin(t), centre[2]) for t in turn
    )
    return Line(points, 0.012, True, "ring")
