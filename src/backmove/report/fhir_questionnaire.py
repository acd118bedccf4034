"""The safety questions as a Questionnaire, and each run of them as a QuestionnaireResponse.

The single answers are not kept in the journal, so that no response can hold them. What is kept is answered in a group
of its own: the result, the rules that fired, dates, tags. The Questionnaire has that group beside the questions, and
says so.
"""

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from backmove.core.questionnaire import Prompt, Questionnaire
from backmove.core.record import Disposition, Triage
from backmove.report.fhir_parts import Resource, coding, moment, one_word, reference, urn, uuid_of, words

URL: Final = urn("questionnaire/triage")
"""The canonical address. A number and no web page: the project has none, and an address must belong to somebody."""
RESULTS: Final = urn("code-system/result")
RULES: Final = urn("code-system/rule")

TITLE: Final = "backmove: questions about warning signs of back pain"
KEPT: Final = "What is kept of the answers. The single answers are not stored."
ABOUT: Final = (
    "Questions that the program backmove asks an adult with low back pain before exercise. Which ones are asked "
    "depends on earlier answers; those conditions are not written here. The answers to the single questions are not "
    "stored: a response holds only the group 'kept'. No clinician has reviewed questions and rules. A result is not a "
    "diagnosis."
)
_RESULT_WORDS: Final[Mapping[Disposition, str]] = {
    "EMERGENCY": "Emergency help now",
    "SAME_DAY": "Medical advice the same day",
    "CLINICIAN_FIRST": "See a clinician before exercise",
    "CAREFUL": "Sessions may be given, with care",
    "SELF_CARE": "Sessions may be given",
    "OUT_OF_SCOPE": "The program is not made for this",
    "INCOMPLETE": "Not answered to the end",
}
_ENDED: Final = {
    "finished": "to the end",
    "emergency": "ended early by an emergency",
    "broken-off": "broken off",
}
_GROUPS: Final[Mapping[str, str]] = {
    "about": "About you",
    "urgent": "Urgent signs",
    "legs": "Legs",
    "private": "Bladder, bowel and saddle",
    "illness": "Illness",
    "history": "What was before",
    "pattern": "The pattern of the pain",
}
_KEPT_ITEMS: Final = (
    ("result", "choice", False, "Result, with a lock from before if that is higher"),
    ("own-result", "choice", False, "Result of these answers alone"),
    ("ended", "string", False, "How the questions ended"),
    ("assumed", "boolean", False, "Answers were assumed, not given"),
    ("rule", "choice", True, "Rules that fired"),
    ("weak-point", "choice", True, "Signs that count in company only"),
    ("unsure", "integer", False, "Number of answers 'not sure'"),
    ("tag", "string", True, "Precautions set"),
    ("valid-until", "date", False, "Holds until"),
    ("book-by", "date", False, "See a clinician by"),
    ("began", "date", False, "This spell began"),
    ("pain-now", "integer", False, "Pain now, 0 to 10"),
    ("pain-usual", "integer", False, "Usual pain, 0 to 10"),
)
"""linkId, type, whether it can stand more than once, text."""


def questionnaire_resource(questions: Questionnaire) -> Resource:
    """The questions as shipped with this program, with the version of their rules."""
    return {
        "resourceType": "Questionnaire",
        "id": uuid_of(f"questionnaire/triage/{questions.rules_version}"),
        "url": URL,
        "version": questions.rules_version,
        "name": "BackmoveTriage",
        "title": TITLE,
        "status": "active",
        "subjectType": ["Patient"],
        "description": ABOUT,
        "item": [_kept_group(questions), *_question_groups(questions)],
    }


