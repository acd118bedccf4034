"""Files of answers of any bytes. The first letter says to which questions, and in which journal."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from fuzz import journals
from fuzz.desk import CALM, CLEAN, Broken, Desk, chosen
from fuzz.oracle import why_locked

_MUST: Final = (
    "age", "for_me", "onset_days", "pain_now", "pain_usual", "chest_or_faint", "beating_lump", "cold_leg", "injury",
    "bladder", "saddle", "bowel", "both_legs", "leg_weakness", "legs_not_controlled", "elsewhere_weakness", "fever",
    "very_ill", "cancer", "steroids", "weak_bones", "weight_loss", "night_pain",
)  # fmt: skip
"""Without one of these no answers are complete, whatever else is said."""
_NO: Final = (
    "chest_or_faint", "beating_lump", "cold_leg", "saddle", "legs_not_controlled", "elsewhere_weakness", "fever",
    "very_ill", "black_stool_or_blood",
)  # fmt: skip
"""A yes or a "not sure" to one of these opens nothing."""
_OTHERS: Final = ("assume_no", "clearance", "cleared_rules")
_DAILY: Final = ("dc1", "dc2", "dc3", "dc4", "dc5", "dc3_signs")


def answers(desk: Desk, data: bytes) -> None:
    """One letter and an answer file."""
    chosen(_WAYS, data)(desk, data[1:])


def _file(desk: Desk, content: bytes) -> str:
    file = desk.folder / "answers.json"
    file.write_bytes(content)
    return str(file)


def _document(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _triage(desk: Desk, content: bytes) -> None:
    """A first run: it opens only with every answer there, and none of them a sign."""
    desk.clear()
    ran = desk.run("triage", "--answers", _file(desk, content), "--json")
    desk.later(1)
    opened = journals.gate(desk)
    why = _why_not(_document(content))
    if why and (opened or ran.code == 0):
        raise Broken(f"answers opened although: {why} (exit {ran.code})")
    from_input = desk.run("triage", "--answers", "-", stdin=content)
    if from_input.code != ran.code and content.isascii():
        raise Broken(f"a file ended with {ran.code}, the same on standard input with {from_input.code}")


def _why_not(said: Any) -> str:
    if not isinstance(said, dict):
        return "no object"
    unknown = [key for key in said if key not in CLEAN and key not in (*_OTHERS, "temperature", *_SOMETIMES)]
    if unknown:
        return f"{unknown[:3]} are no questions"
    if said.get("assume_no") not in (None, False):
        return "answers are assumed"
    missing = [key for key in _MUST if key not in said]
    if missing:
        return f"{missing[:3]} are missing"
    if said.get("clearance") is not None:
        return ""
    if said["for_me"] == "n":
        return ""
    wrong = [key for key in _NO if said.get(key) != "n"]
    return f"{wrong[:3]} are not no" if wrong else ""


_SOMETIMES: Final[set[str]] = set()
"""Questions that are asked only after certain answers; filled from the questions themselves."""


def _triage_while_locked(desk: Desk, content: bytes) -> None:
    """After an emergency no file of answers opens, for nobody can say in it that the former ones were wrong; only a
    clinician's yes can."""
    desk.clear(journals.emergency())
    before = desk.journal.read_bytes()
    desk.run("triage", "--answers", _file(desk, content))
    desk.later(25)
    opened = journals.gate(desk)
    said = _document(content)
    if opened and not (isinstance(said, dict) and said.get("clearance") and said.get("cleared_rules")):
        raise Broken("an answer file lifted an emergency")
    if not desk.journal.read_bytes().startswith(before):
        raise Broken("lines are gone")


def _session(desk: Desk, content: bytes) -> None:
    """The daily check of somebody whose questions are answered: five times no, and a bearable pain."""
    desk.clear(journals.made("open"))
    ran = desk.run("session", "--minutes", "5", "--answers", _file(desk, content), "--json")
    opened = ran.code == 0 and bool(ran.data.get("items"))
    why = _why_no_session(_document(content))
    if opened and why:
        raise Broken(f"a session was given although: {why}")
    shown = desk.run("session", "--show", "--json")
    if shown.code == 0 and shown.data.get("items") and why:
        raise Broken(f"a session was shown afterwards although: {why}")
    if why_locked(desk.journal.read_bytes(), desk.now) and desk.opens():
        raise Broken("a session was given after a bad check")


