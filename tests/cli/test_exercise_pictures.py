"""``backmove exercises show`` with its picture, and the page of all of them."""

import stat
from pathlib import Path

from conftest import World


def braille(text: str) -> bool:
    return any(0x2800 < ord(sign) < 0x2900 for sign in text)


def test_a_terminal_shows_two_positions(world: World) -> None:
    shown = world.run("exercises", "show", "bridge", tty=True).out
    assert braille(shown)
    assert shown.index("\u28ff") < shown.index("Get ready")
    assert all(len(line) <= 80 for line in shown.splitlines() if braille(line))


def test_plain_has_the_picture_in_words(world: World) -> None:
    shown = world.run("exercises", "show", "bridge", "--plain").out
    assert not braille(shown)
    assert "The picture in words\nSeen from the right side. You are lying on your back.\n" in shown


def test_json_has_the_picture_in_words(world: World) -> None:
    data = world.run("exercises", "show", "bridge", "--json").data
    assert data["picture"][0] == "Seen from the right side. You are lying on your back."


def test_the_picture_moves_when_asked_and_then_makes_room(world: World) -> None:
    began = world.now
    shown = world.run("exercises", "show", "bridge", "--move", tty=True).out
    assert 4 <= (world.now - began).total_seconds() <= 12
    assert shown.count("\x1b[14A") >= 40
    frames = {part for part in shown.split("\x1b[14A") if braille(part)}
    assert len(frames) > 10
    assert "Get ready" in shown


def test_nothing_moves_where_nothing_can_be_painted_over(world: World) -> None:
    began = world.now
    shown = world.run("exercises", "show", "bridge", "--move", "--plain").out
    assert "\x1b" not in shown
    assert world.now == began


def test_the_sheet_is_written_for_the_person_alone(world: World, tmp_path: Path) -> None:
    page = tmp_path / "all.html"
    told = world.run("exercises", "sheet", "--out", str(page))
    assert told.out == f"Written: {page}\n"
    assert page.read_text().startswith("<!doctype html>")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    data = world.run("exercises", "sheet", "--out", str(tmp_path / "again.html"), "--json").data
    assert data == {"file": str(tmp_path / "again.html"), "exercises": 204}


def test_the_sheet_never_takes_the_place_of_a_file(world: World, tmp_path: Path) -> None:
    page = tmp_path / "all.html"
    page.write_text("mine")
    result = world.run("exercises", "sheet", "--out", str(page), expect=1)
    assert "is there already" in result.err
    assert page.read_text() == "mine"


def test_a_folder_that_is_not_there_is_an_error_in_words(world: World, tmp_path: Path) -> None:
    result = world.run("exercises", "sheet", "--out", str(tmp_path / "no" / "all.html"), expect=1)
    assert "cannot write" in result.err
