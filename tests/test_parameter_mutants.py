"""Changing any single number of ``data/parameters.yaml`` makes a test fail.

The ordinary run looks at the harness, at the recorded plans and at some of the changes; the long one tries them all.
"""

import re
from collections.abc import Sequence

import pytest

import shipped
from campaign import size
from lived import SCENES, SHIPPED
from parameter_meanings import STATEMENTS
from parameter_mutants import SURVIVORS, Mutant, lists, mutants, noticed, numbers, read, shipped_data
from plan_battery import moments, recorded

EVERY = list(mutants())
SOME = 45
"""The ordinary run tries every so-manieth change."""


def unnoticed(tried: Sequence[Mutant]) -> set[str]:
    return {mutant.name for mutant in tried if noticed(mutant) is None}


def test_the_recorded_plans_are_given_again() -> None:
    for name in SCENES:
        assert list(moments(name, SHIPPED)) == recorded().get(name), name
    assert set(recorded()) == set(SCENES)


def test_the_recorded_plans_are_of_all_kinds() -> None:
    lines = [moment for found in recorded().values() for moment in found]
    words = " ".join(word for moment in lines for word in moment.values())
    assert len(lines) > 1500
    assert not any("problem" in moment for moment in lines)
    for word in (
        "green",
        "amber",
        "red",
        "acute",
        "subacute",
        "chronic",
        "maintenance",
        "gentle",
        "relief",
        "flare",
    ):
        assert re.search(rf"\b{word}\b", words), word
    for rule in ("F3", "F5", "F7", "H4", "K1", "K6", "G", "E3", "C4", "B13"):
        assert re.search(rf"\b{rule} ", words), rule


def test_the_harness_reads_the_file_as_the_program_does() -> None:
    assert read(shipped_data()) == SHIPPED
    assert read({**shipped_data(), "schema_version": 2}) is None


def test_every_number_of_the_file_is_changed() -> None:
    text = "\n".join(
        line.partition("#")[0] for line in shipped.contents()["parameters.yaml"].decode().splitlines()
    )
    plain = re.sub(r"(unit|source): [^,}\n]*", "", text)
    written = re.findall(r"(?<![\w-])\d+(?![\w-])", plain)
    assert sorted(map(int, written)) == sorted(number for _, number in numbers(shipped_data()))
    changed = {mutant.path for mutant in EVERY}
    assert {path for path, _ in numbers(shipped_data())} <= changed
    assert {path for path, _ in lists(shipped_data())} <= changed


def test_changes_have_names_of_their_own() -> None:
    assert len({mutant.name for mutant in EVERY}) == len(EVERY) > 500
    assert set(SURVIVORS) <= {mutant.name for mutant in EVERY}


def test_every_statement_is_about_figures_that_are_there() -> None:
    figures = {path for path, _ in numbers(shipped_data())} | {path for path, _ in lists(shipped_data())}
    known = {".".join(map(str, path[:end])) for path in figures for end in range(1, len(path) + 1)}
    assert {figure for about, _, _ in STATEMENTS for figure in about} <= known


def test_some_changes_are_noticed() -> None:
    assert unnoticed(EVERY[::SOME]) <= set(SURVIVORS)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_every_change_is_noticed_or_known_to_change_nothing() -> None:
    every = EVERY[:: size(full=1, small=6)]
    assert unnoticed(every) == {mutant.name for mutant in every} & set(SURVIVORS)
