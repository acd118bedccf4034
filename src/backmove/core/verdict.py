"""A run of the questions turned into what stands, what is said, and what is kept.

``decide`` puts together what ``core/assess.py``, ``core/locks.py`` and ``core/advice.py`` supply; nothing is
weighed here. Days are local days after ``day_ends``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.advice import Lines, message, title
from backmove.core.answers import AnswerFile
from backmove.core.assess import Assessment, assess
from backmove.core.condition import Answers
from backmove.core.diary import Diary
from backmove.core.emergency import EmergencyNumbers
from backmove.core.locks import Lock, another_person, as_stored, hold, standing_locks, to_record
from backmove.core.profile import Profile as Owner
from backmove.core.questionnaire import RANK, Claim, Questionnaire
from backmove.core.record import RULES_VERSION, AnyRecord, Clearance, Profile, Triage
from backmove.core.when import say_day
from backmove.errors import ExitCode

Ended = Literal["finished", "emergency", "broken-off"]
_CODES: Final = {"EMERGENCY": ExitCode.EMERGENCY, "SAME_DAY": ExitCode.SAME_DAY}
_OPEN: Final = ("SELF_CARE", "CAREFUL")
_TYPED_TWICE: Final = ("EMERGENCY", "SAME_DAY")
LOCAL: Final = "or your local emergency number"


class Told(Struct, frozen=True):
    """What one run of the questions gave.

    ``ended``: finished; emergency (a sign ended the questions at once); broken-off. ``interrupted``: by Ctrl-C.
    ``gone``: the window was closed, so nothing can be told. ``wrongly``: "I answered wrongly" was typed.
    ``new_claim``: the claim was made now and is kept. ``region`` and ``precautions`` are new for the profile,
    None when nothing was said.
    """

    answers: Answers
    ended: Ended = "finished"
    interrupted: bool = False
    gone: bool = False
    assumed: bool = False
    wrongly: bool = False
    claim: Claim | None = None
    new_claim: bool = False
    region: str | None = None
    precautions: tuple[str, ...] | None = None

    @property
    def about_me(self) -> bool:
        return self.answers.get("for_me") != "n"


def told_by_file(file: AnswerFile, profile: Owner) -> Told:
    """What an answer file gives. The precautions of the profile hold beside its own."""
    told = Told(file.answers, assumed=file.assumed, claim=file.claim, new_claim=file.claim is not None)
    if not told.about_me:
        return told
    given = file.answers.get("precautions")
    new = given if isinstance(given, tuple) else ()
    both = (*profile.precautions, *(tag for tag in new if tag not in profile.precautions))
    return replace(
        told,
        answers={**file.answers, "precautions": both} if both else file.answers,
        precautions=both if new and not file.assumed else None,
    )


class Verdict(Struct, frozen=True):
    """The result of a run. ``record`` is what the journal keeps of it, if anything (``records_of``)."""

    told: Told
    result: Assessment
    record: Triage
    title: str
    text: str

    @property
    def urgent(self) -> bool:
        """Told before anything is written."""
        return self.record.disposition in _CODES

    @property
    def exit_code(self) -> ExitCode:
        """Interface 2. Ctrl-C is 130 whatever it left behind; an assumed pass is never 0."""
        if self.told.interrupted:
            return ExitCode.INTERRUPTED
        if self.record.disposition in _OPEN and (self.record.unlocked or not self.told.about_me):
            return ExitCode.LOCKED if self.told.assumed else ExitCode.OK
        return _CODES.get(self.record.disposition, ExitCode.LOCKED)


def decide(
    q: Questionnaire,
    told: Told,
    previous: Sequence[Triage],
    stamp: Mapping[str, Any],
    numbers: EmergencyNumbers,
    region: str | None,
) -> Verdict:
    """The verdict of a run. ``previous``: all earlier triages; ``stamp``: what the record starts with."""
    day = date.fromisoformat(stamp["day"])
    at = datetime.fromisoformat(stamp["at"])
    result = assess(q, told.answers, told.claim, today=None if told.assumed else day, assumed=told.assumed)
    earlier = previous if told.about_me else ()
    held = hold(q, earlier, result, at, day=day, wrongly=told.wrongly, claim=told.claim)
    record = to_record(result, told.answers, held, stamp, ended=told.ended, wrongly=told.wrongly)
    shown, held = as_stored(result, record), replace(held, disposition=record.disposition)
    book_by = say_day(date.fromisoformat(record.book_by), day) if record.book_by else None
    lines = Lines(number_words(numbers, region), urgent_words(numbers, region), book_by)
    return Verdict(told, result, record, title(q, shown, held), message(q, shown, lines, held))


def records_of(verdict: Verdict, diary: Diary, stamp: Callable[[], dict[str, Any]]) -> list[AnyRecord]:
    """What is written down: nothing about someone else, no pass on assumed answers."""
    told, records = verdict.told, list[AnyRecord]()
    if not told.about_me or (told.assumed and verdict.record.result in _OPEN):
        return records
    if told.claim is not None and told.new_claim and not told.assumed:
        records.append(_clearance(told.claim, stamp()))
    records.append(verdict.record)
    changes: dict[str, Any] = {}
    if told.region is not None and told.region != diary.profile.region:
        changes["region"] = told.region
    if told.precautions is not None and set(told.precautions) != set(diary.profile.precautions):
        changes["precautions"] = list(told.precautions)
    return [*records, Profile(**stamp(), set=changes)] if changes else records


def _clearance(claim: Claim, stamp: dict[str, Any]) -> Clearance:
    return Clearance(
        **stamp,
        who=claim.who,
        date=claim.day.isoformat(),
        rules=claim.rules,
        looked_at_sign=claim.looked_at_sign,
        exercise_fine=claim.exercise_fine,
        nothing_worse=claim.nothing_worse,
        no_spread_to_bone=claim.no_spread_to_bone,
    )


def as_json(verdict: Verdict) -> dict[str, Any]:
    """``data`` of ``triage --json`` (interface 3). ``tags`` are those that hold on the day of the result."""
    record = verdict.record
    here = [
        span.tag
        for span in record.tags
        if (span.since or record.day) <= record.day <= (span.until or record.day)
    ]
    return {
        "disposition": record.disposition,
        "complete": record.complete,
        "missing": list(record.missing),
        "unlocked": record.unlocked,
        "held_by": record.held_by,
        "rules": list(record.rules),
        "weak_points": list(record.weak_points),
        "tags": list(dict.fromkeys(here)),
        "gentle": record.gentle,
        "valid_until": record.valid_until,
        "book_by": record.book_by,
        "unsure": record.unsure,
        "message": verdict.text,
        "rules_version": RULES_VERSION,
        "assumed": record.assumed,
    }


# --- before and between the questions -------------------------------------------------------------------


def number_words(numbers: EmergencyNumbers, region: str | None) -> str:
    """The emergency number with the name of its region; never a number alone."""
    known = numbers.find(region)
    return f"{known.emergency} ({known.name}), {LOCAL}" if known else f"{numbers.unknown}, {LOCAL}"


def urgent_words(numbers: EmergencyNumbers, region: str | None) -> str:
    """Whom to call today beside one's own doctor."""
    known = numbers.find(region)
    words = known.urgent if known else ""
    return words.removeprefix("your doctor or ").removeprefix("your doctor") or "the out-of-hours service"


