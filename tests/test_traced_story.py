"""``strace`` over a whole story: no network, nothing changed outside the data folder and the temporary folder.

The story, the rules and the list of what may be read are in ``bench/traced``; the figures are in ``docs/strace.md``.
Each rule was seen to be broken by what breaks it.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from command_tree import is_group, parameters, tree  # noqa: E402
from traced.calls import Kind, calls_of  # noqa: E402
from traced.ground import Ground, Installed  # noqa: E402
from traced.judge import Seen  # noqa: E402
from traced.page import page  # noqa: E402
from traced.run import Tracer, strace_works  # noqa: E402
from traced.story import STORY, Step  # noqa: E402

STEPS = [step for step in STORY if isinstance(step, Step)]
EVERYWHERE = {"--json", "--plain", "--help"}
"""The same code for every command; each stands in the story once at least."""

kernel = pytest.mark.skipif(not strace_works(), reason="no strace here, or it may not look")


# --- the story ---------------------------------------------------------------------------------------------------


def command_of(step: Step) -> tuple[str, ...]:
    ends = [end for end in range(len(step.args) + 1) if step.args[:end] in tree()]
    return step.args[: max(ends)]


def test_the_story_gives_every_command() -> None:
    given = {command_of(step) for step in STEPS}
    wanted = {words for words, command in tree().items() if not is_group(command)}
    assert wanted - given == set()
    assert {(), ("plan",), ("profile",)} <= given


def test_the_story_gives_every_option() -> None:
    for words, command in tree().items():
        given = {word for step in STEPS if command_of(step) == words for word in step.args}
        for parameter, is_option in parameters(command):
            names = {*parameter.opts, *parameter.secondary_opts} if is_option else set()
            missing = names and not names & (given | EVERYWHERE)
            assert not missing, f"{' '.join(words)} {names}"
    assert {word for step in STEPS for word in step.args} >= EVERYWHERE


# --- what the kernel saw -----------------------------------------------------------------------------------------


@dataclass
class Told:
    """The story as it was lived."""

    ground: Ground
    story: list[Seen] = field(repr=False)
    before: dict[str, int] = field(repr=False)

    def found(self, what: str) -> dict[str, list[str]]:
        """The lines of one kind, by command."""
        return {seen.step.title: lines for seen in self.story if (lines := getattr(seen, what))}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    ground = Ground.made(tmp_path_factory.mktemp("traced"))
    before = ground.untouchable()
    return Told(ground, list(Tracer(ground).tell(STORY)), before)


@kernel
def test_no_command_calls_the_network(told: Told) -> None:
    assert told.found("network") == {}


@kernel
def test_no_command_changes_a_file_outside(told: Told) -> None:
    assert told.found("written") == {}


@kernel
def test_no_command_looks_at_a_file_outside_that_is_not_on_the_list(told: Told) -> None:
    assert told.found("read") == {}


@kernel
def test_no_command_starts_a_program_unasked(told: Told) -> None:
    assert told.found("started") == {}
    asked = {line.split('"')[1].rpartition("/")[2] for seen in told.story for line in seen.asked}
    assert asked == {"espeak-ng", "true"}


@kernel
def test_no_command_does_what_we_do_not_know(told: Told) -> None:
    assert told.found("unknown") == {}


@kernel
def test_home_the_persons_own_folder_and_the_program_are_as_they_were(told: Told) -> None:
    assert told.ground.untouchable() == told.before


@kernel
def test_the_temporary_folder_holds_what_was_asked_for_and_no_more(told: Told) -> None:
    asked = {word.rpartition("/")[2] for step in STEPS for word in step.args if "{temporary}" in word}
    assert {place.name for place in told.ground.temporary.iterdir()} == asked | {"bin", "another-home"}


@kernel
def test_what_the_story_was_to_change_was_seen(told: Told) -> None:
    """An eye that sees nothing finds nothing wrong."""
    journal = str(told.ground.folder / "journal.jsonl")
    wrote = {command_of(seen.step)[0] for seen in told.story if seen.step.args and journal in seen.inside}
    assert wrote >= {
        "log",
        "session",
        "done",
        "edit",
        "undo",
        "triage",
        "profile",
        "import",
        "plan",
        "doctor",
    }
    made = {place for seen in told.story for place in seen.inside}
    assert {str(place) for place in told.ground.temporary.glob("export.*")} <= made
    assert min(seen.calls for seen in told.story) > 100


@kernel
def test_the_page_has_a_row_for_each_command(told: Told) -> None:
    text = page(told.story, "python bench/traced", [])
    assert text.count("\n| `backmove") == len(STEPS)
    assert text.count(": **0**") == 6 and "should not be" not in text


# --- each rule, broken -------------------------------------------------------------------------------------------


BREACHES: list[tuple[str, str]] = [
    ("network", "import socket; socket.socket()"),
    ("network", "import socket; socket.socket(socket.AF_UNIX).connect_ex('/run/nscd/socket')"),
    ("network", "import socket; socket.socketpair()"),
    ("written", "import os; open(os.environ['HOME'] + '/.backmove', 'w')"),
    ("written", "open('left-here', 'w')"),
    ("written", "open(__file__, 'a')"),
    ("written", "import os; os.mkdir(os.environ['HOME'] + '/.config')"),
    ("written", "import os; os.rename(__file__, __file__)"),
    ("written", "import os; os.unlink(__file__)"),
    ("written", "import os; os.link(__file__, os.environ['TMPDIR'] + '/link')"),
    ("written", "import os; os.fchmod(os.open(__file__, 0), 0o644)"),
    ("written", "import os; os.truncate(__file__, 10**6)"),
    ("written", "import os; os.utime(__file__)"),
    ("written", "import os; os.mkdir(os.environ['TMPDIR'] + '/../up')"),
    (
        "written",
        "import os; to = os.environ['TMPDIR'] + '/out'; os.symlink(os.environ['HOME'] + '/x', to); open(to, 'w')",
    ),
    ("read", "open('/etc/passwd')"),
    ("read", "import os; os.path.exists(os.environ['HOME'] + '/.backmoverc')"),
    ("read", "import os; os.listdir(os.environ['HOME'])"),
    ("started", "import os; os.system('true')"),
    ("started", "import subprocess; subprocess.run(['/bin/true'])"),
    ("started", "import os; os.fork() or os._exit(0)"),
    ("unknown", "import os; os.chdir('/')"),
    ("unknown", "import os; os.symlink('/etc/passwd', os.environ['TMPDIR'] + '/link')"),
    ("unknown", "import os; os.kill(os.getppid(), 0)"),
    ("unknown", "import os; os.memfd_create('hidden')"),
]  # fmt: skip
"""Code in front of the program, and what it must be found to be."""


@kernel
@pytest.mark.parametrize(("what", "code"), BREACHES)
def test_what_must_not_be_is_seen(what: str, code: str, tmp_path: Path) -> None:
    ground = bare(tmp_path)
    ground.program.script.write_text(code)
    seen = Tracer(ground).run(Step(("--version",)))
    assert getattr(seen, what), seen


def bare(scratch: Path) -> Ground:
    """A ground with a program that says its version, and has no more."""
    ground = Ground(scratch, Installed(scratch / "program"))
    for folder in (ground.program.script.parent, ground.temporary, ground.home, ground.here, ground.logs):
        folder.mkdir(parents=True)
    ground.program.script.write_text("")
    return ground


@kernel
def test_a_program_that_does_none_of_it_is_left_alone(tmp_path: Path) -> None:
    assert Tracer(bare(tmp_path)).run(Step(("--version",))).wrong == []


def test_a_line_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    kinds = {
        call.kind
        for call in calls_of('openat(AT_FDCWD</>, "/etc/pass\nnew_call(1) = 0\n+++ exited +++\n', tmp_path)
    }
    assert kinds == {Kind.UNKNOWN}


def test_a_call_that_never_began_is_none(tmp_path: Path) -> None:
    made = 'mkdir("new", 0777) = 0\n'
    nameless = "???()                                   = ?\n"
    for end in ("+++ killed by SIGKILL +++\n", "+++ exited with 0 +++\n"):
        assert [call.name for call in calls_of(made + nameless + end, tmp_path)] == ["mkdir"]
    assert next(calls_of(nameless + made, tmp_path)).kind is Kind.UNKNOWN


def test_places_are_found_from_where_a_call_begins(tmp_path: Path) -> None:
    lines = (
        'openat(3</a/b>, "../c\\303\\244,d", O_RDONLY|O_CLOEXEC) = 4</real/place>\n'
        'renameat2(AT_FDCWD</here>, "old", 5</a>, "new", 0) = 0\n'
        'newfstatat(3</a/b>, "", {st_mode=S_IFREG|0644, st_size=1, ...}, AT_EMPTY_PATH) = 0\n'
        'mkdir("new", 0777) = 0\n'
    )
    found = [call.places for call in calls_of(lines, tmp_path)]
    assert found == [("/a/cä,d", "/real/place"), ("/here/old", "/a/new"), ("/a/b",), (f"{tmp_path}/new",)]
