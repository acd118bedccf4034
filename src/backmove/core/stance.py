"""One position with nothing left open: what a key position says, laid over what it is made from."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.body import Side
from backmove.core.keyframe import Aim, Arm, Keyframe, Leg, Place
from backmove.core.space import ORIGIN

Numbers = tuple[float, float, float]


class Stance(Struct, frozen=True):
    """One position with nothing left open."""

    pin: str
    at: Numbers
    pelvis: Numbers
    chest: Numbers
    head: Numbers
    shoulders: Numbers
    lie: Numbers | None
    arms: Mapping[Side, Arm]
    legs: Mapping[Side, Leg]
    focus: str | None = None


UPRIGHT: Final = Stance(
    pin="hips",
    at=(0.0, 0.53, 0.0),
    pelvis=(90.0, 0.0, 0.0),
    chest=(90.0, 0.0, 0.0),
    head=(90.0, 0.0, 0.0),
    shoulders=(0.0, 0.0, 0.0),
    lie=None,
    arms=dict.fromkeys(Side, Arm(upper=-90.0, fore=-90.0)),
    legs=dict.fromkeys(Side, Leg(thigh=-90.0, shin=-90.0)),
)


def numbers(value: Aim | Place | None, otherwise: Numbers = ORIGIN) -> Numbers:
    """One, two or three numbers as three; what is missing is 0, and nothing at all is ``otherwise``."""
    if value is None:
        return otherwise
    given = value if isinstance(value, tuple) else (value,)
    return (*given, 0.0, 0.0, 0.0)[:3]  # type: ignore[return-value]


def stance_of(start: Stance, frame: Keyframe) -> Stance:
    """``frame`` laid over ``start``: what it does not name stays."""
    trunk = frame.trunk
    return replace(
        start,
        focus=frame.focus,
        pin=frame.pin or start.pin,
        at=numbers(frame.at, start.at),
        lie=start.lie if frame.lie is None else numbers(frame.lie),
        pelvis=numbers(trunk if frame.pelvis is None else frame.pelvis, start.pelvis),
        chest=numbers(trunk if frame.chest is None else frame.chest, start.chest),
        head=numbers(trunk if frame.head is None else frame.head, start.head),
        shoulders=numbers(frame.shoulders, start.shoulders),
        arms={
            Side.RIGHT: frame.right_arm or frame.arms or start.arms[Side.RIGHT],
            Side.LEFT: frame.left_arm or frame.arms or start.arms[Side.LEFT],
        },
        legs={
            Side.RIGHT: frame.right_leg or frame.legs or start.legs[Side.RIGHT],
            Side.LEFT: frame.left_leg or frame.legs or start.legs[Side.LEFT],
        },
    )


def mirrored(stance: Stance) -> Stance:
    """Left and right changed over."""

    def turned(aim: Numbers) -> Numbers:
        return (aim[0], -aim[1], -aim[2])

    def limb(joint: str) -> str:
        swap = {"right": "left", "left": "right"}
        head, _, rest = joint.partition("_")
        return f"{swap[head]}_{rest}" if head in swap else joint

    arms = {
        side: replace(arm, on=limb(arm.on) if arm.on else None)
        for side, arm in zip(Side, (stance.arms[Side.LEFT], stance.arms[Side.RIGHT]), strict=True)
    }
    return replace(
        stance,
        pin=limb(stance.pin),
        at=(stance.at[0], stance.at[1], -stance.at[2]),
        pelvis=turned(stance.pelvis),
        chest=turned(stance.chest),
        head=turned(stance.head),
        arms=arms,
        legs={Side.RIGHT: stance.legs[Side.LEFT], Side.LEFT: stance.legs[Side.RIGHT]},
    )


def joint_name(name: str, side: Side) -> str:
    """``knee`` is the knee of the same side, ``other_knee`` that of the other; whole names stay."""
    if name.startswith("other_"):
        return f"{Side.LEFT if side is Side.RIGHT else Side.RIGHT}_{name.removeprefix('other_')}"
    return f"{side}_{name}" if name in ("hip", "knee", "ankle", "heel", "toe", "shoulder", "elbow") else name
