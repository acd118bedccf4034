"""A pose as text: braille dots, or plain signs where braille cannot be shown. Nothing is printed here.

    picture(frame_at(figure, seconds), 40, 14)                  # braille
    picture(frame_at(figure, seconds), 40, 14, braille=False)   # ASCII
    can_show_braille(stream.encoding)

Near limbs are strong, far ones dotted, so that it reads without colour. Every line has at most ``columns`` signs, and
an empty cell is a blank.
"""

import itertools
import math
from collections.abc import Iterator
from typing import Final

from backmove.core.drawing import Drawing, Point, Stroke, draw
from backmove.core.pose import Figure, Pose, held_number

DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille cell: four rows of two."""

FILLED: Final = frozenset({"trunk", "near", "head", "weight"})
FAINT: Final = frozenset({"far"})
DOTTED: Final = frozenset({"ground", "mat", "water", "band", "hatch"})
LEFT_OUT: Final = frozenset({"pool", "trace", "face", "hatch"})


CARVED: Final = 40.0
"""Dots per body height from which a limb in front of the trunk is edged, so that it can be seen on it."""


def can_show_braille(encoding: str | None) -> bool:
    """The stream's encoding can carry the dots."""
    try:
        "⠿⣀".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def picture(pose: Pose, columns: int, rows: int, braille: bool = True) -> list[str]:
    """``rows`` lines of at most ``columns`` signs, the figure in the middle and the ground low."""
    drawing = draw(pose)
    if braille:
        dots = _marked(drawing, columns * 2, rows * 4)
        return [_braille_line(dots, columns, row) for row in range(rows)]
    marks = _marked(drawing, columns, rows * 2)  # a sign is about twice as high as wide
    return [_ascii_line(marks, columns, row) for row in range(rows)]


def side_by_side(figure: Figure, width: int, rows: int, *, braille: bool) -> tuple[str, ...]:
    """The first and the held position of a figure beside each other; one of them where there is no room for two."""
    numbers = list(dict.fromkeys((0, held_number(figure))))
    if width < 2 * LEAST_COLUMNS:
        numbers = numbers[-1:]
    columns = min(40, width // len(numbers) - 2)
    pictures = [picture(figure.at(number), columns, rows, braille) for number in numbers]
    lines = ["  ".join(line.ljust(columns) for line in row).rstrip() for row in zip(*pictures, strict=True)]
    return tuple(lines[next((n for n, line in enumerate(lines) if line), 0) :])


LEAST_COLUMNS: Final = 30


def over(lines: list[str], *, first: bool) -> str:
    """A picture for the terminal, painted over the one before it unless it is the first."""
    up = "" if first else f"\x1b[{len(lines)}A"
    return up + "".join(f"\x1b[2K{line}\n" for line in lines)


def _braille_line(dots: dict[tuple[int, int], str], columns: int, row: int) -> str:
    cells = []
    for column in range(columns):
        bits = 0
        for dy in range(4):
            for dx in range(2):
                if (column * 2 + dx, row * 4 + dy) in dots:
                    bits |= DOTS[dy][dx]
        cells.append(chr(0x2800 + bits) if bits else " ")
    return "".join(cells).rstrip()


SIGNS: Final = {
    "head": "O",
    "trunk": "#",
    "near": "@",
    "weight": "%",
    "far": ":",
    "ground": "_",
    "mat": ".",
    "water": "~",
    "band": "-",
    "ball": "o",
}


def _ascii_line(marks: dict[tuple[int, int], str], columns: int, row: int) -> str:
    signs = []
    for column in range(columns):
        here = [marks.get((column, row * 2 + dy)) for dy in (0, 1)]
        tone = (
            next((t for t in ("head", "near", "trunk", "weight", "far") if t in here), None)
            or here[0]
            or here[1]
        )
        signs.append(SIGNS.get(tone, "|") if tone else " ")
    return "".join(signs).rstrip()


def _marked(drawing: Drawing, wide: int, high: int) -> dict[tuple[int, int], str]:
    """Which dots are set, and by what. Dot (0, 0) is at the top left."""
    left, low, right, top = drawing.frame
    scale = min((wide - 1) / (right - left), (high - 1) / (top - low))
    shift = (wide - 1 - (right - left) * scale) / 2

    def put(point: Point) -> Point:
        return (shift + (point[0] - left) * scale, (high - 1) - (point[1] - low) * scale)

    found: dict[tuple[int, int], str] = {}
    for stroke in drawing.strokes:
        if stroke.tone in LEFT_OUT:
            continue
        points = [put(p) for p in stroke.points]
        if stroke.tone == "near" and stroke.halo and scale >= CARVED:
            for a, b in itertools.pairwise(points):
                for dot in _line(a, b, 1.9, 1):
                    if found.get(dot) == "trunk":
                        del found[dot]
        for dot in _dots_of(stroke, points, scale):
            if 0 <= dot[0] < wide and 0 <= dot[1] < high:
                found[dot] = stroke.tone
    return found


def _dots_of(stroke: Stroke, points: list[Point], scale: float) -> Iterator[tuple[int, int]]:
    width = stroke.width * scale
    if len(points) == 1:
        solid = stroke.tone == "head" and width < 9
        yield from _disc(points[0], width / 2, solid)
        return
    ends = [*points, points[0]] if stroke.closed else points
    spare = 2 if stroke.tone in FAINT else 3 if stroke.tone in DOTTED else 1
    thick = width / 2 if stroke.tone in FILLED else 0.0
    if stroke.tone == "near":
        thick = min(thick, 0.8)
    for a, b in itertools.pairwise(ends):
        yield from _line(a, b, thick, spare)


def _disc(centre: Point, radius: float, solid: bool) -> Iterator[tuple[int, int]]:
    reach = math.ceil(radius)
    cx, cy = centre
    for y in range(math.floor(cy) - reach, math.ceil(cy) + reach + 1):
        for x in range(math.floor(cx) - reach, math.ceil(cx) + reach + 1):
            far = math.dist((x, y), centre)
            if far <= radius and (solid or far > radius - 1.2):
                yield (x, y)


def _line(a: Point, b: Point, thick: float, spare: int) -> Iterator[tuple[int, int]]:
    steps = max(1, math.ceil(max(abs(b[0] - a[0]), abs(b[1] - a[1]))))
    for i in range(0, steps + 1, spare):
        u = i / steps
        x, y = a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u
        if thick > 0.7:
            yield from _disc((x, y), thick, True)
        else:
            yield (round(x), round(y))
