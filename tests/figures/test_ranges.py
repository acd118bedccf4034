"""How far joints go, in whole degrees: a figure beyond these is refused."""

from backmove.core.body import RANGES, SLACK

FAR = {
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


def test_no_joint_may_go_further_than_it_was_judged_to() -> None:
    assert dict(RANGES) == FAR
    assert SLACK == 8.0


def test_both_sides_of_the_trunk_and_the_neck_go_equally_far() -> None:
    for joint in ("trunk side bend", "trunk turn", "neck side bend", "neck turn", "arm turn"):
        low, high = RANGES[joint]
        assert low == -high
