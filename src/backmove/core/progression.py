"""Where a person stands today: rungs, steps, what may rise and what holds it back (R-F, R-E3, R-G, C4).

A pure function of the records, the date, today's pain and zone. The ledger says what was earned; flare-ups, missed
days and a poor night lower it for today; ``held`` says why nothing rises. Rows rise only in a session that is given
and then reported (core/lessons.py).
"""

from collections.abc import Mapping
from itertools import takewhile
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from backmove.core.day import Day
from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise, Stage
from backmove.core.flare import FlareUp
from backmove.core.history import History
from backmove.core.ledger import Ledger
from backmove.core.lessons import Replay
from backmove.core.parameters import Parameters
from backmove.core.placement import Chains, Steps, chains_of, placed_rows, step_of, steps_at
from backmove.core.record import Seal, Session
from backmove.core.response import Response, Visit, last_word_before
from backmove.core.walking_weeks import goal_met_for
from backmove.core.zone import Mode, Zone, usual_pain


class Earned(Struct, frozen=True):
    """A rise that was earned: the efforts of the good sessions in a row (None: not said), and the day of the last
    change of the row or chain (empty: never changed). ``extra``: a rung beyond graduation, for who stays."""

    efforts: tuple[int | None, ...]
    changed: str = ""
    extra: bool = False


class Course(Struct, frozen=True):
    """Where a person stands today.

    ``rungs``: rows above rung 0, for today. ``rung_ups`` and ``step_ups`` (by chain): what may rise, with the facts;
    empty when ``held`` says why nothing does. ``most_rungs`` and ``most_steps``: how many may rise in one session.
    ``easier``: rows to give in their easier form. ``parked``: the first day on which a chain (or a row without one)
    comes back. ``lowered``: rows that were too much and have not gone well since, with the row
    that they stand for. ``lower``: the rule
    that lowers everything today, or None. ``stale``: rows that have stood still for weeks at the end of their
    ladder and make room for others, for interest (K6).
    """

    steps: Steps
    rungs: Mapping[str, int] = field(default_factory=dict)
    rung_ups: Mapping[str, Earned] = field(default_factory=dict)
    step_ups: Mapping[str, Earned] = field(default_factory=dict)
    most_rungs: int = 0
    most_steps: int = 0
    easier: frozenset[str] = frozenset()
    parked: Mapping[str, str] = field(default_factory=dict)
    lowered: Mapping[str, str] = field(default_factory=dict)
    lower: str | None = None
    stale: frozenset[str] = frozenset()
    held: str | None = None

    def rung(self, row: Exercise) -> int:
        return self.rungs.get(row.id, 0)

    def is_parked(self, row: Exercise) -> bool:
        return (row.chain.id if row.chain else row.id) in self.parked


def course_of(
    diary: Diary, catalog: Catalog, day: Day, *, history: History, parameters: Parameters
) -> Course:
    """Where the person stands today. ``diary``: the records before today's first session."""
    visits = day.visits
    chains = chains_of(catalog)
    replay = _replay_of(diary, catalog, chains, day, parameters)
    ledger = replay.ledger
    gap = days_between(ledger.last_day, day.today) if ledger.last_day else 0
    before = dict(ledger.own)
    replay.gap(day.today)
    held = _held(diary, visits, day, gap, parameters)
    back = day.flare.back if day.flare is not None else 2
    own = _one_step_back(replay, before) if back == 0 else ledger.own
    steps = steps_at(own, diary.profile, chains, parameters)
    step_ups = {} if held else _step_ups(replay, chains, history.sessions, day, parameters)
    recent = [d for d in ledger.step_ups if days_between(d, day.today) < WEEK]
    return Course(
        steps=replace(steps, rising={chain: most for chain, (most, _) in step_ups.items()}),
        rungs=_rungs(ledger, back, day),
        rung_ups={}
        if held
        else _rung_ups(replay, catalog, day.effective, parameters.progress.exposures.value),
        step_ups={chain: earned for chain, (_, earned) in step_ups.items()},
        most_rungs=parameters.progress.rung_ups.value,
        most_steps=max(
            0, min(parameters.progress.step_ups.value, parameters.progress.step_ups_week.value - len(recent))
        ),
        easier=frozenset(ledger.easier),
        parked={key: until for key, until in ledger.parked.items() if day.today < until},
        lowered=dict(ledger.lowered),
        lower=_lower(day.flare, gap, day, parameters),
        stale=_stale(replay, catalog, history, day, parameters.spacing.swap_days.value),
        held=held,
    )