def _kept_group(questions: Questionnaire) -> Resource:
    options = {
        "result": [coding(RESULTS, word, _RESULT_WORDS[word]) for word in get_args(Disposition)],
        "own-result": [coding(RESULTS, word, _RESULT_WORDS[word]) for word in get_args(Disposition)],
        "rule": [coding(RULES, rule.id, rule.sign) for rule in questions.rules.values()],
        "weak-point": [coding(RULES, point.id, point.sign) for point in questions.weak_points.values()],
    }
    items = []
    for name, kind, many, text in _KEPT_ITEMS:
        offered = [{"valueCoding": code} for code in options.get(name, ())]
        items.append(
            {"linkId": name, "text": text, "type": kind}
            | ({"repeats": True} if many else {})
            | ({"answerOption": offered} if offered else {})
        )
    return {"linkId": "kept", "text": KEPT, "type": "group", "item": items}


def _question_groups(questions: Questionnaire) -> Iterator[Resource]:
    groups: dict[str, list[Resource]] = {}
    for prompt in questions.prompts.values():
        groups.setdefault(prompt.block, []).append(_question(prompt))
    for block, items in groups.items():
        yield {"linkId": f"group-{block}", "text": _GROUPS.get(block, block), "type": "group", "item": items}


def _question(prompt: Prompt) -> Resource:
    text = words(prompt.text.replace("{number}", "the emergency number"))
    head: Resource = {"linkId": f"q-{prompt.id}", "text": text}
    if prompt.options:
        offered = [{"valueCoding": {"code": o.word, "display": o.label}} for o in prompt.options]
        many = {"repeats": True} if prompt.kind == "list" else {}
        kind = "open-choice" if prompt.typed else "choice"
        return head | {"type": kind} | many | {"answerOption": offered}
    whole = prompt.typed is not None and prompt.typed.reads == "number"
    return head | {"type": "integer" if whole else "string"}


# --- the responses ----------------------------------------------------------------------------------------


def response(run: Triage, questions: Questionnaire, patient: str) -> Resource:
    """One run. ``completed`` when it was answered to its end, else ``stopped``: nobody goes on with it later."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": uuid_of(run.id),
        "questionnaire": f"{URL}|{one_word(run.rules_version)}",
        "status": "completed" if run.ended == "finished" and run.complete else "stopped",
        "subject": reference(patient),
        "authored": moment(run.at),
        "author": reference(patient),
        "source": reference(patient),
        "item": [{"linkId": "kept", "text": KEPT, "item": _answers(run, questions)}],
    }


def _answers(run: Triage, questions: Questionnaire) -> list[Resource]:
    known = questions if run.rules_version == questions.rules_version else None
    told: dict[str, list[Resource]] = {
        "result": [{"valueCoding": coding(RESULTS, run.disposition, _RESULT_WORDS[run.disposition])}],
        "own-result": [{"valueCoding": coding(RESULTS, run.result, _RESULT_WORDS[run.result])}],
        "ended": [{"valueString": _ENDED[run.ended]}],
        "assumed": [{"valueBoolean": run.assumed}],
        "rule": [{"valueCoding": _sign(rule, known)} for rule in run.rules],
        "weak-point": [{"valueCoding": _sign(point, known)} for point in run.weak_points],
        "unsure": [{"valueInteger": run.unsure}],
        "tag": [{"valueString": one_word(span.tag)} for span in run.tags],
        "valid-until": [{"valueDate": run.valid_until}] if run.valid_until else [],
        "book-by": [{"valueDate": run.book_by}] if run.book_by else [],
        "began": [{"valueDate": run.episode_start}] if run.episode_start else [],
        "pain-now": [] if run.pain_now is None else [{"valueInteger": run.pain_now}],
        "pain-usual": [] if run.pain_usual is None else [{"valueInteger": run.pain_usual}],
    }
    return [
        {"linkId": name, "text": text, "answer": told[name]} for name, _, _, text in _KEPT_ITEMS if told[name]
    ]


def _sign(name: str, known: Questionnaire | None) -> Resource:
    """A rule or weak point by its id, in words only where the words are those of that version."""
    entry = None if known is None else known.rules.get(name) or known.weak_points.get(name)
    code = {"system": RULES, "code": one_word(name)}
    return code if entry is None else code | {"display": entry.sign}
