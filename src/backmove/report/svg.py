"""A drawing as inline SVG: no script, no style sheet of its own, readable when printed in grey."""

from typing import Final

from markupsafe import Markup, escape

from backmove.core.drawing import Drawing, Point, Stroke

COLOURS: Final = {
    "near": "#1f4e6b",
    "far": "#9db4c2",
    "trunk": "#3b7394",
    "head": "#3b7394",
    "face": "#ffffff",
    "prop": "#8a8175",
    "soft": "#b9a98f",
    "weight": "#8a8175",
    "ball": "#d9d2c6",
    "ring": "#8a8175",
    "wall": "#8a8175",
    "hatch": "#8a8175",
    "band": "#b3541e",
    "ground": "#555555",
    "mat": "#bbbbbb",
    "water": "#4f93b8",
    "pool": "#e3f0f7",
    "trace": "#b3541e",
    "focus": "#b3541e",
}
FILLS: Final = {
    "prop": "#efece6",
    "soft": "#efe6d6",
    "weight": "#d9d2c6",
    "wall": "#f4f2ee",
    "mat": "#fafafa",
}
HALO: Final = 0.02
PIXELS: Final = 150
"""Of one body height, so that all figures of a page have one scale."""


def svg_of(drawing: Drawing, title: str, *, number: str = "", pixels: int = PIXELS) -> Markup:
    """The drawing with ``title`` as its words for a screen reader; ``number`` makes the title's id the only one."""
    left, low, right, top = drawing.frame
    wide, high = right - left, top - low
    name = f"t{number}"
    parts = [_one(stroke, top) for stroke in drawing.strokes]
    return Markup(
        f'<svg role="img" aria-labelledby="{escape(name)}" viewBox="{left:.3f} 0 {wide:.3f} {high:.3f}" '
        f'width="{wide * pixels:.0f}" height="{high * pixels:.0f}" stroke-linecap="round" stroke-linejoin="round">'
        f'<title id="{escape(name)}">{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _one(stroke: Stroke, top: float) -> str:
    colour = COLOURS[stroke.tone]
    if len(stroke.points) == 1:
        return _round(stroke, top, colour)
    points = " ".join(_at(point, top) for point in stroke.points)
    fill = "none"
    if stroke.closed:
        fill = FILLS.get(stroke.tone, "none" if stroke.tone in ("ring", "focus") else colour)
    shape = "polygon" if stroke.closed else "polyline"
    width = max(stroke.width, 0.006) if stroke.tone != "pool" else 0
    line = f'<{shape} points="{points}" fill="{fill}" stroke="{colour}" stroke-width="{width:.3f}"/>'
    if stroke.halo:
        edge = (
            f'<{shape} points="{points}" fill="none" stroke="#fff" stroke-width="{stroke.width + HALO:.3f}"/>'
        )
        return edge + line
    return line


def _round(stroke: Stroke, top: float, colour: str) -> str:
    x, y = stroke.points[0]
    r = stroke.width / 2
    edge = ' stroke="#8a8175" stroke-width="0.01"' if stroke.tone == "ball" else ""
    if stroke.halo:
        edge = f' stroke="#fff" stroke-width="{HALO / 2:.3f}"'
    return f'<circle cx="{x:.3f}" cy="{top - y:.3f}" r="{r:.3f}" fill="{colour}"{edge}/>'


def _at(point: Point, top: float) -> str:
    return f"{point[0]:.3f},{top - point[1]:.3f}"
