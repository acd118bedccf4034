"""Worked cases with the disposition wanted and the least cautious one that would still do.

The published ones name their source; the others state the principle they stand for.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from backmove.core.answers import parse_answers
from backmove.core.assess import assess
from backmove.core.questionnaire import RANK
from questions import shipped

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "triage_cases.jsonl").read_text("utf-8").splitlines()
]


def test_no_case_was_dropped() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 69


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_gets_the_disposition_wanted(case: dict[str, Any]) -> None:
    q = shipped()
    file = parse_answers(q, {**case["answers"], "assume_no": True})
    result = assess(q, file.answers, file.claim, assumed=file.assumed)
    assert result.disposition == case["expect"], result.rules
    assert RANK[result.disposition] >= RANK[case["floor"]]
    assert result.missing == (("bladder",) if case["answers"].get("bladder") == "skip" else ())


BY_PROSE = {"C22"}
"""Its rule column says P-tags for the tag that P-surg goes with."""

NAMED = [
    c
    for c in CASES
    if c["id"] not in BY_PROSE
    and all(word in shipped().rules for word in c["rule"].replace(",", " ").split())
]


@pytest.mark.parametrize("case", NAMED, ids=[case["id"] for case in NAMED])
def test_the_rule_that_a_case_names_is_among_those_that_fire(case: dict[str, Any]) -> None:
    q = shipped()
    file = parse_answers(q, {**case["answers"], "assume_no": True})
    fired = assess(q, file.answers, file.claim, assumed=True).rules
    assert len(NAMED) > 40
    assert set(case["rule"].replace(",", " ").split()) <= set(fired)
