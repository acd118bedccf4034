from pathlib import Path

import pytest

from backmove.core.condition import AllOf, AnyOf, AtLeast, Compare, Is, Not
from backmove.core.questionnaire import Questionnaire
from backmove.core.record import RULES_VERSION
from backmove.errors import DataProblem
from backmove.store.resources import resource
from backmove.store.triage_check import MESSAGES
from backmove.store.triage_file import read_questionnaire

SHIPPED = resource("triage.yaml").read_text("utf-8")

CHEST = 'when: {f: chest_or_faint, in: ["y", "u"]}'


def broken(tmp_path: Path, old: str, new: str, *, times: int = 1) -> tuple[str, int]:
    """What is said about the shipped file with ``old`` replaced, and the line where it was."""
    assert SHIPPED.count(old) >= 1, old
    file = tmp_path / "triage.yaml"
    file.write_text(SHIPPED.replace(old, new, times), "utf-8")
    with pytest.raises(DataProblem) as problem:
        read_questionnaire(file)
    return problem.value.message, SHIPPED[: SHIPPED.index(old)].count("\n") + 1


@pytest.fixture(scope="module")
def q() -> Questionnaire:
    return read_questionnaire(resource("triage.yaml"))


def test_the_shipped_file_is_read_whole(q: Questionnaire) -> None:
    assert q.rules_version == RULES_VERSION
    assert len(q.rules) == 106
    assert len(q.weak_points) == 10
    assert next(iter(q.prompts)) == "consent"
    assert set(MESSAGES) == set(q.messages)


def test_conditions_are_read_in_every_form(q: Questionnaire) -> None:
    assert q.defines["severe"] == Compare("pain", ">=", 7)
    assert q.defines["sudden"] == Compare("sudden", "in", ("y", "u"))
    assert q.defines["vessel_risk"] == Compare("vessel_risks", "exists", True)
    assert q.defines["bl_live"] == AllOf((Is("bl_sign"), Not(Is("bl_base")), Not(Is("bl_old"))))
    assert isinstance(q.defines["frac_flags4"], AtLeast)
    assert q.defines["frac_flags4"].count == 4
    assert q.rules["S-skip"].when == AnyOf(
        (Compare("bladder", "=", "skip"), Compare("saddle", "=", "skip"), Compare("bowel", "=", "skip"))
    )


