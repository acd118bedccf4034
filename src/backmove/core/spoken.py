"""A figure in words, read off its geometry, so that what is said is what is drawn.

Sentences speak to the person who does the exercise. The words of the exercise itself (its set-up and cues) say more;
these say what the picture shows, for those who cannot see it.
"""

import math
import re
from collections.abc import Iterable
from typing import Final

from backmove.core.anatomy import angles_of
from backmove.core.body import Side
from backmove.core.contact import CLOSE, touch_gap, touching
from backmove.core.drawing import VIEWS, camera_of
from backmove.core.keyframe import Arm, PropKind
from backmove.core.panels import panels
from backmove.core.pose import Figure, Pose
from backmove.core.space import Vec, cross, dot, minus, unit
from backmove.core.stance import joint_name

BACK: Final = "lying on your back"
BELLY: Final = "lying on your front"
SIDE: Final = "lying on your side"
FOURS: Final = "on hands and knees"
PLANK: Final = "face down, held up on your arms"
KNEEL: Final = "kneeling"
SIT: Final = "sitting"
STAND: Final = "standing"

SMALL: Final = "Then. A small move of the same kind."

THINGS: Final = {
    PropKind.WALL: "a wall",
    PropKind.CHAIR: "a chair",
    PropKind.STOOL: "a chair",
    PropKind.TABLE: "a table",
    PropKind.BALL: "a big ball",
    PropKind.STEP: "a low step",
    PropKind.BED: "a bed",
    PropKind.BAND: "an elastic band",
    PropKind.LOOP: "a loop of elastic band",
    PropKind.STRAP: "a strap",
    PropKind.WEIGHT: "a weight",
    PropKind.CUSHION: "a cushion",
    PropKind.PACK: "a warm pack",
    PropKind.WATER: "water",
    PropKind.RAIL: "a rail",
    PropKind.FRAME: "a door frame",
    PropKind.POLES: "two poles",
    PropKind.BIKE: "a bike",
    PropKind.FLOAT: "a float",
    PropKind.BOX: "arm rests",
}


def posture(pose: Pose) -> str:
    """How the body is placed, from where trunk, front and knees are."""
    j = pose.joints
    if any(prop.kind is PropKind.BIKE for prop in pose.figure.plan.props):
        return SIT
    up, front = j["pelvis_up"], j["pelvis_front"]
    knees = min(j["right_knee"][1], j["left_knee"][1])
    if front[1] > 0.6:
        return BACK
    if up[1] < 0.6:
        return _lying(pose, front, knees)
    if any(abs(touch_gap(pose, f"{side}_knee floor")) <= 2 * CLOSE for side in Side):
        return KNEEL
    thigh = min(j[f"{side}_hip"][1] - j[f"{side}_knee"][1] for side in Side)
    return SIT if thigh < 0.1 and j["hips"][1] < 0.45 else STAND


def _lying(pose: Pose, front: Vec, knees: float) -> str:
    j = pose.joints
    if front[1] > -0.5 and abs(j["pelvis_up"][1]) < 0.6 and j["hips"][1] < 0.4:
        return SIDE
    if knees < 0.06 and j["hips"][1] > 0.14:
        return FOURS if abs(j["right_ankle"][1] - j["right_knee"][1]) < 0.1 and j["hips"][1] > 0.2 else PLANK
    if j["hips"][1] < 0.12:
        return BELLY
    if front[1] < -0.6 and abs(j["pelvis_up"][1]) < 0.3 and j["hips"][1] > 0.4:
        return BELLY  # in water
    if any(prop.kind is PropKind.BALL for prop in pose.figure.plan.props):
        return BELLY if knees > 0.15 else KNEEL
    return PLANK if j["hips"][1] < 0.35 else STAND


def spoken(figure: Figure) -> tuple[str, ...]:
    """Sentences: from where it is seen, the first position in full, then what changes."""
    shown = panels(figure, 6)
    first = figure.at(shown[0])
    told = _parts(first)
    things = list(dict.fromkeys(THINGS[prop.kind] for prop in figure.plan.props))
    beside = f" With {_listed(things)}." if things else ""
    lines = [f"{_view(figure)} You are {posture(first)}.{beside}"]
    lines.append(f"To begin. {_sentences(told.values())}")
    lines += [figure.plan.frames[shown[0]].says] if figure.plan.frames[shown[0]].says else []
    for number in shown[1:]:
        pose = figure.at(number)
        parts = _parts(pose)
        changed = [words for name, words in parts.items() if told.get(name) != words]
        says = figure.plan.frames[number].says
        if changed:
            lines.append(f"Then. {_sentences(changed)}")
        if says:
            lines.append(says)
        elif not changed:
            lines.append(
                "Then. A small move of the same kind." if pose.focus is None else "Then. Hold there."
            )
        told = parts
    return tuple(lines)


