"""Is a drawn pose one that a body can take? The angle of every joint, against the ranges of core/body.py."""

import math
from collections.abc import Iterator
from typing import Final

from backmove.core.body import RANGES, SLACK, Side
from backmove.core.skeleton import Joints
from backmove.core.space import Vec, across, carried, cross, dot, minus, times, unit

BENT: Final = 25.0
"""Degrees a knee or elbow must be bent before it tells which way the limb is turned."""


def angles_of(joints: Joints) -> dict[str, float]:
    """Degrees by joint, such as ``right hip flexion``; the names after the side are those of RANGES."""
    found = dict(_part(joints, "pelvis", "chest", "trunk"))
    found |= _part(joints, "chest", "head", "neck")
    for side in Side:
        found |= {f"{side} {name}": value for name, value in _leg(joints, side)}
        found |= {f"{side} {name}": value for name, value in _arm(joints, side)}
    return found


def strained(joints: Joints) -> list[str]:
    """What no body does: each joint out of its range, in words with the angle."""
    faults = []
    for name, value in angles_of(joints).items():
        low, high = RANGES[name.removeprefix("right ").removeprefix("left ")]
        if not low - SLACK <= value <= high + SLACK:
            faults.append(f"{name} {value:.0f}")
    return faults


def _frame(joints: Joints, part: str) -> tuple[Vec, Vec, Vec]:
    up, front = joints[f"{part}_up"], joints[f"{part}_front"]
    return up, front, cross(front, up)


def _degrees(value: float) -> float:
    return math.degrees(value)


def _asin(value: float) -> float:
    return _degrees(math.asin(max(-1.0, min(1.0, value))))


def _between(a: Vec, b: Vec) -> float:
    return _degrees(math.acos(max(-1.0, min(1.0, dot(a, b)))))


def _round(start: Vec, end: Vec, axis: Vec) -> float:
    """The signed turn from one direction to another about an axis, in degrees."""
    return _degrees(math.atan2(dot(cross(start, end), axis), dot(start, end)))


def _part(joints: Joints, lower: str, upper: str, name: str) -> Iterator[tuple[str, float]]:
    """How far one part of the trunk is bent and turned on the one below."""
    up, front, right = _frame(joints, lower)
    above = joints[f"{upper}_up"]
    yield f"{name} flexion", _degrees(math.atan2(dot(above, front), dot(above, up)))
    yield f"{name} side bend", _asin(dot(above, right))
    yield f"{name} turn", -_round(carried(front, up, above), joints[f"{upper}_front"], above)


def _bone(joints: Joints, start: str, end: str) -> Vec:
    return unit(minus(joints[end], joints[start]))


def _leg(joints: Joints, side: Side) -> Iterator[tuple[str, float]]:
    up, front, right = _frame(joints, "pelvis")
    thigh = _bone(joints, f"{side}_hip", f"{side}_knee")
    shin = _bone(joints, f"{side}_knee", f"{side}_ankle")
    foot = _bone(joints, f"{side}_heel", f"{side}_toe")
    flexion = _degrees(math.atan2(dot(thigh, front), -dot(thigh, up)))
    yield "hip flexion", flexion if flexion > -120 else flexion + 360
    yield "hip abduction", _asin(dot(thigh, right) * side.sign)
    knee = _between(thigh, shin)
    yield "knee flexion", knee
    if knee > BENT:
        level = across(right, thigh)  # bent first, then led aside: the knee cap then lies square to this
        yield "hip rotation", _round(cross(level, thigh), across(times(shin, -1), thigh), thigh) * side.sign
    yield "ankle", 90 - _between(shin, foot)


def _arm(joints: Joints, side: Side) -> Iterator[tuple[str, float]]:
    up, front, right = _frame(joints, "chest")
    upper = _bone(joints, f"{side}_shoulder", f"{side}_elbow")
    fore = _bone(joints, f"{side}_elbow", f"{side}_wrist")
    if abs(_asin(dot(upper, right))) < 60:
        flexion = _degrees(math.atan2(dot(upper, front), -dot(upper, up)))
        yield "shoulder flexion", flexion if flexion > -120 else flexion + 360
    elbow = _between(upper, fore)
    yield "elbow flexion", elbow
    if elbow > BENT and dot(upper, up) < 0.5:
        ahead = carried(front, times(up, -1), upper)
        yield "arm turn", _round(ahead, across(fore, upper), upper) * side.sign
