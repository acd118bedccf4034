"""One visit to ``backmove session``: what is written down of the answers, what is given, what is written of that.

``Stamp`` makes what every record starts with (version, new id, time, day); it comes from the caller, so that nothing
here reads a clock. Records are returned, never written.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from backmove.core.clearance import Standing
from backmove.core.daily import DailyAnswers, check_needed, emergency_rule, judge, pain_today
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.notices import ALREADY_DONE
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan, Refused, Request
from backmove.core.prescription import refusal
from backmove.core.reason import Reason
from backmove.core.record import (
    RULES_VERSION,
    Another,
    AnyRecord,
    Check,
    Pain,
    Profile,
    Refusal,
    Session,
    Triage,
)
from backmove.core.todays_session import session_now

Stamp = Callable[[], dict[str, Any]]


def heard(diary: Diary, said: DailyAnswers | None, stamp: Stamp, today: str) -> list[AnyRecord]:
    """The records of what was said: the check, a lock if it is an emergency, and today's pain.

    A check that only repeats today's is not written again. Answers that lock always are.
    """
    if said is None:
        return []
    records: list[AnyRecord] = []
    outcome = judge(said)
    if said.answers and (outcome not in ("open", "incomplete") or check_needed(diary, today)):
        signs, answers = said.dc3_signs, dict(said.answers)
        records.append(Check(**stamp(), answers=answers, outcome=outcome, dc3_signs=signs, pain=said.pain))
    if outcome == "emergency":
        records.append(_lock(diary, said, stamp))
    known = pain_today(diary, today)
    if said.pain is not None and (known is None or said.pain > known):
        records.append(Pain(**stamp(), score=said.pain, before_session=True))
    return records


def _lock(diary: Diary, said: DailyAnswers, stamp: Stamp) -> Triage:
    """The emergency of a daily check, kept as any other: only a clearance or two clean runs lift it."""
    last = diary.last_triage
    return Triage(
        **stamp(),
        disposition="EMERGENCY",
        result="EMERGENCY",
        ended="emergency",
        complete=False,
        rules_version=RULES_VERSION,
        rules=(emergency_rule(said),),
        tags=last.tags if last else (),
        age=last.age if last else None,
        sex=last.sex if last else None,
        episode_start=last.episode_start if last else None,
        pain_usual=last.pain_usual if last else None,
    )


def told_profile(values: dict[str, Any], stamp: Stamp) -> list[AnyRecord]:
    """The answers of the first session as one change of the profile."""
    return [Profile(**stamp(), set=values)] if values else []


def still_to_ask(diary: Diary, standing: Standing, today: str) -> tuple[Reason, ...]:
    """Why there can be no session yet: the check or today's pain is not answered."""
    if not standing.open:
        return ()
    if check_needed(diary, today):
        text = "The five questions before each session are not all answered. Run it in a terminal: backmove session"
        return (Reason("check-incomplete", text),)
    if pain_today(diary, today) is None:
        text = "Today's pain is not known. Say it first: backmove log 3 (a number from 0 to 10)"
        return (Reason("check-incomplete", text),)
    return ()


def todays_session(
    catalog: Catalog,
    parameters: Parameters,
    diary: Diary,
    standing: Standing,
    request: Request,
    today: str,
) -> Plan | Refused:
    """What a call gives now: the day's session, one more short one, the one that was done, or why there is none."""
    waiting = still_to_ask(diary, standing, today)
    if waiting:
        return refusal(waiting, catalog, parameters, today)
    asked = replace(request, variant=max(request.variant, variant_today(diary, today)))
    return session_now(catalog, parameters, diary, standing, asked, today, diary.seed)


def variant_today(diary: Diary, today: str) -> int:
    """Today's variant: how often ``--another`` was asked for. Plain ``session`` then shows it (rulings 3.12)."""
    return max((record.variant for record in diary.anothers if record.day == today), default=0)


def outcome_records(
    diary: Diary, outcome: Plan | Refused, stamp: Stamp, today: str, *, another: bool
) -> list[AnyRecord]:
    """What is written of a plan or refusal; nothing when the journal's last word today says just the same."""
    if isinstance(outcome, Refused):
        return _refusal_records(diary, outcome, stamp, today)
    given = diary.session_on(today)
    if ALREADY_DONE in outcome.notices:
        return []
    if given is not None and outcome.is_what_was_given(given) and diary.done_of(given.id) is None:
        return []
    asked: list[AnyRecord] = [Another(**stamp(), variant=outcome.variant)] if another else []
    return [
        *asked,
        Session(
            **stamp(),
            zone=str(outcome.zone),
            stage=str(outcome.stage),
            mode=str(outcome.mode),
            pain=outcome.pain,
            variant=outcome.variant,
            requested_min=outcome.requested,
            effective_min=outcome.effective,
            estimated_s=outcome.estimated_s,
            place=str(outcome.place),
            items=tuple(item.given for item in outcome.items),
            outings=tuple(outing.exercise.id for outing in outcome.outings),
            card=outcome.card,
            rules_version=RULES_VERSION,
            days_planned=outcome.days_planned,
            therapist_plan=outcome.followed.plan.id if outcome.followed else None,
            left_out=outcome.followed.left_out if outcome.followed else (),
        ),
    ]


def _refusal_records(diary: Diary, refused: Refused, stamp: Stamp, today: str) -> list[AnyRecord]:
    codes = tuple(dict.fromkeys(reason.code for reason in refused.reasons))
    pain = pain_today(diary, today)
    last = next((r for r in reversed(diary.refusals) if r.day == today), None)
    if last is not None and (last.codes, last.pain) == (codes, pain) and not _given_since(diary, last):
        return []
    return [Refusal(**stamp(), code=refused.code, codes=codes, pain=pain)]


def _given_since(diary: Diary, refusal: Refusal) -> bool:
    """Whether a session was given after this refusal: then a new refusal is news."""
    entries: Sequence[AnyRecord] = diary.entries
    place = next(i for i, record in enumerate(entries) if record.id == refusal.id)
    return any(isinstance(record, Session) for record in entries[place:])
