"""Joint places from aims and contacts: the arithmetic of one moment between two positions.

Every limb keeps its length because a joint is always placed along a direction from the one before. A hand or foot
with a place of its own is reached by the elbow or knee that fits (two bones, one plane); out of reach, the limb is
straight toward the place and stops short, which the tests of contact report.
"""

import math
from typing import Final

from backmove.core import body
from backmove.core.body import Side
from backmove.core.keyframe import Aim, Arm, Leg, Place
from backmove.core.space import (
    UP,
    Vec,
    across,
    aimed,
    along,
    cross,
    minus,
    mix,
    norm,
    plus,
    swing,
    times,
    unit,
)
from backmove.core.stance import Numbers, Stance, joint_name, numbers

Joints = dict[str, Vec]

DIRECTIONS: Final = ("pelvis_up", "pelvis_front", "chest_up", "chest_front", "head_up", "head_front")
"""Directions (not places) that a solved moment holds beside its joints."""


def solve(a: Stance, b: Stance, u: float) -> Joints:
    """Every joint, a fraction ``u`` of the way from ``a`` to ``b``; also the DIRECTIONS of the trunk."""
    moment = _Moment(a, b, u)
    moment.place((0.0, 0.0, 0.0))
    root = moment.root(a.pin, mix(a.at, b.at, u)) if a.pin == b.pin else mix(_root(a), _root(b), u)
    moment.placed = True
    moment.place(root)
    return moment.joints


def _root(stance: Stance) -> Vec:
    moment = _Moment(stance, stance, 0.0)
    moment.place((0.0, 0.0, 0.0))
    return moment.root(stance.pin, stance.at)


def _lerp(a: Numbers, b: Numbers, u: float) -> Numbers:
    return mix(a, b, u)


def _lerp_aim(a: Aim | None, b: Aim | None, u: float) -> Numbers:
    return mix(numbers(a), numbers(b), u)


def _basis(lie: Numbers) -> tuple[Vec, Vec, Vec]:
    """Where the body's front, up and right point when it lies as ``lie`` says."""
    roll, rise = math.radians(lie[0]), math.radians(lie[1])
    c, s = math.cos(roll), math.sin(roll)

    def risen(v: Vec) -> Vec:
        x, y, z = v
        return (x * math.cos(rise) - y * math.sin(rise), x * math.sin(rise) + y * math.cos(rise), z)

    return risen((0.0, c, s)), risen((1.0, 0.0, 0.0)), risen((0.0, s, -c))