def differs_from(diary: Diary, answers: Answers, day: date) -> str | None:
    """The age of the last result, when these answers look like another person's; None when they do not."""
    known = next((t for t in reversed(diary.triages) if t.age is not None), None)
    if answers.get("for_me") == "n" or known is None or not another_person(known, answers, day):
        return None
    return str(known.age)


def asks_wrongly(q: Questionnaire, previous: Sequence[Triage], result: Assessment) -> tuple[Lock, ...]:
    """What "I answered wrongly" is about: locks of an emergency or same-day sign that this run lacks."""
    if not (result.complete and RANK[result.disposition] <= RANK["CAREFUL"]):
        return ()
    return tuple(lock for lock in standing_locks(q, previous) if lock.disposition in _TYPED_TWICE)


def sign_of(q: Questionnaire, lock: Lock) -> str:
    """The words for what a lock is about."""
    rule = q.rules.get(lock.rule)
    return rule.sign if rule else q.daily_locks.get(lock.rule, "an earlier sign")


def kept_claims(clearances: Sequence[Clearance]) -> tuple[Claim, ...]:
    """Earlier clearances, newest first, as claims that still lack "nothing is worse"."""
    return tuple(
        Claim(
            who=c.who,
            day=date.fromisoformat(c.date),
            rules=c.rules,
            looked_at_sign=c.looked_at_sign,
            exercise_fine=c.exercise_fine,
            nothing_worse=False,
            no_spread_to_bone=c.no_spread_to_bone,
        )
        for c in reversed(clearances)
    )


def helped_by(q: Questionnaire, answers: Answers, claims: Sequence[Claim], day: date) -> Claim | None:
    """The first earlier clearance that, with nothing worse since, would clear what these answers fire."""
    said = (replace(claim, nothing_worse=True) for claim in claims)
    return next((claim for claim in said if assess(q, answers, claim, today=day).cleared), None)
