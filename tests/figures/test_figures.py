"""Every exercise's figure: a body that could be, on things that hold it, in the position that the exercise says."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posed import album, changed, figures, moments, row

from backmove.core.anatomy import angles_of, strained
from backmove.core.body import SEGMENTS, Side
from backmove.core.contact import CLOSE, sunk, touch_gap, touches_at
from backmove.core.drawing import draw, frame_of
from backmove.core.exercise import Feature, Position
from backmove.core.keyframe import Arm, Leg
from backmove.core.panels import panels
from backmove.core.pose import Figure, Pose, frame_at, held_at, held_number
from backmove.core.skeleton import solve
from backmove.core.space import minus, norm
from backmove.core.spoken import BACK, BELLY, FOURS, KNEEL, PLANK, SIDE, SIT, STAND, posture
from backmove.core.stance import UPRIGHT, Stance, mirrored
from shipped import catalog

ids = pytest.mark.parametrize("exercise", sorted(figures()))


def test_every_exercise_has_a_figure_and_every_figure_an_exercise() -> None:
    assert set(figures()) == set(catalog().exercises)


# --- bodies -----------------------------------------------------------------------------------------------


def wrong_lengths(joints: dict[str, tuple[float, float, float]]) -> list[str]:
    return [f"{a}-{b}" for a, b, length in SEGMENTS if abs(norm(minus(joints[a], joints[b])) - length) > 1e-6]


@ids
def test_limbs_keep_their_length(exercise: str) -> None:
    for _, _, pose in moments(exercise):
        assert wrong_lengths(pose.joints) == []


degrees = st.floats(-400, 400)
aims = st.tuples(degrees, degrees)
places = st.tuples(st.floats(-2, 2), st.floats(-1, 2), st.floats(-1, 1))
arms = st.builds(Arm, upper=aims, fore=aims) | st.builds(Arm, to=places, elbow=aims)
legs = st.builds(Leg, thigh=aims, shin=aims) | st.builds(Leg, to=places, knee=aims, foot=aims)
threes = st.tuples(degrees, degrees, degrees)


@st.composite
def stances(draw: st.DrawFn) -> Stance:
    return Stance(
        pin=draw(st.sampled_from(["hips", "shoulders", "right_knee", "left_elbow"])),
        at=draw(places),
        pelvis=draw(threes),
        chest=draw(threes),
        head=draw(threes),
        shoulders=draw(st.tuples(st.floats(-30, 30), st.floats(-30, 30), st.just(0.0))),
        lie=draw(st.none() | threes),
        arms={side: draw(arms) for side in Side},
        legs={side: draw(legs) for side in Side},
    )


@given(a=stances(), b=stances(), u=st.floats(0, 1))
def test_no_position_that_can_be_written_stretches_a_limb(a: Stance, b: Stance, u: float) -> None:
    assert wrong_lengths(solve(a, b, u)) == []


@given(a=stances())
def test_the_mirror_image_of_a_mirror_image_is_the_position_itself(a: Stance) -> None:
    assert mirrored(mirrored(a)) == a


@ids
def test_no_joint_leaves_its_range(exercise: str) -> None:
    for step, u, pose in moments(exercise):
        assert strained(pose.joints) == [], f"from {step.a + 1} to {step.b + 1} at {u}"


def test_an_upright_body_has_all_joints_at_rest() -> None:
    angles = angles_of(solve(UPRIGHT, UPRIGHT, 0.0))
    assert all(abs(value) < 1e-6 for value in angles.values())


@pytest.mark.parametrize(
    ("frame", "joint"),
    [
        (
            "{legs: {thigh: -90, shin: -60}}",
            "hip rotation",
        ),  # a knee that bends forward: only a turned hip does it
        ("{legs: {thigh: 60, shin: 60}}", "hip flexion"),
        ("{legs: {thigh: [-90, 70], shin: [-90, 70]}}", "hip abduction"),
        ("{legs: {thigh: -20, shin: 165}}", "knee flexion"),
        ("{arms: {upper: 140, fore: 140}}", "shoulder flexion"),
        ("{arms: {upper: -90, fore: -170}}", "arm turn"),
        ("{pelvis: 90, chest: 150}", "trunk flexion"),
        ("{chest: [90, 0, 80]}", "trunk turn"),
        ("{head: [90, 0, 110]}", "neck turn"),
    ],
)
def test_what_no_body_can_do_is_seen(frame: str, joint: str) -> None:
    figure = changed("mountain-pose", f"base: stand, frames: [{frame}]")
    assert any(joint in fault for fault in strained(figure.at(0).joints))


# --- contacts ---------------------------------------------------------------------------------------------


@ids
def test_nothing_goes_through_the_floor_or_a_thing(exercise: str) -> None:
    for step, u, pose in moments(exercise):
        assert sunk(pose) == [], f"from {step.a + 1} to {step.b + 1} at {u}"


@ids
def test_what_should_touch_touches(exercise: str) -> None:
    figure = figures()[exercise]
    for step, u, pose in moments(exercise):
        for touch in touches_at(figure, step, u):
            gap = touch_gap(pose, touch)
            assert abs(gap) <= CLOSE + 1e-9, f"{touch}: {gap:.3f} from {step.a + 1} to {step.b + 1} at {u}"


def test_nearly_every_figure_says_what_it_touches() -> None:
    silent = {name for name, figure in figures().items() if not figure.touches}
    assert silent == {
        "log-roll",  # a bed, left in the course of the move
        "floor-transfer",  # from a chair to the floor and back
        "walk-jog",
        "run-easy",  # both feet leave the ground
        "bike-recumbent",
        "bike-steady",
        "bike-outdoor",
        "bike-intervals",
        "water-jog",
        "swim-back",
        "swim-front",
    }


def test_knees_in_the_floor_and_feet_above_it_are_seen() -> None:
    low = changed("mountain-pose", "base: all-fours, frames: [{at: [0, 0.0]}]")
    assert any("floor" in fault for fault in sunk(low.at(0)))
    assert touch_gap(low.at(0), "knees floor") < -CLOSE
    above = changed("mountain-pose", "base: stand, frames: [{legs: {to: [0, 0.04]}}]")
    assert touch_gap(above.at(0), "feet floor") > CLOSE


def test_hips_in_a_seat_are_seen() -> None:
    figure = changed("mountain-pose", "base: sit, props: [{kind: chair}], frames: [{at: [0, 0.26]}]")
    assert any("chair" in fault for fault in sunk(figure.at(0)))


# --- movement ---------------------------------------------------------------------------------------------

FASTEST = 3.2
"""Body heights a second: a foot in an easy run; everything else is far slower."""
RATE = 30


@ids
def test_movement_has_no_jumps(exercise: str) -> None:
    figure = figures()[exercise]
    frames = [frame_at(figure, i / RATE) for i in range(int(figure.period_s * RATE) + 2)]
    for before, after in itertools.pairwise(frames):
        for name, point in after.joints.items():
            if not name.endswith(("_up", "_front")):
                assert math.dist(point, before.joints[name]) <= FASTEST / RATE, name


def apart(a: Pose, b: Pose) -> float:
    """The furthest that any joint is from where it is in the other pose."""
    return max(math.dist(point, b.joints[name]) for name, point in a.joints.items())


@ids
def test_a_figure_comes_round(exercise: str) -> None:
    figure = figures()[exercise]
    for at in (0.0, 0.31 * figure.period_s):
        assert apart(frame_at(figure, at), frame_at(figure, at + figure.period_s)) < 1e-6
    assert apart(frame_at(figure, 0), figure.at(0)) < 1e-6


@ids
def test_the_held_position_is_reached_when_it_is_said_to_be(exercise: str) -> None:
    figure = figures()[exercise]
    assert apart(frame_at(figure, held_at(figure)), figure.at(held_number(figure))) < 1e-6


# --- pictures ---------------------------------------------------------------------------------------------


@ids
def test_the_figure_stays_in_its_frame(exercise: str) -> None:
    figure = figures()[exercise]
    left, low, right, high = frame_of(figure)
    for _, _, pose in moments(exercise):
        for stroke in draw(pose).strokes:
            if stroke.tone in ("near", "far", "trunk", "head"):
                for x, y in stroke.points:
                    assert left <= x <= right, stroke.tone
                    assert low <= y <= high, stroke.tone


@ids
def test_a_page_shows_one_to_four_positions(exercise: str) -> None:
    figure = figures()[exercise]
    assert 1 <= len(panels(figure)) <= 4
    assert panels(figure)[0] == 0


# --- the exercise -----------------------------------------------------------------------------------------

FITS = {
    Position.FLOOR_SUPINE: {BACK},
    Position.PRONE: {BELLY, PLANK, FOURS},
    Position.QUADRUPED: {FOURS, PLANK},
    Position.SIDE_LYING: {SIDE},
    Position.KNEELING: {KNEEL, FOURS},
    Position.SITTING: {SIT},
    Position.STANDING: {STAND},
    Position.WATER: {STAND, BACK, BELLY},
    Position.OUTDOORS: {STAND, SIT},
}
"""What a row's ``position`` can look like; being propped on the arms face down is prone, all fours on the way."""


