"""What got in the way: when it is asked, and one line in answer to each word (G3, E6, N3).

Asked at most once on each occasion, and always free to skip: after a longer time without a session, a week into a
flare-up, and in set weeks of staying well. Nothing here is a safeguard and no answer changes the plan.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.day import Day
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.maintenance import maintained_since, week_due
from backmove.core.missed import Gap, gap_of
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan
from backmove.core.record import Hurdle

IN_THE_WAY: Final = Notice(
    "barrier",
    "If something got in the way: short of time, five minutes count (backmove session --minutes 5). "
    "Sore, take an easier one (backmove session --gentle). Bored, take another (backmove session --another).",
)
"""Where nobody can be asked."""

_ANSWERS: Final[Mapping[Hurdle, str]] = {
    "time": "Five minutes count, too: backmove session --minutes 5",
    "pain": "Then take the easier one for a while: backmove session --gentle",
    "worry": "Then one small step at a time: use the easier form of a move first, and see how it goes.",
    "boring": "Something new may help: backmove session --another",
    "ill": "Then begin gently. After a fever wait until you have had none for a whole day.",
    "forgot": "A fixed cue helps, such as right after breakfast. Put this where you will see it then.",
}


class BarrierChoice(Struct, frozen=True):
    """One answer: ``key`` is pressed, ``word`` is kept (None: skipped, nothing is kept), ``label`` is read."""

    key: str
    label: str
    word: Hurdle | None = None


class BarrierQuestion(Struct, frozen=True):
    """The question as it is asked. ``choices``: one for each word, and one to skip."""

    title: str
    ask: str
    why: str
    choices: tuple[BarrierChoice, ...]


def barrier_notice(day: Day, diary: Diary, parameters: Parameters) -> Notice | None:
    """The answer to today's word; or that something may have got in the way, when it is time to ask; else None.

    ``diary``: the records before today's first session.
    """
    said = [barrier.word for barrier in diary.barriers if barrier.day == day.today]
    if said:
        return answer_to(said[-1])
    given = [session.day for session in diary.sessions]
    asks = _after_a_gap(day, given, parameters) or review_due(day, diary, parameters)
    return IN_THE_WAY if asks or _in_maintenance(day, diary, given, parameters) else None


def answer_to(word: Hurdle) -> Notice:
    """One line that fits the word."""
    return Notice(f"barrier-{word}", _ANSWERS[word])


def answered(plan: Plan, word: Hurdle | None) -> Plan:
    """The plan with the answer in the question's place; without both when it was skipped."""
    notices = (n if n != IN_THE_WAY else answer_to(word) if word else None for n in plan.notices)
    return replace(plan, notices=tuple(n for n in notices if n is not None))


def review_due(day: Day, diary: Diary, parameters: Parameters) -> bool:
    """E6: the first session from a week into a flare-up on, while pain is still up. Once in a flare-up."""
    flare, figures = day.flare, parameters.flare
    if flare is None or not flare.on or flare.day < figures.review_days.value:
        return False
    review = days_after(flare.begun, figures.review_days.value - 1)
    sore = [s for s in diary.sessions if s.day >= review and _still_up(s.pain, day, parameters)]
    return _still_up(day.pain, day, parameters) and not sore


def _still_up(pain: int, day: Day, parameters: Parameters) -> bool:
    return pain - day.usual >= parameters.flare.amber_rise.value


def _after_a_gap(day: Day, given: Sequence[str], parameters: Parameters) -> bool:
    """The first session since the last one that was done, and that is a while ago."""
    if day.away is None or gap_of(day.away, parameters.gap) in (Gap.NONE, Gap.HOLD):
        return False
    last = days_after(day.today, -day.away)
    return all(there <= last for there in given)


def _in_maintenance(day: Day, diary: Diary, given: Sequence[str], parameters: Parameters) -> bool:
    if day.stage is not Stage.MAINTENANCE:
        return False
    since = maintained_since(diary, day.today, day.episode_start, parameters)
    return (
        since is not None
        and week_due(parameters.maintenance_weeks.barrier, since, day.today, given) is not None
    )
