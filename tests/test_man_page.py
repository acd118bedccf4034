"""The man page is what the commands say, and roff understands it."""

import shutil
import subprocess

import pytest

import make_man_page
from backmove.errors import ExitCode
from command_tree import examples, tree


def test_the_page_is_what_the_commands_say() -> None:
    kept = make_man_page.PAGE.read_text(encoding="ascii")
    assert kept == make_man_page.page(), "run: PYTHONPATH=src:tests python tests/make_man_page.py"


def test_every_exit_code_stands_on_it() -> None:
    assert [int(code) for code, _ in make_man_page.CODES] == [int(code) for code in ExitCode]


def test_it_says_what_to_do_in_an_emergency_before_any_command() -> None:
    before = make_man_page.page().split(".SH COMMANDS")[0]
    assert "In an emergency call 112" in before


@pytest.mark.parametrize(
    "command",
    [
        ("groff", "-man", "-ww", "-b", "-z", "-Tascii"),
        ("mandoc", "-T", "lint", "-W", "style"),
    ],
    ids=lambda command: command[0],
)
def test_no_reader_of_man_pages_complains(command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    ran = subprocess.run(
        [*command, str(make_man_page.PAGE)], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


def test_an_example_can_be_copied_from_the_page() -> None:
    if shutil.which("man") is None:
        pytest.skip("no man here")
    ran = subprocess.run(
        ["man", "-l", str(make_man_page.PAGE)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MANWIDTH": "100", "MAN_KEEP_FORMATTING": ""},
    )
    for command in tree().values():
        for example in examples(command):
            assert example in ran.stdout, example
