"""Which scores ``log`` answers with "Saved" alone, and for how many days that holds.

The gate's own functions decide it (``standing``): they are asked with entries of those scores added. For any number of
entries, in any order, on any of the days, that is enough, because

- more pain never lowers a median: what no entry, one and many of the highest score do not set off, no mixture does;
- a jump takes 3 above a median of the days before. No score of a quick entry is 3 above another one, and a median of
  old and new entries is never below both the old ones' median, which one and many entries were held against, and the
  lowest new one;
- what else is asked for does not look at entries of pain without a word about a leg, or looks only at the day.

``tests/core/test_wordless.py`` holds it against the real answers, on lives and entries at random.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.clearance import standing
from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.logbook import unrated_spell
from backmove.core.record import VERSION, Pain, Profile
from backmove.core.triggers import ASK_FIRST_PAIN, BASE_DAYS

DAYS: Final = 14
"""How far ahead it is looked."""
_WEEKS_BACK: Final = 42
"""No trigger but a new spell looks further back than four weeks, seen from the last of the days."""


class Wordless(Struct, frozen=True):
    """From ``first`` to ``last`` (ISO days) plain scores of at most ``ceiling`` have no words but "Saved", as long as
    none of them is 3 or more above another."""

    first: str
    last: str
    ceiling: int


def wordless(diary: Diary, *, now: datetime, today: str) -> Wordless | None:
    """What can be added from now on without a word, or None. ``now`` is aware.

    What would take the library or the questionnaire to decide, and entries of a later moment, of another clock, are not
    looked through: None.
    """
    if _needs_library(diary) or unrated_spell(diary) is not None:
        return None
    if not standing(diary, now=now, today=today).open:
        return None
    if any(datetime.fromisoformat(p.at) > now or p.day > today for p in diary.alarms[-1:]):
        return None
    light = _as_far_as_days_matter(diary, today)
    scores = range(ASK_FIRST_PAIN - 1, -1, -1)
    ceiling = next((score for score in scores if _silent(light, score, now, today)), None)
    if ceiling is None:
        return None
    last = today
    for ahead in range(1, DAYS):
        day = days_after(today, ahead)
        if not _silent(light, ceiling, now, day):
            break
        last = day
    return Wordless(today, last, ceiling)


def _needs_library(diary: Diary) -> bool:
    """A precaution was added since the questions, or another journal's answers were brought in: whether that locks is
    for the library and the questionnaire to say."""
    return diary.mixed or any(isinstance(r, Profile) and "precautions" in r.set for r in diary.since_triage)


def _as_far_as_days_matter(diary: Diary, today: str) -> Diary:
    """A small diary with all that the reasons of a later day, or with more pain, can come from.

    Sessions and reports are left out but for the last one: a later day never holds more of them against anybody, and
    that they hold nothing today is known. Of the pain entries those of the last weeks are kept, and more where they
    were all but free of pain, back to the last that was not: a new spell is measured from there.
    """
    kept = 0
    for kept in range(len(diary.alarms) - 1, -1, -1):
        pain = diary.alarms[kept]
        if days_between(pain.day, today) > _WEEKS_BACK and pain.score > 1:
            break
    alarms = diary.alarms[max(0, kept) :]
    here = {p.id for p in alarms}
    done = [d for d in diary.dones if d.status != "stopped"]
    return Diary(
        profile=diary.profile,
        triages=diary.triages,
        heard=alarms,
        fresh_heard=tuple(p for p in diary.fresh_heard if p.id in here),
        dones=tuple(sorted(done, key=lambda d: d.day)[-1:]),
    )


def _silent(diary: Diary, score: int, now: datetime, day: str) -> bool:
    """Whether nothing is asked for on a day without a new entry, with one, and with many of this score."""
    many = sum(days_between(p.day, day) < BASE_DAYS for p in diary.heard) + 2
    return all(
        standing(_with(diary, [score] * count, now, day), now=now, today=day).open for count in (0, 1, many)
    )


def _with(diary: Diary, scores: Sequence[int], now: datetime, day: str) -> Diary:
    at = now.isoformat(timespec="seconds")
    added = tuple(
        Pain(v=VERSION, id=f"+{number}", at=at, day=day, score=score) for number, score in enumerate(scores)
    )
    return replace(diary, heard=diary.heard + added, fresh_heard=diary.fresh_heard + added)
