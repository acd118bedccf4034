"""What ``log`` writes down, and the few words that follow it.

The diary is kept quiet on purpose: in one small trial of acute back sprain four weeks of daily pain rating
went with less recovery at three months (52 % against 79 %; prescription R-P5). So pain is asked at most
once a day, and in the first six weeks of a spell a person is told once that rating it every day is not
needed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.clearance import ASK_AGAIN, Standing, pain_reasons
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.notice import Notice
from backmove.core.reason import Reason
from backmove.core.record import AnyRecord, Direction, Done, Flare, Import, Leg, Pain, Walk
from backmove.core.triggers import triggers
from backmove.core.typed import choice
from backmove.errors import UsageProblem

Entry = Pain | Walk | Flare
LEGS: Final = get_args(Leg)
QUIET_DAYS: Final = 42
"""The first six weeks of a spell (a common split of stages)."""

QUIET: Final = "No need to rate pain every day; once a week is plenty."
LEG_NEW: Final = (
    "New trouble with pee or poo, or numb round your bottom or between your legs? "
    "Get emergency help now: {number}."
)
LEG_FURTHER: Final = (
    "Leave out the move that sent the pain down the leg. "
    "If it goes further on another day, answer the safety questions again."
)
LOCKS_STAY: Final = (
    "Answers to the safety questions that came with it stay, for what they lock. They open nothing any more."
)
STILL_COUNTS: Final = "What was said more than ten minutes ago still counts for the safety questions."
_SET_BY_ENTRIES: Final = ("pain-too-high", "new-red-flag", "leg-further", "three-overloads")


class Said(Struct, frozen=True):
    """What was typed after ``log``. None and the empty note mean "not said".

    Scores are 0-10, ``walk`` is in minutes, ``leg`` one of ``LEGS``.
    """

    pain: int | None = None
    note: str = ""
    leg: str | None = None
    walk: int | None = None
    morning: bool = False
    limb: int | None = None
    sleep: int | None = None
    flare: bool | None = None

    @property
    def needs_pain(self) -> bool:
        """Whether there is nothing to write down, or not all of it, until pain is said."""
        on_a_walk = self.walk is not None
        about_pain = self.leg is not None or self.sleep is not None or self.morning
        about_either = not on_a_walk and (self.limb is not None or bool(self.note))
        return self.pain is None and (about_pain or about_either or not (on_a_walk or self.flare is not None))


def check_words(said: Said) -> None:
    """Raises UsageProblem for an unknown word about the leg, before anything is asked or written."""
    if said.leg is not None:
        choice("--leg", said.leg, LEGS)


def records_of(
    said: Said, diary: Diary, stamp: Callable[[], dict[str, Any]], group: str
) -> tuple[Entry, ...]:
    """The entries to write: pain, walk and flare-up, as far as each was said.

    ``stamp`` gives what a record begins with; ``group`` ties several together. ``--morning`` belongs to
    yesterday's session; without one it is an ordinary pain entry (rulings 5.2). A note and limb pain go
    with the pain entry, or else with the walk.
    """
    records: list[Entry] = []
    if said.pain is not None:
        head = stamp()
        records.append(
            Pain(
                **head,
                score=said.pain,
                morning=said.morning and had_session_before(diary, head["day"]),
                leg=cast("Leg | None", said.leg),
                limb=said.limb,
                sleep=said.sleep,
                note=said.note,
            )
        )
    if said.walk is not None:
        alone = said.pain is None
        limb, note = (said.limb, said.note) if alone else (None, "")
        records.append(Walk(**stamp(), minutes=said.walk, limb=limb, note=note))
    if said.flare is not None:
        records.append(Flare(**stamp(), on=said.flare))
    return tuple(records) if len(records) < 2 else tuple(replace(r, group=group) for r in records)


def had_session_before(diary: Diary, day: str) -> bool:
    """Whether a session was given on the day before ``day``."""
    return diary.session_on(days_after(day, -1)) is not None


def ask_once(diary: Diary, today: str) -> None:
    """Raises UsageProblem when pain was said today: it is asked at most once a day (R-P5)."""
    said = diary.pain_on(today)
    if said is not None:
        raise UsageProblem(
            f"you said pain {said} today already, so it is not asked again. Nothing was written down.",
            hint="To add another number, type it:  backmove log 5",
            code="asked-today",
        )


def notices(
    records: tuple[Entry, ...],
    before: Diary,
    after: Diary,
    held: Standing,
    *,
    today: str,
    number: Callable[[], str],
) -> tuple[Notice, ...]:
    """What to say after the entries were written: what to do, what is locked, and once that less is enough.

    ``before`` and ``after``: the diary without and with the entries; ``held``: what stands with them;
    ``number``: the emergency number.
    """
    pain = next((r for r in records if isinstance(r, Pain)), None)
    if pain is None:
        return tuple(locked(held))
    found = [Notice("leg-new", LEG_NEW.format(number=number()))] if pain.leg == "new" else []
    high = _too_high(pain, after, held, today)
    found += [Notice(r.code, r.text) for r in high if r not in held.reasons[:1]]
    found += locked(held)
    if pain.leg == "further" and not any(n.code == "leg-further" for n in found):
        found.append(Notice("leg-further", LEG_FURTHER))
    if not found and _quiet(pain, before):
        found.append(Notice("quiet", QUIET))
    return tuple(found)


def _too_high(pain: Pain, after: Diary, held: Standing, today: str) -> Sequence[Reason]:
    """What this much pain asks for, when it is today's."""
    strong = pain_reasons(after, held, pain.score, today) if pain.day == today else ()
    return strong or triggers(after, today)


