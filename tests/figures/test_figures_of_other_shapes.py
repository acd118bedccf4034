"""Shapes that a figure may have and that few or none of the shipped ones have."""

from posed import changed, figures

from backmove.core.body import Side
from backmove.core.keyframe import Prop, PropKind
from backmove.core.prop_lines import lines_of
from backmove.core.props import Box, solids_of
from backmove.core.spoken import spoken
from backmove.core.stance import joint_name

CURL = "base: hook, touches: [], frames: [{}, {chest: %d, head: %d}]"


def test_a_curl_is_told_with_what_is_off_the_floor() -> None:
    low, high = (" ".join(spoken(changed("curl-up-mcgill", CURL % (angle, angle)))) for angle in (180, 160))
    assert "head and shoulders lifted" not in low
    assert "Back rounded and head and shoulders lifted." in high


def test_a_wall_stands_on_the_side_that_it_faces_away_from() -> None:
    joints = figures()["bridge"].at(0).joints
    sides = {}
    for facing in (1, -1, 2, -2):
        (wall,) = solids_of(Prop(PropKind.WALL, at=(0.3, 0.0, 0.4), facing=facing), joints)
        assert isinstance(wall, Box)
        sides[facing] = (wall.low[0], wall.high[0], wall.low[2], wall.high[2])
    assert sides[1][0] == sides[-1][1] == 0.3
    assert sides[2][2] == sides[-2][3] == 0.4


def test_every_kind_of_thing_can_be_drawn_and_water_has_no_lines_of_its_own() -> None:
    joints = figures()["bridge"].at(0).joints
    for kind in PropKind:
        held = ("right_hand", "left_hand")
        lines = lines_of(Prop(kind, at=(0.3, 0.2, 0.0), joints=held), joints)
        assert bool(lines) == (kind is not PropKind.WATER)


def test_a_joint_of_the_other_side_is_found_from_either_side() -> None:
    assert joint_name("other_knee", Side.RIGHT) == "left_knee"
    assert joint_name("other_knee", Side.LEFT) == "right_knee"
    assert joint_name("knee", Side.LEFT) == "left_knee"
    assert joint_name("head", Side.LEFT) == "head"