@ids
def test_the_held_position_is_the_one_the_exercise_names(exercise: str) -> None:
    figure = figures()[exercise]
    shown = {posture(figure.at(n)) for n in (0, held_number(figure))}
    assert shown & FITS[row(figure).position], shown


@ids
def test_what_the_exercise_needs_is_in_the_picture(exercise: str) -> None:
    figure = figures()[exercise]
    kinds = {prop.kind.value for prop in figure.plan.props}
    shown_as = {
        "chair": {"chair", "stool"},
        "wall": {"wall", "frame"},
        "band": {"band", "loop"},
        "pool": {"water"},
        "heat-pack": {"pack"},
    }
    for thing in row(figure).equipment:
        assert kinds & shown_as.get(thing.value, {thing.value}), thing


# What is done on the right when nothing moves more on the right: the leg that carries, or the side that is turned to.
RIGHT_IN_ANOTHER_WAY = {
    "supine-twist",  # the knees go to the right
    "seated-chair-twist",  # turned to the right
    "seated-rotation",
    "seated-bag-turn",
    "side-bend-seated",  # bent to the right
    "triangle-wall",
    "side-glide-wall",  # the right side to the wall
    "wall-side-lean",
    "side-bridge-hip-lift",  # on the left side, the right one up, as for every row on the side
    "side-bridge-knees",
    "side-bridge-feet",
    "hip-circles-standing",  # first to the right
    "ball-sit-circles",
    "multifidus-switch",
    "pallof-seated",  # the band comes from the right
    "pallof-standing",
    "pallof-split",
    "band-chop",
    "hip-hike-step",  # the right foot on the step
    "single-leg-support",  # the right leg carries
    "single-leg-free",
    "balance-eyes",
    "clock-reach",
    "single-leg-hinge",
    "split-squat",  # the right foot in front
    "multifidus-standing",
    "calf-wall",  # the right leg behind
    "hip-flexor-standing",
    "hip-flexor-half-kneel",
    "hamstring-chair",  # the right leg is long
    "figure-four-supine",  # the right ankle lies across
    "figure-four-seated",
    "brace-walk",  # each leg in turn
    "standing-bird-dog",  # the right leg goes back, the left arm forward
    "step-up-knee",  # the right foot on the step
    "tandem-stand",  # the right foot in front
    "chest-doorway",  # the right arm on the frame
}


