"""Which tests may notice a mutant: those that run its line, the likeliest first."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mutation.changes import Mutant
from mutation.place import Place
from mutation.where import WHERE

FOLDERS: Final = (
    *("tests/core", "tests/store", "tests/invariants", "tests/cli"),
    *("tests/figures", "tests/report", "tests/examples", "tests/guide", "tests/term"),
)
"""Where the tests are taken from: those that run in the process of pytest, and in less than minutes."""
FILES: Final = (
    *("tests/test_quick_log.py", "tests/test_catalog.py", "tests/test_locked_stays_locked.py"),
    *("tests/test_words.py", "tests/test_ways_in_sessions.py", "tests/test_parameter_mutants.py"),
)
"""And these beside them."""

RECORDED: Final = "tests/test_parameter_mutants.py::test_the_recorded_plans_are_given_again"
"""A thousand sessions and weeks of walking: one test, and a round of its own."""

QUICKEST: Final = 250
_INVARIANTS: Final = 12
_OF_ONE_FUNCTION: Final = 6
_FEW: Final = 4


@dataclass(frozen=True)
class Reach:
    """``took``: seconds of every test that passed, with the watching. ``lines``: module, line, tests.

    The test "" stands for what runs while modules are loaded.
    """

    took: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Sequence[str]]]
    sources: Mapping[str, Sequence[str]]
    words: Mapping[str, str]
    """What is written in each test file."""

    def rounds(self, mutant: Mutant, seconds: float) -> list[list[str]]:
        """The tests for a mutant, in four rounds: those named after its module, the recorded plans, others, the
        invariants. A round takes ``seconds`` of usual time at most, the first one four times as many; it begins with
        the quick ones, and with a few cases of every test function."""
        found = self._of(mutant)
        named = [test for test in found if _is_named(test, mutant.module)]
        others = [test for test in found if not _is_named(test, mutant.module)]
        broad = [test for test in others if test.startswith("tests/invariants/")]
        recorded = [RECORDED] if RECORDED in others else []
        rest = [test for test in others if not test.startswith("tests/invariants/") and test != RECORDED]
        first = self._quickest(named, len(named), 4 * seconds)
        second = self._quickest(rest, QUICKEST, seconds)
        last = self._quickest(broad, _INVARIANTS, seconds)
        return [tests for tests in (first, recorded, second, last) if tests]

    def seconds(self, tests: Iterable[str]) -> float:
        return sum(self.took[test] for test in tests)

    def _quickest(self, tests: Iterable[str], at_most: int, seconds: float) -> list[str]:
        taken: list[str] = []
        cases: dict[str, int] = defaultdict(int)
        spent = 0.0
        ranked = []
        for test in sorted(tests, key=lambda t: (self.took[t], t)):
            function = test.partition("[")[0]
            cases[function] += 1
            ranked.append((cases[function] > _OF_ONE_FUNCTION, cases[function] // 2, self.took[test], test))
        for _many, _case, took, test in sorted(ranked):
            if len(taken) < at_most and (spent + took < seconds or not taken):
                taken.append(test)
                spent += took
        return taken

    def _of(self, mutant: Mutant) -> set[str]:
        lines = self.lines.get(mutant.module, {})
        here = next((n for n in range(mutant.line, mutant.first - 1, -1) if n in lines), mutant.first)
        found = set(lines.get(here, ()))
        if "" in found or len(found) < _FEW:
            found |= self._naming(mutant)
            found.update(*lines.values())
        return found - {""}

    def _naming(self, mutant: Mutant) -> set[str]:
        """For what runs once, or while modules are loaded: the tests of the lines that name it. Its answer may be
        kept and serve tests that never run the line."""
        found: set[str] = set()
        for name in mutant.name.split("."):
            word = re.compile(rf"\b{re.escape(name)}\b") if name else re.compile("$^")
            for module, source in self.sources.items():
                lines = self.lines.get(module, {})
                for number, text in enumerate(source, 1):
                    if word.search(text):
                        found.update(lines.get(number, ()))
        stem = Path(mutant.module).stem
        takes = re.compile(rf"\b{stem} import [^=]*\b{re.escape(mutant.name.partition('.')[0])}\b")
        files = {file for file, text in self.words.items() if takes.search(text)}
        found.update(test for test in self.took if test.partition("::")[0] in files)
        if not found - {""}:
            found.update(test for test in self.took if _is_named(test, mutant.module))
        return found


def _is_named(test: str, module: str) -> bool:
    folder, _, file = module.partition("/")
    stem = Path(file).stem
    return bool(re.match(rf"tests/{folder}/test_{stem}(_\w+)?\.py::", test))


# --- made, kept ---------------------------------------------------------------------------------------------


def reach(place: Place, kept: Path) -> Reach:
    """What was measured before, if the program is the same; test files that are new or changed run now."""
    program = _digest(place.modules.values())
    known: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    if known.get("program") != program:
        known = {"program": program, "files": {}}
    files = {
        str(file.relative_to(place.root)): _digest([file.read_text()]) for file in _test_files(place.root)
    }
    stale = [name for name, digest in files.items() if known["files"].get(name, {}).get("digest") != digest]
    if stale:
        print(f"{len(stale)} test files are run once, watched", file=sys.stderr, flush=True)
        for name, found in _watched(place, stale, kept.with_suffix(".new")).items():
            known["files"][name] = {"digest": files[name], **found}
        kept.write_text(json.dumps(known), encoding="utf-8")
    words = {name: (place.root / name).read_text() for name in files}
    return _joined([known["files"][name] for name in files], place, words)


def _joined(files: Iterable[Mapping[str, Any]], place: Place, words: Mapping[str, str]) -> Reach:
    took: dict[str, float] = {}
    lines: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        tests = file["tests"]
        took |= dict(zip(tests, file["took"], strict=True))
        for module, numbers in file["lines"].items():
            for line, places in numbers.items():
                lines[module][int(line)] += [tests[n] if n >= 0 else "" for n in places]
    return Reach(took, lines, {name: source.splitlines() for name, source in place.modules.items()}, words)


def _watched(place: Place, names: Sequence[str], answer: Path) -> dict[str, Any]:
    """One run of these files."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", "mutation.steady", "-p", "mutation.reaching", *names]
    done = subprocess.run(
        command,
        cwd=place.root,
        env=os.environ | place.env | {WHERE: str(answer)},
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode not in (0, 1, 5):
        raise SystemExit(f"the tests do not run: pytest ended with {done.returncode}")
    return by_file(json.loads(answer.read_text()), names)


def by_file(found: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What the plugin wrote, file by file of the tests; tests as numbers, -1 for no test."""
    files: dict[str, Any] = {name: {"tests": [], "took": [], "lines": {}} for name in names}
    number: dict[str, int] = {}
    for test, took in found["took"].items():
        file = files[test.partition("::")[0]]
        number[test] = len(file["tests"])
        file["tests"].append(test)
        file["took"].append(took)
    for module, lines in found["lines"].items():
        for line, tests in lines.items():
            for test in tests:
                at = [files[test.partition("::")[0]]] if test else files.values()
                for file in at:
                    file["lines"].setdefault(module, {}).setdefault(line, []).append(number.get(test, -1))
    return files


def _test_files(root: Path) -> list[Path]:
    inside = (file for folder in FOLDERS for file in (root / folder).glob("test_*.py"))
    return sorted([*inside, *(root / name for name in FILES)])


def _digest(texts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text.encode())
    return whole.hexdigest()
