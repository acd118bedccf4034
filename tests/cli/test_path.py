"""``backmove path``: where the files are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import World


def test_the_places_are_told_and_nothing_is_made(world: "World") -> None:
    out = world.run("path").out
    assert out == (
        f"journal: {world.folder}/journal.jsonl\ncache:   {world.folder}/cache\nlog:     {world.folder}/log\n"
    )
    assert not world.folder.exists()


def test_scripts_get_the_places_by_name(world: "World") -> None:
    folder = world.folder
    assert world.run("path", "--json").data == {
        "journal": str(folder / "journal.jsonl"),
        "cache": str(folder / "cache"),
        "log": str(folder / "log"),
    }


def test_the_journal_is_where_path_says(world: "World") -> None:
    world.run("log", "4")
    place = world.run("path", "--json").data["journal"]
    assert place == str(world.journal_file)
    assert world.journal_file.exists()


def test_a_folder_with_a_strange_name_cannot_steer_the_terminal(world: "World") -> None:
    world.folder = world.folder.parent / "a\x1b[2Jb"
    assert "\x1b" not in world.run("path").out