def _replay_of(diary: Diary, catalog: Catalog, chains: Chains, day: Day, parameters: Parameters) -> Replay:
    """Every session replayed. Those before the last day with one are read once for a diary: today's pain changes
    nothing about them."""
    visits = day.visits
    last, count = last_word_before(diary, day.today), len(visits)
    while count and visits[count - 1].session.day >= last:
        count -= 1
    settled = visits[:count]

    def read() -> tuple[tuple[Visit, ...], Replay]:
        start = Ledger(own=placed_rows(diary.profile, chains, parameters))
        first = Replay(start, catalog, chains, parameters, older=day.older)
        first.read(settled)
        return settled, first

    known, first = diary.once(("lessons", day.older), read, catalog, parameters)
    if known != settled:
        _, first = read()
    replay = first.copy()
    replay.read(visits[len(settled) :])
    return replay


WEEK: Final = 7
"""The step-up cap is per rolling seven days (rulings 3.1)."""


def easier_instead(course: Course, catalog: Catalog) -> Course:
    """The same, with the rows that rest given in their easier form."""
    rows = (row.id for row in catalog.exercises.values() if course.is_parked(row))
    return replace(course, easier=course.easier | frozenset(rows), parked={})


def impact_open(diary: Diary, day: Day, parameters: Parameters) -> bool:
    """Whether jumping and running rows may come (F6): recovered or with little pain for long enough, and the walking
    goal met for weeks. Precautions against impact hold all the same."""
    figures = parameters.progress
    before = usual_pain(diary, days_after(day.today, -figures.impact_days.value), parameters)
    little = max(day.usual, before) <= figures.impact_usual_max.value
    if day.zone is not Zone.GREEN or not (little or day.stage is Stage.MAINTENANCE):
        return False
    return goal_met_for(diary, day.today, parameters) >= parameters.walk.goal_weeks.value


def _held(diary: Diary, visits: tuple[Visit, ...], day: Day, gap: int, parameters: Parameters) -> str | None:
    """The rule that keeps everything where it is today, or None (I27)."""
    last = visits[-1] if visits else None
    done = next((visit for visit in reversed(visits) if visit.completed), last)
    rows: tuple[tuple[bool, str], ...] = (
        (day.zone is not Zone.GREEN or day.mode is not Mode.NORMAL, "C3"),
        (day.stage is Stage.ACUTE, "D1"),
        (day.flare is not None, "E4"),
        (gap >= parameters.gap.hold.value, "G"),
        (day.poor_nights > 0, "C4"),
        (last is not None and last.response in (Response.WATCH, Response.OVERLOAD), "F5"),
        (any(v is not None and v.session.zone != Zone.GREEN for v in (last, done)), "C3"),
        (_sealed(diary), "seal"),
    )
    return next((rule for holds, rule in rows if holds), None)


def _sealed(diary: Diary) -> bool:
    """Whether a torn line was set aside since the last session was given: the last word may be lost (rulings 4.9)."""
    later = takewhile(lambda record: not isinstance(record, Session), reversed(diary.entries))
    return any(isinstance(record, Seal) for record in later)


