"""The YAML of the figures into an album: shape and agreement, every fault at once with its line.

This is the slow way in: it loads yaml and pydantic. ``figures_file`` takes it when the cache has nothing.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from backmove.core.body import Side
from backmove.core.contact import PLURALS, POINTS
from backmove.core.drawing import VIEWS
from backmove.core.fault import Fault
from backmove.core.keyframe import Album, FigurePlan, Keyframe, NamedPose
from backmove.core.skeleton import solve
from backmove.core.stance import UPRIGHT, joint_name
from backmove.store.figures_file import FiguresFile
from backmove.store.yaml_file import check, validate
from backmove.store.yaml_text import Document, Problem, parse_yaml, refuse

PLAIN_KIND: Final = {"stool": "chair"}
TOUCH: Final = re.compile(r"(\w+) (\w+)(?: @[1-9]\d*)?")
JOINTS: Final = frozenset(solve(UPRIGHT, UPRIGHT, 0.0))


def read_album(raw: bytes, path: Path) -> Album:
    """The album in ``raw``. Raises one DataProblem with every fault and its line."""
    document = parse_yaml(raw, path)
    refuse(album_problems(document))
    file = validate(document, FiguresFile)
    return Album(file.poses, {plan.id: plan for plan in file.figures}, file.touches)


def album_problems(document: Document) -> list[Problem]:
    """Everything that is wrong in a file of figures."""
    file, problems = check(document, FiguresFile)
    return problems if file is None else [document.problem(f.loc, f.what) for f in _agreement(file)]


def _agreement(file: FiguresFile) -> Iterator[Fault]:
    yield from _lost_poses(file.poses)
    seen: set[str] = set()
    for number, plan in enumerate(file.figures):
        here = ("figures", number)
        if plan.id in seen:
            yield Fault((*here, "id"), f"{plan.id} stands twice")
        seen.add(plan.id)
        if plan.base not in file.poses:
            yield Fault((*here, "base"), f"no position is named {plan.base}")
        if isinstance(plan.view, str) and plan.view not in VIEWS:
            yield Fault((*here, "view"), f"{plan.view} is no view (allowed: {', '.join(VIEWS)})")
        if plan.still is not None and plan.still > len(plan.frames):
            yield Fault((*here, "still"), f"there are only {len(plan.frames)} positions")
        yield from _frame_faults(plan, number)
        yield from _touch_faults(plan, number)


def _lost_poses(poses: Mapping[str, NamedPose]) -> Iterator[Fault]:
    for name, entry in poses.items():
        walked = [name]
        here = entry
        while here.base is not None:
            if here.base not in poses or here.base in walked:
                what = "leads back to itself" if here.base in walked else "is not there"
                yield Fault(("poses", name, "base"), f"the position {here.base} {what}")
                break
            walked.append(here.base)
            here = poses[here.base]


def _frame_faults(plan: FigurePlan, number: int) -> Iterator[Fault]:
    for place, frame in enumerate(plan.frames):
        here: tuple[str | int, ...] = ("figures", number, "frames", place)
        if frame.mirror is not None and frame.mirror > place:
            yield Fault((*here, "mirror"), "only an earlier position has a mirror image")
        for name in ("pin", "focus"):
            joint = getattr(frame, name)
            if joint is not None and joint not in JOINTS:
                yield Fault((*here, name), f"{joint} is no joint")
        for part in ("arms", "right_arm", "left_arm"):
            arm = getattr(frame, part)
            if arm is not None and arm.on is not None and joint_name(arm.on, Side.RIGHT) not in JOINTS:
                yield Fault((*here, part), f"{arm.on} is no joint")
        for part in _limbs_without_place(frame):
            yield Fault((*here, part), "an arm needs upper, to or on; a leg needs thigh, to or ankle")
    for place, prop in enumerate(plan.props):
        for joint in prop.joints:
            if joint not in JOINTS:
                yield Fault(("figures", number, "props", place, "joints"), f"{joint} is no joint")


def _touch_faults(plan: FigurePlan, number: int) -> Iterator[Fault]:
    things = {"floor", *(PLAIN_KIND.get(prop.kind.value, prop.kind.value) for prop in plan.props)}
    for touch in plan.touches or ():
        found = TOUCH.fullmatch(touch)
        part = found[1] if found else ""
        known = part in POINTS or part in PLURALS or part.partition("_")[2] in POINTS
        if found is None or not known or found[2] not in things:
            what = f"{touch}: say a part and what it touches here, such as: feet floor"
            yield Fault(("figures", number, "touches"), what)


def _limbs_without_place(frame: Keyframe) -> Iterator[str]:
    for part in ("arms", "right_arm", "left_arm"):
        arm = getattr(frame, part)
        if arm is not None and arm.upper is None and arm.to is None and arm.on is None:
            yield part
    for part in ("legs", "right_leg", "left_leg"):
        leg = getattr(frame, part)
        if leg is not None and leg.thigh is None and leg.to is None and leg.ankle is None:
            yield part