def _why_no_session(said: Any) -> str:
    if not isinstance(said, dict) or not isinstance(said.get("daily_check"), dict):
        return "no object with a daily check"
    check = said["daily_check"]
    if not set(said) <= {"daily_check", "pain"} or not set(check) <= set(_DAILY):
        return "keys that are not known"
    if [check.get(key) for key in _DAILY[:4]] != ["n"] * 4 or check.get("dc5") not in ("n", "u"):
        return "the check is not five times no"
    if check.get("dc3_signs"):
        return "a sign was named"
    pain = said.get("pain")
    if type(pain) is not int or not 0 <= pain <= 8:
        return "the pain is not known, or is too much"
    return ""


def _session_while_locked(desk: Desk, content: bytes) -> None:
    desk.clear(journals.emergency())
    ran = desk.run("session", "--answers", _file(desk, content), "--another")
    if ran.code == 0:
        raise Broken("a daily check opened an emergency")
    journals.gate(desk)


def _checkin(desk: Desk, content: bytes) -> None:
    """A look back opens nothing, and what it says can be shown."""
    desk.clear(journals.emergency())
    ran = desk.run("checkin", "--answers", _file(desk, content))
    if not (ran.out + ran.err).replace("\n", "").isprintable():
        raise Broken("signs that steer the terminal")
    desk.run("list")
    desk.run("progress")
    if journals.gate(desk):
        raise Broken("a look back opened an emergency")


_WAYS: Final[Mapping[str, Callable[[Desk, bytes], None]]] = {
    "e": _triage_while_locked,
    "k": _checkin,
    "l": _session_while_locked,
    "s": _session,
    "t": _triage,
}


def prepare(desk: Desk) -> None:
    """The journals, and the names of all questions."""
    from backmove.store.library import load_questionnaire

    journals.prepare(desk)
    _SOMETIMES.update(name for name, field in load_questionnaire().fields.items() if not field.internal)


def seeds() -> list[bytes]:
    """Sound answers, and some with a sign or a clearance."""
    claim = {
        "who": "doctor",
        "date": "2026-04-04",
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    }
    changes: list[dict[str, Any]] = [
        {}, {"saddle": "y", "saddle_days": 2, "saddle_trend": "new"}, {"weight_loss": "y"}, {"temperature": "101.5 F"},
        {"fever": "y", "temperature": "38.7 C"}, {"clearance": claim, "cleared_rules": ["C2"]}, {"sex": "f"},
        {"cancer": "past", "worse_on_cough": "n", "trend": "better", "clearance": claim, "cleared_rules": ["C2"]},
        {"for_me": "n"}, {"assume_no": True}, {"pain_now": 9, "pain_usual": 8}, {"age": 17}, {"age": 70,
        "onset_days": 3},
        {"onset_days": "u"}, {"bladder": ["unsure"]}, {"precautions": ["osteoporosis"]}, {"injury": "minor"},
    ]  # fmt: skip
    triages = [json.dumps(dict(CLEAN) | change).encode() for change in changes] + [b'{"assume_no": true}']
    daily = [CALM, CALM.replace(b'"dc3": "n"', b'"dc3": "y"').replace(b"[]", b'["chest-or-faint"]')]
    daily += [CALM.replace(b'"dc5": "n"', b'"dc5": "u"'), CALM.replace(b"3}", b"8}"), b'{"pain": 2}']
    weeks = [
        b'{"pain": 3, "sleep": 6, "note": "a quiet week"}',
        b'{"activities": {"sit": 4}, "mood": 9, "fear": 10}',
    ]
    found = [way + text for way in (b"t", b"e") for text in triages]
    return found + [way + text for way in (b"s", b"l") for text in daily] + [b"k" + text for text in weeks]


def lines() -> list[bytes]:
    """Whole files, to take parts from."""
    return [seed[1:] for seed in seeds()]