def _sentences(words: Iterable[str]) -> str:
    return " ".join(f"{word[:1].upper()}{word[1:]}." for word in words)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _view(figure: Figure) -> str:
    camera = camera_of(figure.plan)
    yaw = camera.yaw
    if figure.stances[0].lie is not None:
        seen = "from behind" if abs(yaw) > 90 else "from the front"
        return f"Seen {seen} and a little above."
    high = " and above" if camera.pitch > 20 else ""
    if abs(yaw) <= 20:
        return f"Seen from the right side{high}."
    if yaw in (VIEWS["front"][0], VIEWS["back"][0]):
        return f"Seen from {'the front' if yaw > 0 else 'behind'}{high}."
    way = (
        "behind and the right"
        if yaw < 0
        else "the front and the left"
        if yaw > 90
        else "the front and the right"
    )
    return f"Seen from {way}{high}."


def _parts(pose: Pose) -> dict[str, str]:
    """Phrases by part of the body; both sides in one phrase when they do the same."""
    found = {"trunk": _trunk(pose)}
    for name, tell in (("arm", _arm), ("leg", _leg)):
        right, left = tell(pose, Side.RIGHT), tell(pose, Side.LEFT)
        if right == left:
            found[name] = f"{name}s: {_plural(right)}"
        else:
            found[f"right {name}"] = f"right {name}: {right}"
            found[f"left {name}"] = f"left {name}: {left}"
    return found


PLURALS: Final = {
    "knee": "knees",
    "foot": "feet",
    "heel": "heels",
    "elbow": "elbows",
    "hand": "hands",
    "forearm": "forearms",
    "hip": "hips",
    "ankle": "ankles",
    "side": "sides",
    "ear": "ears",
}


def _plural(words: str) -> str:
    """A phrase about one limb as it stands for both; ``out to the side`` stays."""
    told = words.replace("to the side", "to the@side")
    for one, many in PLURALS.items():
        told = re.sub(rf"(?<!@)\b{one}\b", many, told)
    return told.replace("@", " ")


def _trunk(pose: Pose) -> str:
    angles = angles_of(pose.joints)
    bend, side, turn = (angles[f"trunk {kind}"] for kind in ("flexion", "side bend", "turn"))
    shape = posture(pose)
    words = ["back rounded" if bend > 15 else "back arched" if bend < -14 else "back long"]
    if shape in (BACK, SIDE, BELLY):
        words += _lifted(pose, shape)
        turn = math.degrees(math.asin(pose.joints["pelvis_front"][2])) if shape == BACK else turn
    elif abs(side) > 12:
        words.append(f"bent to the {'right' if side > 0 else 'left'}")
    if abs(turn) > 12:
        way = "right" if turn > 0 else "left"
        words.append(f"hips rolled to the {way}" if shape == BACK else f"turned to the {way}")
    if shape in (STAND, SIT, KNEEL):
        words += [*_lean(pose), *_sway(pose, shape)]
    if shape == FOURS and pose.joints["hips"][0] < pose.joints["right_knee"][0] - 0.08:
        words.append("hips back toward the heels")
    words += _girdle(pose, angles["neck flexion"] if shape in (STAND, SIT) else 0.0)
    return " and ".join(words)


def _lifted(pose: Pose, shape: str) -> list[str]:
    """What of the trunk is off the ground, lying."""
    j = pose.joints
    if shape == BACK and j["hips"][1] > 0.09 and j["head"][1] < 0.1:
        return ["hips lifted"]
    if shape == BACK and 0.065 < j["shoulders"][1] < 0.2:
        return ["head and shoulders lifted"]
    if shape == BELLY and j["shoulders"][1] > 0.075:
        return ["chest lifted"]
    if shape == SIDE and 0.06 < j["left_hip"][1] < 0.2:
        return ["hips lifted"]
    return []


def _sway(pose: Pose, shape: str) -> list[str]:
    """Over which foot the weight is, standing on both."""
    j = pose.joints
    if shape != STAND or not (touching(pose, "right_foot", "floor") and touching(pose, "left_foot", "floor")):
        return []
    off = j["hips"][2] - (j["right_ankle"][2] + j["left_ankle"][2]) / 2
    return [] if abs(off) < 0.035 else [f"weight to the {'right' if off > 0 else 'left'}"]


