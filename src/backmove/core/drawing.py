"""A pose as lines on paper: one geometry for the terminal and for pages.

A fixed camera looks at all of a figure's positions at once, so that nothing jumps when it moves. Coordinates of a
drawing are fractions of body height, x to the right and y up. ``tone`` says what a stroke is: near and far limbs,
the trunk, the head, things beside the body, the ground, water, and the trace of the way a hand or foot goes.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from backmove.core.body import HEAD, RADIUS, Side
from backmove.core.keyframe import FigurePlan, PropKind
from backmove.core.pose import Figure, Pose
from backmove.core.prop_lines import Line, lines_of
from backmove.core.skeleton import DIRECTIONS
from backmove.core.space import Vec, along, mix
from backmove.core.stance import numbers

Point = tuple[float, float]

VIEWS: Final[dict[str, tuple[float, float]]] = {
    "side": (0.0, 0.0),
    "front": (90.0, 0.0),
    "back": (-90.0, 0.0),
    "corner": (38.0, 14.0),
    "behind": (-38.0, 14.0),
    "high": (20.0, 38.0),
    "feet": (62.0, 26.0),
    "top": (0.0, 80.0),
}
"""Yaw and pitch of the camera in degrees. Yaw 0 looks at the right side of an upright figure, 90 at its front."""

MARGIN: Final = 0.06
LEG_WIDE: Final = 0.056
ARM_WIDE: Final = 0.037


BEHIND: Final = frozenset({PropKind.WALL, PropKind.BED, PropKind.CUSHION, PropKind.PACK})
"""Always drawn first: the body is on or before them."""


class Stroke(Struct, frozen=True):
    """A line of one width with round ends; closed: a filled shape. ``depth`` grows toward the viewer."""

    points: tuple[Point, ...]
    width: float
    tone: str
    closed: bool = False
    depth: float = 0.0
    halo: bool = False
    """It passes in front of the body and needs an edge to be told apart."""


class Drawing(Struct, frozen=True):
    """Strokes from back to front, and the frame they fit in: left, bottom, right, top."""

    strokes: tuple[Stroke, ...]
    frame: tuple[float, float, float, float]


class Camera(Struct, frozen=True):
    """Straight projection along one direction."""

    yaw: float
    pitch: float

    def see(self, point: Vec) -> tuple[float, float, float]:
        """x, y on paper and the depth toward the viewer."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        ahead = point[0] * math.sin(yaw) + point[2] * math.cos(yaw)
        across = point[0] * math.cos(yaw) - point[2] * math.sin(yaw)
        high = point[1] * math.cos(pitch) - ahead * math.sin(pitch)
        return across, high, ahead * math.cos(pitch) + point[1] * math.sin(pitch)

    def flat(self, point: Vec) -> Point:
        x, y, _ = self.see(point)
        return x, y


def camera_of(plan: FigurePlan) -> Camera:
    """The figure's own fixed camera. Raises KeyError for a view without a name."""
    if isinstance(plan.view, str):
        return Camera(*VIEWS[plan.view])
    return Camera(plan.view[0], plan.view[1])


def draw(pose: Pose, *, way: Sequence[Pose] = ()) -> Drawing:
    """The drawing of a pose in the frame of its figure. ``way``: poses that led here; it is shown by arrows."""
    figure = pose.figure
    camera = camera_of(figure.plan)
    strokes = _body(pose, camera)
    for prop in figure.plan.props:
        behind = 2.0 if prop.kind in BEHIND else 0.0
        strokes += [_flat(line, camera, behind) for line in lines_of(prop, pose.joints)]
    strokes.sort(key=lambda stroke: stroke.depth)
    frame = frame_of(figure)
    back = _ground(figure, camera, frame)
    front = _traces([*way, pose], camera) if way else []
    if pose.focus is not None:
        front.append(_ring(camera.flat(pose.joints[pose.focus])))
    return Drawing((*back, *strokes, *front), frame)


