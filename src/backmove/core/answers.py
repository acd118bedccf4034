"""Answers: a file of them read, what the rules see of them, what is missing, what contradicts what.

The answer file is refused as a whole when one key or value is not known; all problems are named at once. Of
two answers that cannot both be so the worse is taken at once: there is nobody to ask again.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, get_args

from msgspec import Struct

from backmove.core.condition import SKIP, Answers, Value, holds
from backmove.core.questionnaire import CLINICIANS, Claim, Clinician, Contradiction, Field, Questionnaire
from backmove.errors import UsageProblem

CLAIM_KEYS: Final = ("who", "date", "looked_at_sign", "exercise_fine", "nothing_worse", "no_spread_to_bone")
MOST_PROBLEMS: Final = 40
"""So many are named; a file of nothing else would fill the memory with words."""
COLDEST, HOTTEST = 30.0, 45.0
"""Body temperatures in Celsius that we believe. Without a unit, above 45 can only be Fahrenheit."""


class AnswerFile(Struct, frozen=True):
    """An answer file as it was read. ``notes`` are readings worth telling (which unit a temperature was
    in).
    """

    answers: Answers
    claim: Claim | None = None
    assumed: bool = False
    notes: tuple[str, ...] = ()


def parse_answers(q: Questionnaire, document: object) -> AnswerFile:
    """The answers of a JSON document. Raises UsageProblem that names every unknown key and value (the first
    ``MOST_PROBLEMS``), and what is allowed.
    """
    if not isinstance(document, Mapping):
        raise UsageProblem(
            "the answers are not one JSON object.", hint="Fields and values: see docs, answer file."
        )
    problems: list[str] = []
    notes: list[str] = []
    answers: dict[str, Value] = {}
    known = {name: field for name, field in q.fields.items() if not field.internal}
    for key, raw in document.items():
        if len(problems) == MOST_PROBLEMS:
            problems.append("and perhaps more")
            break
        if key in ("assume_no", "clearance", "cleared_rules"):
            continue
        if key not in known:
            problems.append(f"{key}: no such field; allowed are {', '.join((*known, *_EXTRA_KEYS))}")
            continue
        try:
            answers[key] = _read_value(known[key], raw, notes)
        except ValueError as wrong:
            problems.append(f"{key}: {wrong}")
    assumed = document.get("assume_no", False)
    if not isinstance(assumed, bool):
        problems.append(f"assume_no: {_shown(assumed)} is not true or false")
    claim = _read_claim(q, document, problems)
    if problems:
        many = (
            f"the answers have {len(problems)} problems"
            if len(problems) > 1
            else "the answers have a problem"
        )
        raise UsageProblem(f"{many}; nothing was used:\n  " + "\n  ".join(problems))
    for pair in contradictions(q, answers):
        notes.append(f"{pair.text} The worse was taken.")
        answers = dict(take_worse(answers, pair))
    if assumed:
        answers = {**{f.name: f.default for f in known.values() if f.type != "temperature"}, **answers}
    return AnswerFile(answers, claim, bool(assumed), tuple(notes))


_EXTRA_KEYS: Final = ("cleared_rules", "clearance", "assume_no")


def _read_value(field: Field, raw: object, notes: list[str]) -> Value:
    if raw is None and field.nullable:
        return None
    if raw == SKIP and field.skip:
        return SKIP
    match field.type:
        case "list":
            return _read_list(field, raw)
        case "choice":
            if not isinstance(raw, str) or raw not in field.values:
                raise ValueError(f"{_shown(raw)} is not one of {_allowed(field)}")
            return raw
        case "temperature":
            celsius, note = read_temperature(raw)
            notes.extend(note)
            return celsius
        case "days" if raw == "u" and field.unsure:
            return 0
        case _:
            return _read_number(field, raw)


def _read_list(field: Field, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple)):
        raise ValueError(f"{_shown(raw)} is not a list of {_allowed(field)}")
    unknown = [item for item in raw if item not in field.values]
    if unknown:
        raise ValueError(
            f"{', '.join(_shown(item) for item in unknown)} not known; allowed are {_allowed(field)}"
        )
    return tuple(value for value in field.values if value in raw)


def _read_number(field: Field, raw: object) -> int:
    down = field.type in ("years", "weeks")
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or (raw != raw // 1 and not down):
        raise ValueError(f"{_shown(raw)} is not {_allowed(field)}")
    whole = int(raw // 1)
    if not field.minimum <= whole <= field.maximum:
        raise ValueError(f"{_shown(raw)} is not {_allowed(field)}")
    return whole


def _allowed(field: Field) -> str:
    if field.values:
        return ", ".join((*field.values, SKIP)) if field.skip else ", ".join(field.values)
    unit = "" if field.type in ("score", "years") else f" of {field.type}"
    extra = (', or "u" (not sure)' if field.unsure else "") + (", or null" if field.nullable else "")
    return f"a whole number{unit} from {field.minimum} to {field.maximum}{extra}"


def _shown(raw: object) -> str:
    return json.dumps(raw, ensure_ascii=False, default=repr)


def read_temperature(raw: object) -> tuple[float, tuple[str, ...]]:
    """Degrees Celsius of "38.7 C", "101.5 F" or a bare number (above 45 means Fahrenheit), and what is to be
    said.

    Raises ValueError for anything that is no body temperature.
    """
    match = re.fullmatch(r"\s*(\d{2,3}(?:[.,]\d{1,2})?)\s*°?\s*([cCfF])?\s*", str(raw), re.ASCII)
    if isinstance(raw, bool) or match is None:
        raise ValueError(f'{_shown(raw)} is not a temperature such as "38.7 C" or "101.5 F"')
    number, unit = float(match[1].replace(",", ".")), (match[2] or "").upper()
    fahrenheit = unit == "F" or (not unit and number > HOTTEST)
    celsius = round((number - 32) * 5 / 9, 2) if fahrenheit else number
    if not COLDEST <= celsius <= HOTTEST:
        raise ValueError(f"{_shown(raw)} is not a body temperature (30-45 C, 86-113 F)")
    note = () if unit else (f"{number:g} was read as {'Fahrenheit' if fahrenheit else 'Celsius'}.",)
    return celsius, note


def _read_claim(q: Questionnaire, document: Mapping[str, object], problems: list[str]) -> Claim | None:
    named, raw = document.get("cleared_rules", []), document.get("clearance")
    rules: list[str] = []
    if not isinstance(named, list) or not all(isinstance(rule, str) for rule in named):
        problems.append("cleared_rules: is not a list of rule ids")
    else:
        known = (*q.rules, *q.clearable_tags, *q.daily_locks)
        unknown = [rule for rule in named if rule not in known]
        if unknown:
            problems.append(f"cleared_rules: {', '.join(unknown)} not known; allowed are {', '.join(known)}")
        rules = [rule for rule in named if rule not in unknown]
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        problems.append("clearance: is not null or an object with " + ", ".join(CLAIM_KEYS))
        return None
    found = list(_claim_problems(raw))
    problems.extend(found)
    if found:
        return None
    return Claim(
        who=raw["who"],
        day=date.fromisoformat(raw["date"]),
        rules=tuple(rules),
        looked_at_sign=raw.get("looked_at_sign") == "y",
        exercise_fine=raw.get("exercise_fine") == "y",
        nothing_worse=raw.get("nothing_worse") == "y",
        no_spread_to_bone=raw.get("no_spread_to_bone") == "y",
    )


def _claim_problems(raw: Mapping[str, object]) -> Iterator[str]:
    for key in raw:
        if key not in CLAIM_KEYS:
            yield f"clearance.{key}: no such field; allowed are {', '.join(CLAIM_KEYS)}"
    if raw.get("who") not in CLINICIANS:
        yield f"clearance.who: {_shown(raw.get('who'))} is not one of {', '.join(get_args(Clinician))}"
    day = raw.get("date")
    if not isinstance(day, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        yield f"clearance.date: {_shown(day)} is not a date such as 2026-11-20"
    else:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield f"clearance.date: {_shown(day)} is not a date such as 2026-11-20"
    for key in CLAIM_KEYS[2:]:
        if raw.get(key, "n") not in ("y", "n"):
            yield f"clearance.{key}: {_shown(raw[key])} is not y or n"


# --- what the rules see ------------------------------------------------------------------------------------


def seen_by_rules(q: Questionnaire, answers: Answers) -> dict[str, Value]:
    """The answers with the derived fields, and with what counts for a timing that was not said
    (``Field.absent``).
    """
    view: dict[str, Value] = {
        name: field.absent for name, field in q.fields.items() if field.absent is not None
    }
    view.update(answers)
    pains = [p for p in (answers.get("pain_now"), answers.get("pain_usual")) if isinstance(p, int)]
    if pains:
        view["pain"] = max(pains)
    age, onset = answers.get("age"), answers.get("onset_days")
    if isinstance(age, int) and isinstance(onset, int):
        view["age_at_onset"] = age - onset / 365.25
    if "temperature" in answers:
        view["temp_c"] = answers["temperature"]
    points = [p for p in q.weak_points.values() if holds(p.when, view, q.defines)]
    view["weak_points"] = tuple(p.id for p in points)
    view["weak_count"] = len(points)
    view["weak_strong"] = sum(p.strong for p in points)
    return view


def missing_fields(q: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """Fields whose question would have been asked, and that have no answer. A skip is no answer.

    The sex question alone may be skipped freely (``Field.skip`` with ``asked`` stands for all others).
    """
    view = seen_by_rules(q, answers)
    return tuple(
        name
        for name, field in q.fields.items()
        if field.asked is not None
        and (name not in answers or (answers[name] == SKIP and not field.may_skip))
        and holds(field.asked, view, q.defines)
    )


def unsure_count(answers: Answers) -> int:
    """How many answers are "not sure"."""
    words = [value for value in answers.values() if isinstance(value, str)]
    items = [item for value in answers.values() if isinstance(value, tuple) for item in value]
    return sum(word in ("u", "unsure") for word in (*words, *items))


# --- contradictions ----------------------------------------------------------------------------------------


def contradictions(q: Questionnaire, answers: Answers) -> tuple[Contradiction, ...]:
    """The pairs of answers that cannot both be so."""
    view = seen_by_rules(q, answers)
    return tuple(c for c in q.contradictions if holds(c.when, view, q.defines))


def take_worse(answers: Answers, contradiction: Contradiction) -> Answers:
    """The answers after a contradiction that stayed: the worse is taken. None takes an impossible answer
    away.
    """
    told = {**answers, **contradiction.worse}
    return {
        name: value for name, value in told.items() if name not in contradiction.worse or value is not None
    }
