"""What TAB offers: the right words, quickly, and nothing of what a person wrote down."""

import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

import shipped
from backmove.cli import tab
from backmove.cli.guide import SOUNDS
from backmove.core.choices import Category, Goal
from backmove.core.profile import KEYS, Place, read_value, words_for
from backmove.core.record import Direction, Done, Leg, StopReason
from backmove.store.glance import card_names, exercise_names, precaution_names, region_names
from backmove.store.library import load_emergency_numbers
from command_tree import context, parameters, tree
from conftest import World
from surroundings import surroundings
from test_architecture import HEAVY

CATALOG = shipped.catalog()

PROGRAM = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from backmove.__main__ import main
sys.argv = ["backmove"]
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\nLOADED " + " ".join(sorted({m.split(".")[0] for m, found in sys.modules.items() if found})))
sys.stderr.write("\\nOPENED " + " ".join(name for name in opened if sys.argv[0] and "diary-of-" in name))
"""
SHELLS = ("bash", "zsh", "fish")
LINES = (
    "backmove ",
    "backmove ex",
    "backmove exercises show bri",
    "backmove session --pl",
    "backmove profile set precautions ",
    "backmove profile set region ",
    "backmove exercises list --body ",
    "backmove learn ",
    "backmove edit ",
    "backmove done --hurt ",
    "backmove list --kind ",
)


def pressed(line: str, folder: Path, shell: str = "bash") -> tuple[list[str], set[str], str]:
    """What stands on standard output, the packages that were loaded, and the files of ``folder`` that were opened."""
    asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    if shell == "bash":
        words = line.split(" ")
        asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env=surroundings(folder, _BACKMOVE_COMPLETE=f"complete_{shell}") | asked,
        timeout=60,
        check=False,
    )
    told, loaded, opened = ran.stderr.rsplit("\n", 2)
    assert told.strip() == "", told
    return ran.stdout.splitlines(), set(loaded.split()[1:]), opened.removeprefix("OPENED").strip()


@pytest.fixture
def folder(world: World) -> Path:
    """A diary with something in it that is nobody's business."""
    world.folder = world.folder.parent / "diary-of-mine"
    world.run("log", "4", "--note", "zzsecret")
    world.run("profile", "set", "activities", "zzsecret")
    return world.folder


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_loads_nothing_heavy(shell: str, tmp_path: Path) -> None:
    for line in ("backmove ", "backmove exercises show bri", "backmove session --pl"):
        offered, loaded, _ = pressed(line, tmp_path, shell)
        assert offered and "typer" in loaded
        assert not loaded & HEAVY, (line, loaded & HEAVY)


def test_tab_opens_nothing_of_the_diary(folder: Path) -> None:
    for line in LINES:
        offered, _, opened = pressed(line, folder)
        assert offered, line
        assert opened == "", (line, opened)
        assert not [word for word in offered if "zzsecret" in word]


def test_tab_makes_no_folder_and_no_cache(tmp_path: Path) -> None:
    pressed("backmove exercises show bri", tmp_path / "diary-of-nobody")
    assert not (tmp_path / "diary-of-nobody").exists()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("backmove exer", ["exercises"]),
        ("backmove exercises show side-bri", [n for n in CATALOG.exercises if n.startswith("side-bri")]),
        ("backmove learn sle", ["sleep"]),
        ("backmove profile set day", ["days_per_week", "day_ends"]),
        ("backmove profile set place ", ["floor", "bed", "upright", "chair"]),
        ("backmove profile set precautions glaucoma osteo", ["osteoporosis"]),
        ("backmove profile set feared tw", ["twisting"]),
        ("backmove profile set minutes ", [""]),
        ("backmove done --stopped d", ["dizzy"]),
        ("backmove edit ", ["last"]),
        ("backmove exercises check ", [""]),
        ("backmove nonsense --", ["--json"]),
        ("backmove --version exer", ["exercises"]),
    ],
)
def test_tab_offers_what_fits(line: str, wanted: list[str], tmp_path: Path) -> None:
    offered, _, _ = pressed(line, tmp_path)
    assert offered[: len(wanted)] == wanted


def test_the_glance_sees_what_the_files_say() -> None:
    assert exercise_names() == tuple((row.id, row.name) for row in CATALOG.exercises.values())
    assert card_names() == tuple((card.topic, card.title) for card in CATALOG.cards.values())
    assert precaution_names() == tuple((entry.tag, entry.label) for entry in CATALOG.precautions.values())
    assert region_names() == tuple((region.code, region.name) for region in load_emergency_numbers().regions)


def test_a_lost_file_has_no_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("backmove.store.resources._PACKAGE", tmp_path / "a" / "b")
    assert exercise_names() == ()


def words_of(kind: Any) -> tuple[str, ...]:
    return tuple(word for part in get_args(kind) or () for word in (get_args(part) or (part,)) if word)


def test_the_words_offered_are_the_words_that_are_taken() -> None:
    assert get_args(Leg) == tab.LEG
    assert get_args(StopReason) == tab.STOPPED
    assert set(tab.PLACE) == set(Place)
    assert set(tab.SOUND) == set(SOUNDS)
    assert get_args(Done.__annotations__["status"]) == tab.STATUS
    assert set(tab.WAY) <= set(words_of(Direction.__annotations__["bending"]))
    assert tab.categories() == list(Category) and tab.goals() == list(Goal)


@pytest.mark.parametrize("key", KEYS)
def test_every_word_offered_for_a_profile_key_is_taken_by_it(key: str) -> None:
    lists: Any = {
        "tags": tuple(CATALOG.precautions),
        "ids": tuple(CATALOG.exercises),
        "regions": load_emergency_numbers().words(),
    }
    for word in words_for(key, **lists):
        read_value(key, [word], **lists)


PARAMETERS = [(words, parameter) for words, command in tree().items() for parameter, _ in parameters(command)]


@pytest.mark.parametrize(
    ("words", "parameter"), PARAMETERS, ids=[f"{' '.join(words)} {p.name}" for words, p in PARAMETERS]
)
def test_where_a_file_is_meant_tab_is_the_shells(words: tuple[str, ...], parameter: Any) -> None:
    """What offers nothing leaves the word to the shell, which offers files."""
    offered = parameter.shell_complete(context(words), "jour")
    assert not [item for item in offered if item.type == "file"]
    if parameter.metavar in ("FILE", "[FILE]"):
        assert not offered