class _Moment:
    """One moment between two stances. ``place`` puts the hips at a point and everything else after them."""

    def __init__(self, a: Stance, b: Stance, u: float) -> None:
        self.a, self.b, self.u = a, b, u
        self.joints: Joints = {}
        self.placed = False
        """The hips are where they belong, so that heights above the floor count."""
        self.basis: tuple[Vec, Vec, Vec] | None = None
        if a.lie is not None and b.lie is not None:
            self.basis = _basis(_lerp(a.lie, b.lie, u))

    def world(self, direction: Vec) -> Vec:
        """A direction of the standing body as it lies in the world."""
        if self.basis is None:
            return direction
        front, up, right = self.basis
        return plus(plus(times(front, direction[0]), times(up, direction[1])), times(right, direction[2]))

    def aim(self, value: Numbers, side: Side) -> Vec:
        return self.world(aimed(value[0], value[1], side.sign))

    def place(self, hips: Vec) -> None:
        self._trunk(hips)
        for side in Side:
            self._leg(side)
        for side in Side:
            self._arm(side)

    def root(self, pin: str, at: Vec) -> Vec:
        """Where the hips must be, so that the pinned joint is ``at``. A limb's z stays as it falls unless given."""
        here = minus(self.joints[pin], self.joints["hips"])
        z = at[2] - here[2] if at[2] or "_" not in pin else 0.0
        return (at[0] - here[0], at[1] - here[1], z)

    def _frame(self, aims: Numbers) -> tuple[Vec, Vec, Vec]:
        """Up, front and right of a part of the trunk with this angle, lean and turn."""
        angle, lean, turn = (math.radians(value) for value in aims)
        up = (math.cos(angle) * math.cos(lean), math.sin(angle) * math.cos(lean), math.sin(lean))
        right = (-math.cos(angle) * math.sin(lean), -math.sin(angle) * math.sin(lean), math.cos(lean))
        front = cross(up, right)
        ahead = plus(times(front, math.cos(turn)), times(right, math.sin(turn)))
        beside = minus(times(right, math.cos(turn)), times(front, math.sin(turn)))
        return self.world(up), self.world(ahead), self.world(beside)

    def _trunk(self, hips: Vec) -> None:
        a, b, u, joints = self.a, self.b, self.u, self.joints
        up, front, right = self._frame(_lerp(a.pelvis, b.pelvis, u))
        joints |= {"hips": hips, "pelvis_up": up, "pelvis_front": front}
        joints["waist"] = along(hips, up, body.LOWER_TRUNK)
        for side in Side:
            joints[f"{side}_hip"] = along(hips, right, body.HIP * side.sign)
        up, front, right = self._frame(_lerp(a.chest, b.chest, u))
        joints |= {"chest_up": up, "chest_front": front}
        joints["shoulders"] = along(joints["waist"], up, body.UPPER_TRUNK)
        lift, ahead, _ = (math.radians(value) for value in _lerp(a.shoulders, b.shoulders, u))
        for side in Side:
            beside = times(right, side.sign * math.cos(lift) * math.cos(ahead))
            blade = plus(
                plus(beside, times(up, math.sin(lift))), times(front, math.cos(lift) * math.sin(ahead))
            )
            joints[f"{side}_shoulder"] = along(joints["shoulders"], unit(blade), body.SHOULDER)
        up, front, _ = self._frame(_lerp(a.head, b.head, u))
        joints |= {"head_up": up, "head_front": front}
        joints["head"] = along(joints["shoulders"], up, body.NECK)

    # legs

    def _leg(self, side: Side) -> None:
        a, b = self.a.legs[side], self.b.legs[side]
        if (a.thigh is None) == (b.thigh is None) and (a.ankle is None) == (b.ankle is None):
            thigh, shin, foot, sole = self._one_leg(side, a, b, self.u)
        else:
            first, second = self._one_leg(side, a, a, 0.0), self._one_leg(side, b, b, 0.0)
            thigh, shin, foot, sole = (swing(p, q, self.u) for p, q in zip(first, second, strict=True))
            sole = across(sole, foot)
        joints = self.joints
        joints[f"{side}_knee"] = along(joints[f"{side}_hip"], thigh, body.THIGH)
        joints[f"{side}_ankle"] = along(joints[f"{side}_knee"], shin, body.SHIN)
        self._set_foot(side, foot, sole)
        low = body.RADIUS["foot"] - min(joints[f"{side}_heel"][1], joints[f"{side}_toe"][1])
        if self.placed and low > 1e-6:  # a foot on its way is lifted over the floor
            end = plus(joints[f"{side}_ankle"], (0.0, low, 0.0))
            bend = minus(joints[f"{side}_knee"], mix(joints[f"{side}_hip"], joints[f"{side}_ankle"], 0.5))
            bend = self.aim((0.0, 0.0, 0.0), side) if norm(bend) < 0.02 else bend
            thigh, shin = _two_bones(joints[f"{side}_hip"], end, body.THIGH, body.SHIN, bend)
            joints[f"{side}_knee"] = along(joints[f"{side}_hip"], thigh, body.THIGH)
            joints[f"{side}_ankle"] = along(joints[f"{side}_knee"], shin, body.SHIN)
            self._set_foot(side, foot, sole)

    def _set_foot(self, side: Side, foot: Vec, sole: Vec) -> None:
        under = along(self.joints[f"{side}_ankle"], sole, -body.SOLE)
        self.joints[f"{side}_heel"] = along(under, foot, -body.HEEL)
        self.joints[f"{side}_toe"] = along(under, foot, body.TOE)

    def _one_leg(self, side: Side, a: Leg, b: Leg, u: float) -> tuple[Vec, Vec, Vec, Vec]:
        """Directions of thigh, shin and toes, and the way the instep faces."""
        if a.thigh is not None:
            thigh = self.aim(_lerp_aim(a.thigh, b.thigh, u), side)
            shin = self.aim(_lerp_aim(_shin(a), _shin(b), u), side)
            foot = self.aim(_lerp_aim(_foot(a), _foot(b), u), side)
            return thigh, shin, foot, across(times(shin, -1), foot, self.world((1.0, 0.0, 0.0)))
        pitch, heading, _ = _lerp_aim(a.foot, b.foot, u)
        flat, foot = aimed(0.0, heading, side.sign), aimed(0.0, heading, side.sign)
        tip = math.radians(pitch)
        foot = plus(times(flat, math.cos(tip)), times(UP, math.sin(tip)))
        sole = plus(times(flat, -math.sin(tip)), times(UP, math.cos(tip)))
        if a.ankle is not None:
            ankle = mix(self._spot(a.ankle, side), self._spot(b.ankle, side), u)
        else:
            ground = plus(
                mix(self._spot(a.to, side), self._spot(b.to, side), u), (0.0, body.RADIUS["foot"], 0.0)
            )
            reach = body.TOE if pitch < 0 else -body.HEEL
            ankle = plus(along(along(ground, flat, reach), foot, -reach), times(sole, body.SOLE))
        knee = self.aim(_lerp_aim(a.knee, b.knee, u), side)
        thigh, shin = _two_bones(self.joints[f"{side}_hip"], ankle, body.THIGH, body.SHIN, knee)
        return thigh, shin, foot, sole

    def _spot(self, place: Place | None, side: Side) -> Vec:
        """A limb's place in the world; without z it is as far out as the joint it hangs from."""
        given = place or (0.0, 0.0)
        if len(given) == 3:
            return (given[0], given[1], given[2] * (side.sign if self.basis is None else 1))
        return (given[0], given[1], body.HIP * side.sign)

    # arms

    def _arm(self, side: Side) -> None:
        a, b = self.a.arms[side], self.b.arms[side]
        if (a.upper is None) == (b.upper is None):
            upper, fore, hand = self._one_arm(side, a, b, self.u)
        else:
            first, second = self._one_arm(side, a, a, 0.0), self._one_arm(side, b, b, 0.0)
            upper, fore, hand = (swing(p, q, self.u) for p, q in zip(first, second, strict=True))
        joints = self.joints
        self._set_arm(side, upper, fore, hand)
        low = body.RADIUS["hand"] - min(joints[f"{side}_wrist"][1], joints[f"{side}_hand"][1])
        if self.placed and low > 1e-6:  # and so is a hand
            end = plus(joints[f"{side}_wrist"], (0.0, low, 0.0))
            bend = minus(
                joints[f"{side}_elbow"], mix(joints[f"{side}_shoulder"], joints[f"{side}_wrist"], 0.5)
            )
            bend = self.aim((180.0, 30.0, 0.0), side) if norm(bend) < 0.02 else bend
            upper, fore = _two_bones(joints[f"{side}_shoulder"], end, body.UPPER_ARM, body.FOREARM, bend)
            self._set_arm(side, upper, fore, hand)

    def _set_arm(self, side: Side, upper: Vec, fore: Vec, hand: Vec) -> None:
        joints = self.joints
        joints[f"{side}_elbow"] = along(joints[f"{side}_shoulder"], upper, body.UPPER_ARM)
        joints[f"{side}_wrist"] = along(joints[f"{side}_elbow"], fore, body.FOREARM)
        joints[f"{side}_hand"] = along(joints[f"{side}_wrist"], hand, body.HAND)

    def _one_arm(self, side: Side, a: Arm, b: Arm, u: float) -> tuple[Vec, Vec, Vec]:
        """Directions of upper arm, forearm and hand."""
        if a.upper is not None:
            upper = self.aim(_lerp_aim(a.upper, b.upper, u), side)
            fore = self.aim(_lerp_aim(_fore(a), _fore(b), u), side)
            return upper, fore, self.aim(_lerp_aim(_hand(a), _hand(b), u), side)
        wrist = mix(self._grip(a, side), self._grip(b, side), u)
        elbow = self.aim(_lerp_aim(a.elbow, b.elbow, u), side)
        upper, fore = _two_bones(self.joints[f"{side}_shoulder"], wrist, body.UPPER_ARM, body.FOREARM, elbow)
        ends = [self.aim(numbers(arm.hand), side) if arm.hand is not None else fore for arm in (a, b)]
        return upper, fore, swing(ends[0], ends[1], u)

    def _grip(self, arm: Arm, side: Side) -> Vec:
        """Where the wrist goes."""
        if arm.on is None:
            given = arm.to or (0.0, 0.0)
            z = given[2] if len(given) == 3 else body.SHOULDER
            return (given[0], given[1], z * (side.sign if self.basis is None else 1))
        off = numbers(arm.off)
        here = self.joints[joint_name(arm.on, side)]
        return plus(here, (off[0], off[1], off[2] * (side.sign if self.basis is None else 1)))


def _shin(leg: Leg) -> Aim:
    return numbers(leg.thigh if leg.shin is None else leg.shin)


def _foot(leg: Leg) -> Aim:
    """Left out, the foot is square to the shin."""
    angle, out, _ = numbers(_shin(leg))
    return (angle + 90, 0.0 if abs(out) < 45 else out - 90) if leg.foot is None else leg.foot


def _fore(arm: Arm) -> Aim:
    return numbers(arm.upper if arm.fore is None else arm.fore)


def _hand(arm: Arm) -> Aim:
    return _fore(arm) if arm.hand is None else arm.hand


def _two_bones(start: Vec, end: Vec, first: float, second: float, bend: Vec) -> tuple[Vec, Vec]:
    """Directions of two bones from ``start`` toward ``end``, the joint between them toward ``bend``."""
    way = unit(minus(end, start))
    distance = min(max(norm(minus(end, start)), abs(first - second) + 1e-6), (first + second) * 0.99999)
    forward = (first * first - second * second + distance * distance) / (2 * distance)
    height = math.sqrt(max(first * first - forward * forward, 0.0))
    joint = plus(times(way, forward), times(across(bend, way), height))
    return unit(joint), unit(minus(times(way, distance), joint))