def _one_step_back(replay: Replay, before: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """The first session after a flare-up: every chain one step lower (E3). Days away took a step already, and a level
    falls one step at most, so the lower of the two counts and never their sum (I29)."""
    lower = {chain: replay.lower(chain, row) or row for chain, row in before.items()}
    return {chain: min(row, lower[chain], key=step_of) for chain, row in replay.ledger.own.items()}


def _lower(flare: FlareUp | None, gap: int, day: Day, parameters: Parameters) -> str | None:
    """The rule that lowers doses today."""
    if flare is not None and flare.back < 2:
        return "E3"
    if gap >= parameters.gap.rung.value:
        return "G"
    if day.stage is Stage.ACUTE:
        return "D1"
    return "C4" if day.poor_nights else None


def _rungs(ledger: Ledger, back: int, day: Day) -> dict[str, int]:
    """Today's rungs: none in the first weeks of a spell and while levels come back after a flare-up, one lower after a
    poor night."""
    if back < 2 or day.stage is Stage.ACUTE:
        return {}
    less = 1 if day.poor_nights else 0
    return {row: rung - less for row, rung in ledger.rungs.items() if rung > less}


def _step_ups(
    replay: Replay, chains: Chains, sessions: int, day: Day, parameters: Parameters
) -> dict[str, tuple[int, Earned]]:
    """The chains whose next step was earned and may come by its level."""
    ledger, minutes, found = replay.ledger, day.effective, {}
    for chain, row in ledger.own.items():
        if chain in parameters.placement.equals or not replay.step_earned(row, minutes):
            continue
        most = row.level + 1
        if most > parameters.level.ordinary.value and not _may_be_hard(
            ledger, chain, row, sessions, day.today, parameters
        ):
            most = row.level
        if any(step_of(r) > step_of(row) and r.level <= most for r in chains[chain]):
            found[chain] = (most, _earned(ledger, row, chain, parameters.progress.exposures.value))
    return found


def _may_be_hard(
    ledger: Ledger, chain: str, row: Exercise, sessions: int, today: str, parameters: Parameters
) -> bool:
    """F6: enough sessions, and long enough at the level below."""
    figures = parameters.progress
    since = ledger.levels.get(chain, {}).get(row.level)
    long_enough = since is not None and days_between(since, today) >= figures.hard_days.value
    return sessions >= figures.hard_sessions.value and long_enough


def _rung_ups(replay: Replay, catalog: Catalog, minutes: int, exposures: int) -> dict[str, Earned]:
    """The rows that may gain a rung. Beyond graduation only with the little effort that a step would need, and only
    where no step can come: the main block looks for one first (R-F)."""
    ledger, found = replay.ledger, {}
    for row_id in ledger.runs:
        row = catalog.exercises[row_id]
        extra = replay.graduated(row, minutes)
        if replay.rung_earned(row) and (not extra or replay.step_earned(row, minutes)):
            earned = _earned(ledger, row, row_id, exposures)
            found[row_id] = replace(earned, extra=extra)
    return found


def _stale(replay: Replay, catalog: Catalog, history: History, day: Day, weeks: int) -> frozenset[str]:
    """Main rows at the end of their ladder that have stood still for ``weeks`` days: those that made room and have not
    been away for as long, and of today's set the one that waits longest, if nothing new came this week (K1, K6)."""
    today, minutes = day.today, day.effective
    resting, still = set[str](), list[tuple[str, str]]()
    for row_id, last in history.last_done.items():
        row = catalog.exercises.get(row_id)
        if row is None or not replay.graduated(row, minutes):
            continue
        changes = (replay.ledger.changed.get(key) for key in (row_id, row.chain.id if row.chain else row_id))
        since = max((one for one in changes if one), default=None)
        if since is None or days_between(since, today) < weeks:
            continue
        if row_id in history.block:
            still.append((since, row_id))
        elif days_between(last, today) < weeks:
            resting.add(row_id)
    if still and history.last_new is not None and days_between(history.last_new, today) >= WEEK:
        resting.add(min(still)[1])
    return frozenset(resting)


def _earned(ledger: Ledger, row: Exercise, key: str, exposures: int) -> Earned:
    return Earned(tuple(ledger.runs[row.id].efforts[-exposures:]), ledger.changed.get(key, ""))