def locked(held: Standing) -> list[Notice]:
    """The lock in words, with what to do, or nothing."""
    return _lock_words(held.reasons)


def _lock_words(reasons: Sequence[Reason]) -> list[Notice]:
    return [
        Notice(r.code, f"No session for now: {r.text[0].lower()}{r.text[1:]} {ASK_AGAIN}")
        for r in reasons[:1]
    ]


def after_correction(record: AnyRecord, after: Diary, held: Standing) -> tuple[Notice, ...]:
    """What to say after an entry was changed or taken back: only the locks that entries themselves set.

    ``record`` is the entry as it was, ``after`` the diary with the correction.
    """
    if isinstance(record, Import):
        return _after_import(record, after, held)
    if not isinstance(record, Pain | Done | Direction):
        return ()
    reasons = tuple(r for r in held.reasons if r.code in _SET_BY_ENTRIES)
    stands = next((p for p in after.pains if p.id == record.id), None)
    late = any(a.id == record.id and a != stands for a in after.fresh_heard)
    kept = [Notice("still-counts", STILL_COUNTS)] if reasons and late else []
    return (*kept, *_lock_words(reasons))


def _after_import(note: Import, after: Diary, held: Standing) -> tuple[Notice, ...]:
    """What stays of an import that was taken back, and what is locked by it."""
    brought = set(note.brought)
    if not any(r.id in brought for r in (*after.triages, *after.checks)):
        return ()
    return (Notice("locks-stay", LOCKS_STAY), *_lock_words(held.reasons))


def _quiet(pain: Pain, before: Diary) -> bool:
    """Whether this is the first rating of a spell that is less than six weeks old."""
    start = unrated_spell(before)
    if pain.morning or start is None:
        return False
    age = (date.fromisoformat(pain.day) - date.fromisoformat(start)).days
    return 0 <= age < QUIET_DAYS


def unrated_spell(diary: Diary) -> str | None:
    """When the spell began, where that is known and its pain was never rated."""
    triage = diary.last_triage
    starts = [s for s in (diary.profile.episode_start, triage and triage.episode_start) if s]
    start = max(starts, default=None)
    rated = start and any(p.day >= start and not (p.morning or p.before_session) for p in diary.pains)
    return None if rated else start
