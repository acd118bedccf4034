"""Points and directions in the figure's world, in fractions of body height.

x runs to the right of the side view (the way an upright figure faces), y up, z toward a viewer who stands at the
figure's right side. The floor is y = 0. Angles are in degrees; in the side view 0 points forward, 90 up, 180 back
and -90 down.
"""

import math
from typing import Final

Vec = tuple[float, float, float]

ORIGIN: Final[Vec] = (0.0, 0.0, 0.0)
UP: Final[Vec] = (0.0, 1.0, 0.0)


def plus(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, k: float) -> Vec:
    return (a[0] * k, a[1] * k, a[2] * k)


def along(start: Vec, direction: Vec, length: float) -> Vec:
    """The point ``length`` away from ``start`` in a unit direction."""
    return (
        start[0] + direction[0] * length,
        start[1] + direction[1] * length,
        start[2] + direction[2] * length,
    )


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def norm(a: Vec) -> float:
    return math.sqrt(dot(a, a))


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """``a`` with length 1; ``otherwise`` when it has none."""
    size = norm(a)
    return times(a, 1 / size) if size > 1e-9 else otherwise


def mix(a: Vec, b: Vec, u: float) -> Vec:
    """From ``a`` (u = 0) to ``b`` (u = 1) on the straight line."""
    return (a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u, a[2] + (b[2] - a[2]) * u)


def across(a: Vec, axis: Vec, otherwise: Vec = UP) -> Vec:
    """The unit direction of that part of ``a`` which is square to the unit ``axis``."""
    return unit(minus(a, times(axis, dot(a, axis))), otherwise)


def swing(a: Vec, b: Vec, u: float) -> Vec:
    """From direction ``a`` to direction ``b`` on the shorter arc, both of length 1."""
    cosine = max(-1.0, min(1.0, dot(a, b)))
    angle = math.acos(cosine)
    if angle < 1e-6:
        return b
    side = across(b, a, unit(cross(a, (0.123, 0.456, 0.789))))
    return plus(times(a, math.cos(angle * u)), times(side, math.sin(angle * u)))


def carried(a: Vec, start: Vec, end: Vec) -> Vec:
    """``a`` turned by the shortest turn that brings the direction ``start`` to ``end``."""
    axis = cross(start, end)
    sine, cosine = norm(axis), dot(start, end)
    if sine < 1e-9:
        return a if cosine > 0 else times(a, -1)
    k = times(axis, 1 / sine)
    return plus(plus(times(a, cosine), times(cross(k, a), sine)), times(k, dot(k, a) * (1 - cosine)))


def aimed(angle: float, out: float, side: int = 1) -> Vec:
    """A direction: ``angle`` in the side view, then ``out`` degrees away from the midline (side 1: right)."""
    a, o = math.radians(angle), math.radians(out)
    return (math.cos(a) * math.cos(o), math.sin(a) * math.cos(o), math.sin(o) * side)
