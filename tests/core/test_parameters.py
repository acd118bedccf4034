"""The parameters file: every number has a unit and a source, is read by some rule, and is refused when it is wrong."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import shipped
from backmove.core import parameters as module
from backmove.core.figure import Figure
from backmove.core.parameters import Parameters
from backmove.store.resources import resource
from backmove.store.yaml_file import check
from backmove.store.yaml_text import parse_yaml

CATALOG, PARAMETERS = shipped.library()
TEXT = resource("parameters.yaml").read_text(encoding="utf-8")
CORE = Path(module.__file__).parent


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, msgspec.Struct) and not isinstance(node, Figure):
        for field in msgspec.structs.fields(node):
            yield from leaves(getattr(node, field.name), f"{path}.{field.name}")
    else:
        yield path.removeprefix("."), node


def faults(text: str) -> list[str]:
    _, problems = check(parse_yaml(text.encode(), Path("parameters.yaml")), Parameters)
    return [str(problem) for problem in problems]


def test_every_source_is_a_known_reference() -> None:
    figures = [leaf.source for _, leaf in leaves(PARAMETERS) if isinstance(leaf, Figure)]
    lists = [leaf for path, leaf in leaves(PARAMETERS) if path.endswith(".source")]
    assert len(figures) > 70
    assert {*figures, *lists} <= set(CATALOG.references)


def test_every_number_is_read_by_some_rule() -> None:
    code = "\n".join(f.read_text(encoding="utf-8") for f in CORE.glob("*.py") if f.name != "parameters.py")
    names = {path.rpartition(".")[2] for path, _ in leaves(PARAMETERS)} - {"schema_version", "source"}
    assert sorted(name for name in names if not re.search(rf"\.{name}\b", code)) == []


def test_limits_are_those_of_the_specification() -> None:
    p = PARAMETERS
    assert (p.zone.green_max.value, p.zone.amber_max.value, p.zone.steady_rise_max.value) == (2, 5, 1)
    assert (p.stage.acute_days.value, p.stage.subacute_days.value) == (42, 84)
    assert (p.minutes.red.value, p.minutes.acute.value, p.minutes.amber.value) == (10, 15, 20)
    assert (p.minutes.first_sessions.value, p.minutes.least.value, p.minutes.most.value) == (30, 5, 60)
    assert (p.learn.first.value, p.learn.second.value, p.learn.later.value) == (3, 4, 5)
    assert (p.card.repeat_days.value, p.blocks.full_share.value, p.blocks.attempts.value) == (14, 75, 200)


@pytest.mark.parametrize(
    ("there", "instead", "line"),
    [
        ("green_max: {value: 2,", "green_max: {value: two,", "zone.green_max.value"),
        ("green_max: {value: 2,", "green_max: {value: 2.5,", "zone.green_max.value"),
        ("green_max: {value: 2,", "green_max: {value: -1,", "zone.green_max.value"),
        ("green_max: {value: 2, unit: points,", "green_max: {value: 2,", "zone.green_max.unit"),
        ("  gentle_from:", "  gentle_form:", "zone.gentle_form"),
        ("features: [impact]", "features: [impakt]", "barred.always.features.0"),
        ("{minutes: 5, warmup: [1, 1]", "{minutes: 4, warmup: [1, 1]", "blocks.rows.0.minutes"),
        ("schema_version: 1", "schema_version: 2", "schema_version"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line_and_field(there: str, instead: str, line: str) -> None:
    assert TEXT.count(there) == 1
    found = faults(TEXT.replace(there, instead))
    number = TEXT[: TEXT.index(there)].count("\n") + 1
    assert any(f":{number}:" in fault and line.split(".")[-1] in fault for fault in found), found


def test_the_shipped_file_has_no_fault() -> None:
    assert faults(TEXT) == []