@lru_cache(maxsize=256)
def frame_of(figure: Figure) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what the camera must hold: the body in every position, and its things."""
    camera = camera_of(figure.plan)
    spots: list[Point] = []
    for pose in figure.moments:
        joints = [(name, point) for name, point in pose.joints.items() if name not in DIRECTIONS]
        for name, point in joints:
            x, y = camera.flat(point)
            r = HEAD * 1.2 if name == "head" else 0.03
            spots += [(x - r, y - r), (x + r, y + r)]
        for prop in figure.plan.props:
            for line in lines_of(prop, pose.joints):
                r = line.width / 2 if line.tone == "ball" else 0.0
                spots += [(x + d, y + d) for x, y in (camera.flat(p) for p in line.points) for d in (-r, r)]
    spots += [(spots[0][0], 0.0)] if camera.pitch == 0 else _mat(figure, camera)
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    low, high = min(y for _, y in spots), max(y for _, y in spots)
    return left - MARGIN, low - MARGIN / 2, right + MARGIN, high + MARGIN / 2


def _body(pose: Pose, camera: Camera) -> list[Stroke]:
    j = pose.joints
    strokes = _trunk(pose, camera)
    strokes += _head(pose, camera)
    for side in Side:
        tone = _limb_tone(pose.figure, camera, side)
        leg = [j[f"{side}_{name}"] for name in ("hip", "knee", "ankle")]
        strokes.append(_limb(leg, LEG_WIDE, tone, camera))
        sole = [j[f"{side}_{name}"] for name in ("ankle", "heel", "toe")]
        strokes.append(_shape(sole, 0.026, tone, camera, nudge=0.002))
        arm = [j[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist", "hand")]
        strokes.append(_limb(arm, ARM_WIDE, tone, camera))
    return strokes


def _limb_tone(figure: Figure, camera: Camera, side: Side) -> str:
    """Limbs on the far side are dim; seen from the front, both are near."""
    if figure.stances[0].lie is not None:  # on the left side
        return "far" if side is Side.LEFT else "near"
    if abs(math.cos(math.radians(camera.yaw))) < 0.5:
        return "near"
    away = Side.LEFT if math.cos(math.radians(camera.yaw)) > 0 else Side.RIGHT
    return "far" if side is away else "near"


def _limb(points: list[Vec], width: float, tone: str, camera: Camera) -> Stroke:
    """One limb as one line; its far end says how deep it lies."""
    seen = [camera.see(point) for point in points]
    depth = (seen[0][2] + sum(s[2] for s in seen[1:]) * 2) / (2 * len(seen) - 1)
    return Stroke(tuple((s[0], s[1]) for s in seen), width, tone, depth=depth, halo=True)


def _shape(points: list[Vec], width: float, tone: str, camera: Camera, nudge: float = 0.0) -> Stroke:
    seen = [camera.see(point) for point in points]
    depth = sum(s[2] for s in seen) / len(seen) + nudge
    return Stroke(tuple((s[0], s[1]) for s in seen), width, tone, closed=True, depth=depth)


def _trunk(pose: Pose, camera: Camera) -> list[Stroke]:
    """A bent tube with the shoulders across its top and the hips across its foot."""
    j = pose.joints
    spine = _bend(j["hips"], j["waist"], j["shoulders"])
    seen = [camera.see(point) for point in spine]
    depth = sum(s[2] for s in seen) / len(seen)
    tube = Stroke(tuple((s[0], s[1]) for s in seen), 0.098, "trunk", depth=depth)
    waist = [mix(j["waist"], mix(j[f"{side}_shoulder"], j[f"{side}_hip"], 0.5), 0.45) for side in Side]
    hull = [j["right_shoulder"], waist[0], j["right_hip"], j["left_hip"], waist[1], j["left_shoulder"]]
    body = _shape(hull, 0.062, "trunk", camera)
    neck = [camera.see(j["shoulders"]), camera.see(j["head"])]
    stalk = Stroke(tuple((n[0], n[1]) for n in neck), RADIUS["neck"] * 1.9, "trunk", depth=depth)
    return [tube, Stroke(body.points, body.width, "trunk", closed=True, depth=depth), stalk]


def _bend(a: Vec, b: Vec, c: Vec) -> list[Vec]:
    """Through three points without a corner."""
    before = mix(b, a, 0.45)
    after = mix(b, c, 0.45)
    turn = [mix(mix(before, b, u), mix(b, after, u), u) for u in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return [a, *turn, c]


def _head(pose: Pose, camera: Camera) -> list[Stroke]:
    j = pose.joints
    x, y, depth = camera.see(j["head"])
    nose = camera.see(along(j["head"], j["head_front"], HEAD * 1.22))
    root = camera.see(along(j["head"], j["head_front"], HEAD * 0.7))
    strokes = [Stroke(((x, y),), HEAD * 2, "head", depth=depth, halo=True)]
    facing = nose[2] - depth
    tone = "face" if facing > HEAD * 0.75 else "head"
    if facing > -HEAD * 0.75:
        strokes.append(Stroke(((root[0], root[1]), (nose[0], nose[1])), 0.022, tone, depth=depth + 0.001))
    return strokes


def _flat(line: Line, camera: Camera, behind: float) -> Stroke:
    seen = [camera.see(point) for point in line.points]
    depth = sum(s[2] for s in seen) / len(seen) - behind
    return Stroke(tuple((s[0], s[1]) for s in seen), line.width, line.tone, closed=line.closed, depth=depth)


def _ground(figure: Figure, camera: Camera, frame: tuple[float, float, float, float]) -> list[Stroke]:
    """The floor as a line, or as a mat when the camera looks down on it; and the water."""
    left, low, right, _ = frame
    strokes: list[Stroke] = []
    for prop in figure.plan.props:
        if prop.kind is PropKind.WATER:
            level = numbers(prop.at)[1]
            strokes.append(
                Stroke(((left, low), (right, low), (right, level), (left, level)), 0.0, "pool", closed=True)
            )
            steps = max(4, round((right - left) / 0.06))
            wave = [
                (left + (right - left) * i / steps, level + (0.008 if i % 2 else -0.008))
                for i in range(steps + 1)
            ]
            strokes.append(Stroke(tuple(wave), 0.012, "water"))
    if camera.pitch == 0:
        return [*strokes, Stroke(((left, -0.006), (right, -0.006)), 0.012, "ground")]
    return [*strokes, Stroke(_mat(figure, camera), 0.008, "mat", closed=True)]


@lru_cache(maxsize=256)
def _mat(figure: Figure, camera: Camera) -> tuple[Point, ...]:
    """The corners of the floor under all that is low."""
    low = [
        point
        for pose in figure.moments
        for name, point in pose.joints.items()
        if point[1] < 0.3 and name not in DIRECTIONS
    ]
    a, b = min(p[0] for p in low) - 0.04, max(p[0] for p in low) + 0.04
    c, d = min(p[2] for p in low) - 0.05, max(p[2] for p in low) + 0.05
    return tuple(camera.flat(p) for p in ((a, 0.0, c), (b, 0.0, c), (b, 0.0, d), (a, 0.0, d)))


def _ring(middle: Point) -> Stroke:
    turn = [math.tau * i / 24 for i in range(24)]
    points = tuple((middle[0] + 0.085 * math.cos(t), middle[1] + 0.085 * math.sin(t)) for t in turn)
    return Stroke(points, 0.012, "focus", closed=True, depth=9.0)


TRACED: Final = ("right_hand", "left_hand", "right_toe", "left_toe")
LEAST: Final = 0.09
"""A way shorter than this needs no arrow."""


def _traces(way: Sequence[Pose], camera: Camera) -> list[Stroke]:
    """The ways of the two ends of limbs that move furthest, each with a head at its end."""
    paths = [[camera.flat(pose.joints[name]) for pose in way] for name in TRACED]
    paths.sort(key=lambda path: math.dist(path[0], path[-1]), reverse=True)
    strokes: list[Stroke] = []
    for path in paths[:2]:
        if math.dist(path[0], path[-1]) >= LEAST:
            strokes += [Stroke(tuple(path), 0.01, "trace", depth=9.0), _arrow(path[-2], path[-1])]
    return strokes


def _arrow(before: Point, tip: Point) -> Stroke:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [
        (tip[0] - 0.05 * math.cos(angle + turn), tip[1] - 0.05 * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    return Stroke((wings[0], tip, wings[1]), 0.01, "trace", depth=9.0)
