"""The moving picture of the guide: which pose of a figure belongs to which second of a row.

A repeat lasts as long as the row's tempo; a hold moves into its position and stays; letting go and changing sides moves
back. Frames are kept, as most come round again.
"""

from collections.abc import Callable
from functools import lru_cache

from backmove.core.keyframe import Album
from backmove.core.pose import Figure, figure_of, frame_at, held_at
from backmove.core.timeline import Kind, Phase, Row
from backmove.term.guide_canvas import Art
from backmove.term.picture import picture

FRAMES_A_SECOND = 10
_KEPT = 400


def art_of(album: Album, *, braille: bool) -> Art:
    """Pictures from an album; none for an exercise that it does not have."""
    figure = _figures(album)

    @lru_cache(maxsize=_KEPT)
    def frame(exercise: str, tenth: int, columns: int, rows: int) -> tuple[str, ...]:
        shown = figure(exercise)
        if shown is None:
            return ()
        return tuple(picture(frame_at(shown, tenth / FRAMES_A_SECOND), columns, rows, braille))

    @lru_cache(maxsize=64)
    def sky(exercise: str, columns: int, rows: int) -> int:
        """Empty lines above the figure in all of its positions: left out, so that it stands beside the words."""
        shown = figure(exercise)
        drawn = [] if shown is None else [picture(pose, columns, rows, braille) for pose in shown.moments]
        return min((next((n for n, line in enumerate(lines) if line), 0) for lines in drawn), default=0)

    def art(row: Row, phase: Phase, at: float, columns: int, rows: int) -> list[str]:
        exercise = row.item.exercise.id
        shown = figure(exercise)
        if shown is None:
            return []
        seconds = seconds_of(shown, phase, at - phase.at)
        tenths = max(1, round(shown.period_s * FRAMES_A_SECOND))
        lines = frame(exercise, round(seconds * FRAMES_A_SECOND) % tenths, columns, rows)
        return list(lines[sky(exercise, columns, rows) :])

    return art


def seconds_of(figure: Figure, phase: Phase, into: float) -> float:
    """The second of the figure's round to show, ``into`` seconds after the phase began."""
    held = held_at(figure)
    match phase.kind:
        case Kind.REPEAT:
            return figure.period_s * min(into / phase.seconds, 1.0)
        case Kind.HOLD:
            return min(into, held)
        case Kind.LET_GO | Kind.SIDE:
            return held + (figure.period_s - held) * min(into / phase.seconds, 1.0)
        case Kind.LEAD | Kind.REST:
            return 0.0
        case _:
            return into


def _figures(album: Album) -> Callable[[str], Figure | None]:
    @lru_cache(maxsize=64)
    def figure(exercise: str) -> Figure | None:
        return figure_of(album, exercise)

    return figure
