"""The picture of one exercise, as ``backmove exercises show`` gives it: two positions, moving, or in words."""

from backmove.cli.context import App

FRAMES_A_SECOND = 10
SECONDS = 12.0
ROWS = 14
COLUMNS = 40


def lines_drawn(app: App, exercise: str) -> tuple[str, ...]:
    """The start and the held position side by side, or in plain mode what they show in words."""
    from backmove.core.pose import figure_of
    from backmove.store.figures_file import load_album
    from backmove.term.picture import can_show_braille, side_by_side

    if app.plain:
        return words_drawn(app, exercise)
    figure = figure_of(load_album(app.paths), exercise)
    if figure is None:
        return ()
    dots = can_show_braille(getattr(app.stdout, "encoding", None) or "utf-8")
    return side_by_side(figure, app.width, ROWS, braille=dots)


def words_drawn(app: App, exercise: str) -> tuple[str, ...]:
    """The picture in sentences; none for an exercise without a picture."""
    from backmove.core.pose import figure_of
    from backmove.core.spoken import spoken
    from backmove.store.figures_file import load_album

    figure = figure_of(load_album(app.paths), exercise)
    return () if figure is None else spoken(figure)


def moved(app: App, exercise: str) -> None:
    """Paint the picture as it moves, for one round or a few seconds; nothing where nothing can be painted over."""
    from backmove.core.pose import figure_of, frame_at
    from backmove.store.figures_file import load_album
    from backmove.term.picture import can_show_braille, over, picture

    figure = figure_of(load_album(app.paths), exercise)
    if figure is None or app.plain or not figure.moves:
        return
    dots = can_show_braille(getattr(app.stdout, "encoding", None) or "utf-8")
    frames = int(min(max(figure.period_s, 4.0), SECONDS) * FRAMES_A_SECOND)
    for number in range(frames):
        lines = picture(frame_at(figure, number / FRAMES_A_SECOND), COLUMNS, ROWS, dots)
        app.stdout.write(over(lines, first=number == 0))
        app.stdout.flush()
        app.sleep(1 / FRAMES_A_SECOND)
    app.stdout.write(over([""] * ROWS, first=False) + f"\x1b[{ROWS}A")
