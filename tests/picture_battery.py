"""The recorded pictures: what every shipped figure is drawn as, position by position, as sums over its strokes.

A sum says that a picture has changed and of which kind its lines are; a look at the picture says whether it is right.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from backmove.core.anatomy import angles_of
from backmove.core.drawing import Drawing, Stroke, draw
from backmove.core.panels import panels, way_between
from backmove.core.pose import Figure, frame_at
from backmove.core.props import solids_of
from backmove.core.spoken import spoken

PICTURES: Final = Path(__file__).parent / "data/pictures.jsonl"
CLOSE: Final = 2e-4
"""Sums are kept with four digits behind the point."""

Sums = list[float]


def recorded_picture(figure: Figure) -> dict[str, Any]:
    """One line of the file: the frame, the words, and each position that a page shows with the way that led there."""
    shown = panels(figure)
    ways = [(), *(way_between(figure, a, b) for a, b in pairwise(shown))]
    drawings = [draw(figure.at(number), way=way) for number, way in zip(shown, ways, strict=True)]
    between = [draw(frame_at(figure, figure.period_s * part)) for part in (0.13, 0.61)]
    return {
        "exercise": figure.id,
        "seconds": round(figure.period_s, 4),
        "moves": figure.moves,
        "shown": list(shown),
        "frame": [round(edge, 4) for edge in drawings[0].frame],
        "words": list(spoken(figure)),
        "sums": [_sums(drawing) for drawing in (*drawings, *between)],
        "angles": [_weighed(angles_of(figure.at(number).joints).values()) for number in shown],
        "things": [_things(figure, number) for number in shown],
    }


def _things(figure: Figure, number: int) -> list[float]:
    """How many solid things there are, and how far some joints are from each."""
    joints = figure.at(number).joints
    solids = [solid for prop in figure.plan.props for solid in solids_of(prop, joints)]
    spots = [joints[name] for name in ("head", "hips", "right_hand", "left_heel")]
    return [float(len(solids)), _weighed(solid.gap(spot) for solid in solids for spot in spots)]


def _weighed(values: Iterable[float]) -> float:
    """The sum, each weighed by its place."""
    return _rounded(value * (1 + n % 7) for n, value in enumerate(values))


def _sums(drawing: Drawing) -> dict[str, Sums]:
    by_tone: dict[str, list[Stroke]] = defaultdict(list)
    for stroke in drawing.strokes:
        by_tone[stroke.tone].append(stroke)
    return {tone: list(_of(strokes)) for tone, strokes in sorted(by_tone.items())}


def _of(strokes: list[Stroke]) -> Iterator[float]:
    """How many strokes and points; where they are, each weighed by its place so that none can stand for another;
    widths, depths, and what is filled or has an edge."""
    points = [point for stroke in strokes for point in stroke.points]
    yield len(strokes)
    yield len(points)
    for part in (0, 1):
        yield _rounded(point[part] for point in points)
        yield _weighed(point[part] for point in points)
        yield _rounded(point[part] ** 2 for point in points)
    yield _weighed(stroke.width for stroke in strokes)
    yield _weighed(stroke.depth for stroke in strokes)
    yield sum(stroke.closed + 100 * stroke.halo for stroke in strokes)


def _rounded(values: Iterable[float]) -> float:
    return round(sum(values), 4) + 0.0


def far_apart(a: Any, b: Any) -> list[str]:
    """Where two recorded pictures differ by more than rounding; empty when they are the same."""
    return list(_differences(a, b, ""))


def _differences(a: Any, b: Any, at: str) -> Iterator[str]:
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        for name in a:
            yield from _differences(a[name], b[name], f"{at}/{name}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for n, (one, other) in enumerate(zip(a, b, strict=True)):
            yield from _differences(one, other, f"{at}/{n}")
    elif isinstance(a, float) and isinstance(b, float | int):
        if abs(a - b) > CLOSE:
            yield f"{at}: {a} and {b}"
    elif a != b:
        yield f"{at}: {a!r} and {b!r}"


@cache
def recorded() -> dict[str, Any]:
    lines = [json.loads(line) for line in PICTURES.read_text(encoding="utf-8").splitlines()]
    return {line["exercise"]: line for line in lines}
