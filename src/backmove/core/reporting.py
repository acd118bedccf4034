"""The report of a session: which rows it speaks of, what to say back, and when to go on."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, cast, get_args

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.days import days_after, monday_of
from backmove.core.diary import Diary
from backmove.core.exposure import exposed, predicted
from backmove.core.logbook import LEG_NEW, LEGS, locked
from backmove.core.notice import Notice
from backmove.core.record import Done, DoneRow, Leg, Session, StopReason
from backmove.core.typed import choice, guess, whole_number
from backmove.core.when import say_day
from backmove.errors import NotFound, UsageProblem

REASONS: Final = get_args(StopReason)
STATUSES: Final = ("done", "partly", "stopped")
TAPS: Final[Mapping[str, int]] = {"easy": 3, "right": 5, "too much": 8}
"""How a session felt, as effort 0-10 (rulings 5.3)."""
PEAK_MAX: Final = 5
"""More than 5 during exercise is too much. Source: the pain-monitoring model (Thomee 1997, Silbernagel
2007)."""

Status = Literal["done", "partly", "stopped"]
RowStatus = Literal["completed", "easier", "skipped"]


def session_to_report(diary: Diary, day: str, today: str) -> Session:
    """The session that was given on ``day``. Raises NotFound when there was none."""
    session = diary.session_on(day)
    if session is None:
        word = "today" if day == today else f"on {day}"
        raise NotFound(
            f"no session was given {word}, so there is none to report.",
            hint="Get one:  backmove session    For another day:  backmove done --at yesterday",
            code="no-session",
        )
    return session


class Report(Struct, frozen=True):
    """What was typed after ``done``. Scores are 0-10, None means "not said"; ids are those of the session."""

    partly: bool = False
    stopped: str | None = None
    effort: int | None = None
    peak: int | None = None
    leg: str | None = None
    efforts: tuple[str, ...] = ()
    hurt: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    soreness: bool = False
    prediction: int | None = None
    found: int | None = None
    note: str = ""

    @property
    def status(self) -> Status:
        return "stopped" if self.stopped else "partly" if self.partly else "done"


def done_of(report: Report, session: Session, stamp: Mapping[str, Any]) -> Done:
    """The record of a report. Raises UsageProblem for words and ids that do not fit."""
    if report.partly and report.stopped:
        raise UsageProblem("--partly and --stopped do not fit together; choose one.")
    if report.stopped:
        choice("--stopped", report.stopped, REASONS)
    if report.leg:
        choice("--leg", report.leg, LEGS)
    return Done(
        **stamp,
        session=session.id,
        status=report.status,
        reason=cast("StopReason | None", report.stopped),
        effort=report.effort,
        peak=report.peak,
        leg=cast("Leg | None", report.leg),
        soreness=report.soreness,
        prediction=report.prediction,
        found=report.found,
        note=report.note,
        rows=rows_of(
            session,
            report.status,
            efforts=report.efforts,
            hurt=report.hurt,
            skipped=report.skipped,
            easier=report.easier,
        ),
    )


def rows_of(
    session: Session,
    status: Status,
    *,
    efforts: Sequence[str] = (),
    hurt: Sequence[str] = (),
    skipped: Sequence[str] = (),
    easier: Sequence[str] = (),
) -> tuple[DoneRow, ...]:
    """What became of each row. ``efforts`` are typed as ``ID=EFFORT``, the others as ids of this session.

    A session that was done completed every row unless said otherwise; of one that was partly done or
    stopped only the rows that were named are known. Raises UsageProblem for an id that is not in the
    session, or said twice.
    """
    ids = list(dict.fromkeys(item.exercise for item in session.items))
    effort = _efforts(efforts, ids)
    marks: dict[str, RowStatus] = {}
    for word, option, names in (("skipped", "--skipped", skipped), ("easier", "--easier-used", easier)):
        for name in _known(option, names, ids):
            if name in marks:
                raise UsageProblem(f"{name} cannot be both skipped and done in its easier form.")
            marks[name] = word  # type: ignore[assignment]
    hurting = set(_known("--hurt", hurt, ids))
    named = [one for one in ids if one in marks or one in effort or one in hurting]
    return tuple(
        DoneRow(one, status=marks.get(one, "completed"), effort=effort.get(one), hurt=one in hurting)
        for one in (ids if status == "done" else named)
    )


def _efforts(typed: Sequence[str], ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in typed:
        name, sign, number = pair.partition("=")
        if not sign:
            raise UsageProblem(f"--exercise: {pair!r} is not of the form ID=EFFORT, such as bridge=4.")
        (one,) = _known("--exercise", [name], ids)
        if one in found:
            raise UsageProblem(f"--exercise: {one} was named twice.")
        found[one] = whole_number(f"--exercise {one}", number, 0, 10)
    return found


def _known(option: str, names: Iterable[str], ids: Sequence[str]) -> list[str]:
    found = []
    for name in names:
        word = name.strip().lower().replace(" ", "-")
        if word not in ids:
            raise UsageProblem(
                f"{option}: {name!r} was not in that session.{guess(word, ids)} It had: {', '.join(ids)}."
            )
        found.append(word)
    return found


def advice(done: Done) -> str:
    """One line on what to do after a session that was too much, or nothing."""
    if done.leg == "new":
        return "A leg that is newly weak or numb comes first. No more exercises today."
    if done.reason in ("dizzy", "unwell"):
        return (
            "Rest now. If it does not pass soon, get medical advice today. "
            "Chest pain, fainting or trouble breathing is an emergency."
        )
    if done.leg == "further":
        return (
            "Leave out the move that sent the pain down the leg; the next sessions do so, too. "
            "Walk a little, as far as it feels right."
        )
    if (done.peak or 0) > PEAK_MAX or done.reason in ("pain", "leg"):
        return "That was a lot for one day. Ease off today; the next session will be lighter."
    return ""


def after_report(done: Done, diary: Diary, held: Standing, number: Callable[[], str]) -> tuple[Notice, ...]:
    """What to do after a session that was too much, what is locked, and when to go on.

    ``diary`` holds the report already; ``number`` gives the emergency number.
    """
    found = [Notice("advice", advice(done))] if advice(done) else []
    if done.leg == "new":
        found.append(Notice("leg-new", LEG_NEW.format(number=number())))
    found += locked(held)
    found += _feared_and_found(done, diary)
    day = next_day(diary) if held.open else None
    if day is not None and day > done.day:
        words = say_day(date.fromisoformat(day), date.fromisoformat(done.day))
        found.append(Notice("next", f"Next session: {words}."))
    return tuple(found)


def asks_leg(diary: Diary, session: Session, tags: Collection[str]) -> bool:
    """Whether the leg is asked about after a session: with leg symptoms, or after moves of one direction."""
    last = diary.full_triage
    legs = (last is not None and last.leg_signs) or any(tag.startswith("leg-") for tag in tags)
    return legs or any(
        (item.chain or "").startswith("dir-") for item in session.items if item.block == "main"
    )


def _feared_and_found(done: Done, diary: Diary) -> list[Notice]:
    """What was expected beside what was found, when it was not as bad (R-O4)."""
    session = next((s for s in diary.sessions if s.id == done.session), None)
    feared = predicted(diary, session, done) if session and exposed(session.items) else None
    if feared is None or done.found is None or done.found >= feared or advice(done):
        return []
    return [Notice("found", f"You feared {feared} and found {done.found}. Good to know for the next time.")]


def next_day(diary: Diary) -> str | None:
    """The day for the next session; None before the first was reported.

    The day after a session of a bad day or of the first six weeks (they are short); else the week's days spread
    out evenly, and Monday once this week's are done.
    """
    if not diary.dones:
        return None
    last = max(diary.dones, key=lambda done: done.day)
    session = next((s for s in diary.sessions if s.id == last.session), None)
    if session is not None and (session.zone == "red" or session.stage == "acute"):
        return days_after(last.day, 1)
    planned = (session.days_planned if session else None) or diary.profile.days_per_week
    day = days_after(last.day, 7 // planned)
    monday = days_after(monday_of(last.day), 7)
    this_week = {
        d.day for d in diary.dones if d.status != "stopped" and days_after(monday, -7) <= d.day < monday
    }
    return max(day, monday) if len(this_week) >= planned else day