def _girdle(pose: Pose, nod: float) -> list[str]:
    """The shoulders and the chin, where a position has moved them."""
    lift, ahead, _ = pose.figure.stances[pose.number or 0].shoulders
    words = ["shoulders lifted"] if lift > 10 else ["shoulders drawn back"] if ahead < -8 else []
    return [*words, "chin down"] if nod > 14 else words


def _lean(pose: Pose) -> list[str]:
    along = minus(pose.joints["shoulders"], pose.joints["hips"])
    lean = math.degrees(math.atan2(along[0], along[1]))
    if lean < -8:
        return ["leaning back"]
    if lean < 12:
        return []
    return ["leaning forward" if lean < 35 else "leaning far forward" if lean < 75 else "folded forward"]


def _arm(pose: Pose, side: Side) -> str:
    j = pose.joints
    place = _hand_place(pose, side, pose.figure_arm(side))
    upper = unit(minus(j[f"{side}_elbow"], j[f"{side}_shoulder"]))
    up, front = j["chest_up"], j["chest_front"]
    out = dot(upper, cross(front, up)) * side.sign
    raised = math.degrees(math.acos(max(-1.0, min(1.0, -dot(upper, up)))))
    ahead = dot(upper, front)
    if place and not (raised < 45 and place.endswith("on the floor") and posture(pose) == BACK):
        return place
    if raised < 25 or place:
        where = "by your side on the floor" if place else "by your side"
    elif raised > 145:
        where = "up past your ear"
    else:
        way = "out to the side" if abs(out) > abs(ahead) else "forward" if ahead > 0 else "back"
        height = "low" if raised < 60 else "at shoulder height" if raised < 115 else "high"
        where = f"{way}, {height}"
    return f"{where}, elbow {_bent(angles_of(j)[f'{side} elbow flexion'])}"


def _hand_place(pose: Pose, side: Side, arm: Arm) -> str:
    far = math.dist(pose.joints[f"{side}_wrist"], pose.joints["shoulders"]) > 0.2
    if arm.on is not None and not (arm.on == "shoulders" and far):
        name = joint_name(arm.on, side)
        own, _, part = name.rpartition("_")
        part = {"waist": "belly", "hips": "belly", "shoulders": "chest"}.get(part, part)
        if part == "belly" and _behind(pose, side):
            part = "low back"
        return f"hand on your {part}" if own in ("", side) else f"hand on your {own} {part}"
    things = [("floor", "the floor"), *((p.kind.value, THINGS[p.kind]) for p in pose.figure.plan.props)]
    for thing, words in things:
        if touching(pose, f"{side}_hand", thing):
            low = touching(pose, f"{side}_elbow", thing)
            if low:
                return f"forearm on {words}"
            return f"hand on {words}, elbow {_bent(angles_of(pose.joints)[f'{side} elbow flexion'])}"
    return ""


def _behind(pose: Pose, side: Side) -> bool:
    j = pose.joints
    return dot(minus(j[f"{side}_wrist"], j["waist"]), j["pelvis_front"]) < 0


def _bent(degrees: float) -> str:
    if degrees < 20:
        return "straight"
    return "a little bent" if degrees < 55 else "bent" if degrees < 115 else "fully bent"


def _leg(pose: Pose, side: Side) -> str:
    angles = angles_of(pose.joints)
    hip, out = angles[f"{side} hip flexion"], angles[f"{side} hip abduction"]
    knee = f"knee {_bent(angles[f'{side} knee flexion'])}"
    j = pose.joints
    if touching(pose, f"{side}_knee", "floor") and posture(pose) in (FOURS, KNEEL, PLANK):
        return "knee on the floor"
    if touching(pose, f"{side}_foot", "floor"):
        foot = "foot on the floor"
        if j[f"{side}_heel"][1] - j[f"{side}_toe"][1] > 0.03:
            foot = "toes on the floor"
        elif j[f"{side}_toe"][1] - j[f"{side}_heel"][1] > 0.03:
            foot = "heel on the floor"
        return f"{knee}, {foot}{_aside(out)}"
    other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    if out > 15 and math.dist(j[f"{side}_ankle"], j[f"{other}_knee"]) < 0.12:
        return "ankle across the other leg, knee out to the side"
    if hip > 100:
        where = "drawn to your chest"
    elif hip > 25:
        where = "in front of you" if posture(pose) == SIDE else "lifted in front"
    elif hip < -8:
        where = "lifted behind"
    else:
        where = "in line with your body"
    return f"{where}, {knee}{_aside(out)}"


def _aside(out: float) -> str:
    return ", out to the side" if out > 18 else ", across to the other side" if out < -18 else ""
