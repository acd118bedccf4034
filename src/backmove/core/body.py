"""The body of every picture: limb lengths, thickness, and how far a joint goes. All in fractions of body height.

Lengths: Drillis and Contini 1966 as given by Winter, Biomechanics and Motor Control of Human Movement, table 4.1
(thigh 0.245, shank 0.246, upper arm 0.186, forearm 0.146, hip to shoulder 0.288, foot 0.152). Hip and shoulder
joints lie inside the body's width; thickness is drawn from ordinary proportions.

Ranges: American Academy of Orthopaedic Surgeons 1965 as in Norkin and White, and the reference values of Soucie
and others, Haemophilia 2011 (CDC Normal Joint Study), the wider of the two, with ``SLACK`` on top because a
drawn joint stands for several real ones (the neck point for the whole neck, the shoulder for its blade too).
"""

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    RIGHT = "right"
    LEFT = "left"

    @property
    def sign(self) -> int:
        """1 for right, which is toward the viewer of the side view; -1 for left."""
        return 1 if self is Side.RIGHT else -1


LOWER_TRUNK: Final = 0.125
"""Middle of the hips to the waist."""
UPPER_TRUNK: Final = 0.163
"""Waist to the middle of the shoulders."""
NECK: Final = 0.105
"""Middle of the shoulders to the middle of the head."""
HEAD: Final = 0.062
"""Radius of the head."""
HIP: Final = 0.052
"""Middle of the hips to one hip joint."""
SHOULDER: Final = 0.108
"""Middle of the shoulders to one shoulder joint."""
THIGH: Final = 0.245
SHIN: Final = 0.246
UPPER_ARM: Final = 0.186
FOREARM: Final = 0.146
HAND: Final = 0.075
"""Wrist to the knuckles of a loose hand."""
HEEL: Final = 0.037
"""Ankle back to the heel, along the sole."""
TOE: Final = 0.115
"""Ankle forward to the toes, along the sole."""
SOLE: Final = 0.03
"""Ankle down to the line of the sole; its own thickness comes below."""

RADIUS: Final = {
    "pelvis": 0.05,
    "chest": 0.055,
    "neck": 0.028,
    "head": HEAD,
    "thigh": 0.035,
    "shin": 0.026,
    "foot": 0.009,
    "upper_arm": 0.021,
    "forearm": 0.018,
    "hand": 0.013,
}
"""Half the thickness of each part."""

SLACK: Final = 8.0
"""Degrees by which a drawn joint may pass the range of the table."""

RANGES: Final[dict[str, tuple[float, float]]] = {
    "hip flexion": (-30, 134),
    "hip abduction": (-30, 50),
    "hip rotation": (-50, 78),
    "knee flexion": (-2, 152),
    "ankle": (-22, 62),
    "shoulder flexion": (-62, 186),
    "arm turn": (-110, 110),
    "elbow flexion": (-5, 152),
    "trunk flexion": (-40, 80),
    "trunk side bend": (-40, 40),
    "trunk turn": (-50, 50),
    "neck flexion": (-65, 60),
    "neck side bend": (-45, 45),
    "neck turn": (-80, 80),
}
"""Degrees. Flexion is forward for hip, shoulder, trunk and neck; ankle is positive with the toes pointed away.
Rotation of the hip: positive turns the knee out; tables give 45, and more is had, passively, with the hip bent and the
ankle on the other knee: the bound is our own. Knee flexion to 152: sitting back on the heels is passive too. Arm turn:
the upper arm about its own length, so that an elbow never bends backward; our own bound, wide on purpose."""

SEGMENTS: Final[tuple[tuple[str, str, float], ...]] = (
    ("hips", "waist", LOWER_TRUNK),
    ("waist", "shoulders", UPPER_TRUNK),
    ("shoulders", "head", NECK),
    *(
        segment
        for side in ("right", "left")
        for segment in (
            ("hips", f"{side}_hip", HIP),
            ("shoulders", f"{side}_shoulder", SHOULDER),
            (f"{side}_hip", f"{side}_knee", THIGH),
            (f"{side}_knee", f"{side}_ankle", SHIN),
            (f"{side}_shoulder", f"{side}_elbow", UPPER_ARM),
            (f"{side}_elbow", f"{side}_wrist", FOREARM),
            (f"{side}_wrist", f"{side}_hand", HAND),
            (f"{side}_heel", f"{side}_toe", HEEL + TOE),
        )
    ),
)
"""Every rigid part as (joint, joint, length)."""
