"""What touches what: distances between the body's surface and the floor and things beside it.

All in fractions of body height. A gap below 0 means that the body goes through.
"""

from collections.abc import Iterator
from typing import Final

from backmove.core.body import RADIUS, Side
from backmove.core.keyframe import PropKind
from backmove.core.pose import Figure, Pose, Step
from backmove.core.props import FLOOR, Solid, solids_of
from backmove.core.skeleton import Joints
from backmove.core.space import Vec, mix

CLOSE: Final = 0.01
"""Nearer than one hundredth of body height is touching."""

SOFT: Final = frozenset({PropKind.CUSHION, PropKind.PACK, PropKind.BALL, PropKind.BED})
"""Things that give way."""
GIVES: Final = 0.035

POINTS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "hips": (("hips", RADIUS["pelvis"]),),
    "shoulders": (("shoulders", RADIUS["chest"]),),
    "head": (("head", RADIUS["head"]),),
    "heel": (("heel", RADIUS["foot"]),),
    "toe": (("toe", RADIUS["foot"]),),
    "foot": (("heel", RADIUS["foot"]), ("toe", RADIUS["foot"])),
    "knee": (("knee", RADIUS["thigh"]),),
    "hip": (("hip", RADIUS["thigh"]),),
    "ankle": (("ankle", RADIUS["shin"]),),
    "elbow": (("elbow", RADIUS["upper_arm"]),),
    "hand": (("wrist", RADIUS["hand"]), ("hand", RADIUS["hand"])),
}
"""The points of a part of the body and how thick it is there; the nearest of them counts."""

PLURALS: Final = {
    "feet": "foot", "knees": "knee", "hands": "hand", "elbows": "elbow", "toes": "toe", "heels": "heel",
}  # fmt: skip


def touches_at(figure: Figure, step: Step, u: float) -> tuple[str, ...]:
    """What has to touch, a fraction ``u`` of the way of a step: ``hips chair @2`` holds in position 2 alone."""
    place = step.a + 1 if u == 0 else step.b + 1 if u == 1 else 0
    found = (touch.partition(" @") for touch in figure.touches)
    return tuple(what for what, _, number in found if not number or int(number) == place)


def touch_gap(pose: Pose, touch: str) -> float:
    """How far from touching: ``feet floor``: both feet, ``foot floor``: at least one, ``left_foot floor``: that one.

    Raises KeyError for a part or thing that is not there.
    """
    part, thing = touch.split()
    solids = (FLOOR,) if thing == "floor" else tuple(_things(pose, thing))
    if not solids:
        raise KeyError(thing)
    if part in PLURALS:
        return max((_gap(pose.joints, f"{s}_{PLURALS[part]}", solids) for s in Side), key=abs)
    if part in POINTS and part not in ("hips", "shoulders", "head"):
        return min((_gap(pose.joints, f"{s}_{part}", solids) for s in Side), key=abs)
    return _gap(pose.joints, part, solids)


def touching(pose: Pose, part: str, thing: str) -> bool:
    """The part of the body (``left_hand``) is on the floor or on a thing of that kind."""
    try:
        return abs(touch_gap(pose, f"{part} {thing}")) <= 2 * CLOSE
    except KeyError:
        return False


def _things(pose: Pose, name: str) -> Iterator[Solid]:
    for prop in pose.figure.plan.props:
        kind = "chair" if prop.kind is PropKind.STOOL else prop.kind.value
        if kind == name:
            yield from solids_of(prop, pose.joints)


def _gap(joints: Joints, part: str, solids: tuple[Solid, ...]) -> float:
    side, _, bare = part.partition("_")
    prefix = f"{side}_" if bare else ""
    return min(
        (
            solid.gap(joints[f"{prefix}{name}"]) - radius
            for name, radius in POINTS[bare or part]
            for solid in solids
        ),
        key=abs,
    )


BONES: Final[tuple[tuple[str, str, float], ...]] = (
    ("hips", "waist", RADIUS["pelvis"]),
    ("waist", "shoulders", RADIUS["chest"]),
    ("head", "head", RADIUS["head"]),
    *(
        (f"{side}_{a}", f"{side}_{b}", r)
        for side in Side
        for a, b, r in (
            ("hip", "knee", RADIUS["thigh"]),
            ("knee", "ankle", RADIUS["shin"]),
            ("heel", "toe", RADIUS["foot"]),
            ("shoulder", "elbow", RADIUS["forearm"]),
            ("elbow", "wrist", RADIUS["hand"]),
            ("wrist", "hand", RADIUS["hand"]),
        )
    ),
)


def sunk(pose: Pose) -> list[str]:
    """Every bone that goes through the floor or a thing, in words with the depth."""
    faults = []
    for start, end, radius in BONES:
        points = [mix(pose.joints[start], pose.joints[end], u) for u in (0.0, 0.33, 0.67, 1.0)]
        faults += [f"{start}-{end} {what} {depth:.3f}" for what, depth in _depths(pose, points, radius)]
    return faults


def _depths(pose: Pose, points: list[Vec], radius: float) -> Iterator[tuple[str, float]]:
    depth = min(FLOOR.gap(point) - radius for point in points)
    if depth < -CLOSE:
        yield "floor", depth
    for prop in pose.figure.plan.props:
        allowed = GIVES if prop.kind in SOFT else CLOSE
        for solid in solids_of(prop, pose.joints):
            depth = min(solid.gap(point) - radius for point in points)
            if depth < -allowed:
                yield prop.kind.value, depth