def way_of(figure: Figure, side: Side) -> float:
    """How far the limbs of one side go, in all."""
    total = 0.0
    for step in figure.steps:
        a, b = figure.at(step.a).joints, figure.at(step.b).joints
        total += sum(
            math.dist(a[f"{side}_{end}"], b[f"{side}_{end}"]) for end in ("hand", "toe", "knee", "elbow")
        )
    return total


def test_one_sided_exercises_show_the_right_side() -> None:
    other = set()
    for name, figure in figures().items():
        turns = any(frame.mirror for frame in figure.plan.frames)
        if (
            row(figure).dose.sides == 2
            and not turns
            and way_of(figure, Side.RIGHT) <= way_of(figure, Side.LEFT) + 0.05
        ):
            other.add(name)
    assert other <= RIGHT_IN_ANOTHER_WAY, sorted(other - RIGHT_IN_ANOTHER_WAY)


def test_no_named_position_is_left_over() -> None:
    used = {plan.base for plan in album().figures.values()}
    used |= {entry.base for entry in album().poses.values() if entry.base}
    assert set(album().poses) == used
    assert set(album().touches) == set(album().poses)


ON_ONE_LEG_AND_YET = {
    "bridge-march",  # lying
    "bridge-single",
    "side-bridge-leg",
    "clock-reach",  # the free foot taps the floor
    "step-tap",
    "split-squat",  # the back foot's toes stay down
    "taichi-form",  # steps with both feet near the floor
    "floor-transfer",  # half kneeling
}


@pytest.mark.parametrize(
    "exercise", sorted(row.id for row in catalog().exercises.values() if Feature.ONE_LEG in row.features)
)
def test_on_one_leg_the_other_foot_is_seen_off_the_floor(exercise: str) -> None:
    figure = figures()[exercise]
    free = max(
        touch_gap(figure.at(n), f"{side}_foot floor") for n in range(len(figure.stances)) for side in Side
    )
    assert free > 0.012 or exercise in ON_ONE_LEG_AND_YET


# What the cues call an inch, a hand's width or a little, in parts of body height (0.01 is about 1.7 cm).
SMALL_MOVES = [
    ("curl-up-mcgill", "head", 0.05),  # an inch or two
    ("curl-up-elbows", "head", 0.05),
    ("curl-up-brace", "head", 0.05),
    ("cobra-low", "shoulders", 0.05),
    ("prone-chest-lift", "shoulders", 0.05),
    ("locust-low", "shoulders", 0.05),
    ("prone-glute-leg", "right_ankle", 0.06),  # the leg floats about an inch
    ("mini-bridge", "hips", 0.07),  # the height of a hand standing on its side
    ("bridge-march", "right_toe", 0.1),  # a few inches
    ("hip-abduction-standing", "right_ankle", 0.16),  # one foot length
    ("hip-extension-standing", "right_ankle", 0.13),
    ("march-on-spot", "right_heel", 0.1),  # about as high as the other ankle
    ("seated-march", "right_heel", 0.09),  # a few inches
    ("ball-march", "right_heel", 0.055),  # about an inch, and a little more to be seen
    ("clam", "right_knee", 0.11),  # a hand's width
    ("wall-sit-short", "hips", 0.09),  # a third of the way to sitting
    ("chair-pose", "hips", 0.14),
]


@pytest.mark.parametrize(("exercise", "joint", "most"), SMALL_MOVES)
def test_what_the_words_call_small_is_drawn_small_and_yet_is_seen(
    exercise: str, joint: str, most: float
) -> None:
    figure = figures()[exercise]
    ways = [
        math.dist(figure.at(0).joints[joint], figure.at(n).joints[joint]) for n in range(len(figure.stances))
    ]
    assert 0.015 < max(ways) <= most
