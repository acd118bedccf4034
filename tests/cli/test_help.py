"""The help of every command and subcommand: what it says, that its examples hold, and that it fits a small window."""

import pytest
from test_session import opened

from backmove.cli.context import App
from command_tree import PROGRAM, context, examples, help_of, is_group, parameters, tree, typed
from conftest import World

READING = {
    "",
    "doctor",
    "exercises",
    "exercises check",
    "exercises list",
    "exercises schema",
    "exercises search",
    "exercises show",
    "learn",
    "list",
    "path",
    "plan example",
    "plan schema",
    "profile",
    "profile show",
    "progress",
    "walk",
}
"""Commands that write nothing: their examples are run as they stand."""
NEEDS_A_FILE = {"exercises check"}

every_command = pytest.mark.parametrize("words", tree(), ids=lambda words: " ".join(words) or PROGRAM)
EXAMPLES = [(words, example) for words, command in tree().items() for example in examples(command)]
every_example = pytest.mark.parametrize(("words", "example"), EXAMPLES, ids=[e for _, e in EXAMPLES])


@every_command
def test_a_command_says_what_it_does_in_one_line_of_the_list(words: tuple[str, ...]) -> None:
    said = tree()[words].get_short_help_str(200)
    assert said and said[0].isupper() and said.endswith((".", "!", "?")), said
    assert len(tree()[words].help.split("\n")[0]) <= 120


@every_command
def test_a_command_has_an_example_of_itself(words: tuple[str, ...]) -> None:
    own = [
        example for example in examples(tree()[words]) if leaf_of(typed(example))[0][: len(words)] == words
    ]
    assert own, f"no example under {' '.join(words) or PROGRAM} --help"


@every_command
def test_every_option_and_argument_is_explained(words: tuple[str, ...]) -> None:
    for parameter, _ in parameters(tree()[words]):
        assert getattr(parameter, "help", None), f"{parameter.name} says nothing"


@every_command
def test_the_help_fits_into_80_columns(words: tuple[str, ...]) -> None:
    text = help_of(words)
    assert max(map(len, text.splitlines())) <= 80
    for example in examples(tree()[words]):
        assert example in text, f"this example is broken over two lines: {example}"


@every_command
def test_the_help_fits_a_narrow_window(words: tuple[str, ...], world: World) -> None:
    world.env["COLUMNS"] = "40"
    text = world.run(*words, "--help").out
    below = [line for line in text.splitlines() if not line.startswith("Usage: ")]
    assert [line for line in below if len(line) > 40] == []


def leaf_of(line: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The command that a line leads to, and the words that are left for it."""
    words: tuple[str, ...] = ()
    rest = list(line)
    while rest and is_group(tree()[words]) and (*words, rest[0]) in tree():
        words = (*words, rest.pop(0))
    return words, rest


@every_example
def test_an_example_is_understood(words: tuple[str, ...], example: str, world: World) -> None:
    leaf, rest = leaf_of(typed(example))
    parent = context(leaf[:-1]) if leaf else None
    name = leaf[-1] if leaf else PROGRAM
    if rest != ["--help"]:
        assert tree()[leaf].make_context(name, rest, parent=parent, obj=world.app())


@every_example
def test_an_example_of_a_reading_command_runs(
    words: tuple[str, ...], example: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf, _ = leaf_of(typed(example))
    name = " ".join(leaf)
    if name not in READING or (name in NEEDS_A_FILE and len(typed(example)) > len(leaf)):
        return
    opened(world)
    written = world.journal_file.read_bytes()
    assert world.run(*typed(example)).out or name in ("list", "exercises check")
    assert world.journal_file.read_bytes() == written, "a reading command wrote"


def test_the_commands_that_read_are_there() -> None:
    assert {tuple(name.split()) for name in READING} <= set(tree())
    assert isinstance(App.of_this_process(), App)