def test_a_list_whose_items_have_questions_is_also_asked_item_by_item(q: Questionnaire) -> None:
    whole, item = q.prompts["vessels"], q.prompts["vessels.cold"]
    assert [o.word for o in whole.options][-1] == "unsure"
    assert "vessels-each" in whole.fields
    assert q.fields["vessels-each"].internal
    assert item.follows == "vessels"
    assert [o.word for o in item.options] == ["no", "yes", "unsure"]
    assert item.options[1].sets == {"cold_leg": "y"}
    assert item.options[2].sets == {"cold_leg": "u"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (CHEST, 'when: {f: chest_or_fant, in: ["y", "u"]}', "chest_or_fant is no field"),
        (CHEST, 'when: {f: chest_or_faint, in: ["yes"]}', "chest_or_faint cannot be in"),
        ("when: {is: preg_warn}", "when: {is: preg_warm}", "preg_warm is not in the section defines"),
        ("when: {is: preg_warn}", "when: {not: {is: preg_warm}}", "preg_warm is not in the section defines"),
        ("when: {is: preg_warn}", "when: {is: preg_warn, f: age}", "this is no condition"),
        ("when: {is: preg_warn}", "when: preg_warn", "this is no condition"),
        ("when: {is: preg_warn}", 'when: {f: age, "=>": 5}', "this is no condition"),
        ("when: {is: preg_warn}", "when: {any: {is: preg_warn}}", "a list of conditions is needed"),
        ("when: {is: preg_warn}", 'when: {f: age, ">": old}', "age cannot be >"),
        ("when: {is: preg_warn}", "when: {f: bladder, has: drip}", "bladder cannot be has"),
        ("when: {is: preg_warn}", "when: {f: age, exists: false}", "this is no condition"),
        ("when: {is: preg_warn}", 'when: {f: pregnant, "=": 4}', "pregnant cannot be = 4"),
        ("when: {is: preg_warn}", 'when: {f: pregnant, "=": null}', "this is no condition"),
        ("when: {is: preg_warn}", "when: {f: pregnant, in: y}", "this is no condition"),
        ("clearable: gone", "clearable: sometimes", "is not known here"),
        ("    variant: call\n", "", "an emergency needs its variant"),
        ("disposition: EMERGENCY", "disposition: URGENT", "is not known here"),
        ("disposition: EMERGENCY", "disposition: INCOMPLETE", "no rule gives this"),
        ("    sign: new chest pain", "    sing: new chest pain", "unknown field"),
        ("  - id: E2\n", "  - id: E1\n", "E1 stands twice"),
        ("  - id: age\n", "  - id: consent\n", "consent stands twice"),
        ("kind: consent", "kind: promise", "is not known here"),
        ("follows: injury", "follows: injuries", "injuries is no prompt"),
        ("about: [injury]", "about: [injurie]", "injurie is no field"),
        ('sets: {sudden: "y"}', 'sets: {sudden: "yes"}', "sudden cannot be 'yes'"),
        ('sets: {sudden: "y"}', 'sets: {suden: "y"}', "suden is no field"),
        ('{key: "n", word: "no", label: "no", sets: {sudden: "n"}}', '{key: "q", word: "no", label: "no"}', "is taken"),
        ('{key: "n", word: "no", label: "no", sets: {sudden: "n"}}', '{key: "y", word: "no", label: "no"}', "is taken"),
        ("began: [injury_days]", "began: [injury]", "injury is no field with days"),
        ("{prompt: moving, after: vessel-risks", "{prompt: mowing, after: vessel-risks", "mowing is no prompt"),
        ("prompts: [both-legs, leg-strength]", "prompts: [both-legs, leg-power]", "leg-power is no prompt"),
        ("span: {field: procedure_days", "span: {field: procedur_days", "procedur_days is no field"),
        ("heart-or-lung: C26", "heart-or-lung: C62", "C62 is no rule"),
        ("  - id: SELF_CARE\n", "  - id: SELF-CARE\n", "the message SELF_CARE is missing"),
        ('rules_version: "1"', 'rules_version: "0"', "the program's rules are version"),
        ("schema_version: 1", "schema_version: 2", "schema_version 1"),
        ("maximum: 120, default: 40", "maximum: 120, default: young", "is not allowed for age"),
        ('reads: number, field: age', 'reads: number, field: site', "site is no field with a number"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    message, line = broken(tmp_path, old, new)
    assert says in message
    lines = [int(part.split(":")[1]) for part in message.splitlines()[1:]]
    assert any(abs(found - line) <= 12 for found in lines) or says.startswith("the message"), (lines, line)


def test_a_condition_cannot_be_defined_by_itself(tmp_path: Path) -> None:
    message, line = broken(tmp_path, '  severe: {f: pain, ">=": 7}', "  severe: {not: {is: cancer_feat}}")
    assert f":{line}:" in message
    assert "defines.severe: this condition is defined by itself" in message


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "triage.yaml"
    text = SHIPPED.replace("when: {is: preg_warn}", "when: {is: a}").replace("{is: puerp}]}]}", "{is: b}]}]}")
    file.write_text(text, "utf-8")
    with pytest.raises(DataProblem) as problem:
        read_questionnaire(file)
    assert "a is not in the section defines" in problem.value.message
    assert "b is not in the section defines" in problem.value.message


def test_nothing_in_the_file_is_read_as_code(tmp_path: Path) -> None:
    message, _ = broken(tmp_path, "when: {is: preg_warn}", "when: !!python/name:os.system")
    assert "tags such as" in message
