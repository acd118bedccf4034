"""One simulated person's weeks: they train as their model says, and do what the program's words ask of them."""

from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from msgspec.structs import replace

from backmove.core.daily import DailyAnswers
from backmove.core.days import days_between
from backmove.core.logbook import Said
from backmove.core.notices import ALREADY_DONE
from backmove.core.plan import Outing, Plan, Refused
from backmove.core.profile import Place
from backmove.core.record import Session
from backmove.core.reporting import TAPS, Report
from cohort.answering import clearance, daily, triage_answers
from cohort.body import Body, Felt
from cohort.models import Habit, Model, Telling
from cohort.notebook import Notebook
from cohort.watch import Watch

_KEEPS_WALKS: Final = {Habit.FULL: 1.0, Habit.WEEKDAYS: 0.85, Habit.PATCHY: 0.5}
_FALLS_OUT: Final = 0.4
_SEE_SOMEONE: Final = ("three-overloads", "steady-worsening", "needs-clearance")
"""Refusals whose words ask for a clinician before anything else."""
_BEYOND: Final = 9
_ONCE_MORE: Final = 0.6
_OPENS_IN: Final = 3
"""How often a person tries on one day: the questions, then the session."""


@dataclass(frozen=True)
class Held:
    """A day without a session: the code that was told, and how many days later there was one (None: never)."""

    day: int
    code: str
    days: int | None = None


@dataclass
class Story:
    """What came of one person. Lists are in the order of days, which count from 0."""

    model: str
    seed: int
    planned: int = 3
    given: list[tuple[int, Session]] = field(default_factory=list)
    minutes: int = 0
    walked: dict[int, int] = field(default_factory=dict)
    targets: dict[int, Outing] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    flares: list[tuple[int, int | None]] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)
    done_rows: dict[int, frozenset[str]] = field(default_factory=dict)
    exposures: int = 0
    entries: int = 0
    triages: int = 0
    clinicians: int = 0


class Life:
    """Runs one person; ``story`` is what came of it."""

    def __init__(self, model: Model, seed: int, weeks: int) -> None:
        rng = Random(f"{model.name}:{seed}")
        self.model, self.rng, self.days = model, rng, weeks * 7
        self.body = Body(model, Random(rng.random()), self.days)
        self.book = Notebook(Random(rng.random()))
        self.age = rng.randint(*model.age)
        self.onset = rng.randint(*model.onset)
        self.spell = -self.onset
        self.seen = rng.random() < 0.6
        self.visit: int | None = None
        self.due = 0
        self.outing: Outing | None = None
        self.appointment: int | None = None
        self.rules: tuple[str, ...] = ()
        self.who = "doctor"
        self.watch = Watch(self.age, self.body)
        self.story = Story(model.name, seed)
        self._profile(rng)

    def _profile(self, rng: Random) -> None:
        drawn = (self.model.draw(rng) if self.model.draw else {}) | self.model.profile
        self.story.planned = drawn["days_per_week"]
        self.train_at = rng.choice((7.5, 12.0, 18.0))
        self.book.set_profile(drawn)

    def run(self) -> Story:
        for day in range(self.days):
            if not self._away(day):
                self._day(day)
        self.story.entries = len(self.book.records)
        self.story.triages = len(self.book.diary.triages)
        return self.story

    def _away(self, day: int) -> bool:
        return any(7 * week <= day < 7 * week + days for week, days in self.model.breaks)

    def _day(self, day: int) -> None:
        self.book.day, self.book.hour = day, 7.0
        self._morning(day)
        self._flares(day)
        if self._trains(day):
            self.book.hour = self.train_at
            self._train(day)
        self._walk(day)

    # --- small entries -------------------------------------------------------------------------------------

    def _morning(self, day: int) -> None:
        if self.model.telling is Telling.FULL and day - 1 in self.story.done_rows:
            self.book.log(Said(pain=self.body.morning(day), morning=True))

    def _flares(self, day: int) -> None:
        bad, before = self.body.bad[day] > 0, day > 0 and self.body.bad[day - 1] > 0
        if bad and not before:
            if self.model.base[1] < 1:
                self.spell = day
            self.story.flares.append((day, None))
        if self.model.says_flare and bad != before and (bad or self.rng.random() < 0.5):
            self.book.log(Said(flare=bad))

    def _walk(self, day: int) -> None:
        if self.outing is None or self.appointment is not None:
            return
        monday = day - day % 7
        walked = [d for d in self.story.walked if monday <= d < day]
        if len(walked) < self.outing.days_per_week and self.rng.random() < _KEEPS_WALKS[self.model.habit]:
            self.book.hour = 19.5
            self.book.log(Said(walk=self.outing.minutes))
            self.story.walked[day] = self.outing.minutes
            self.watch.last_walk = day

    # --- the session ---------------------------------------------------------------------------------------

    def _trains(self, day: int) -> bool:
        if self.model.habit is Habit.WEEKDAYS:
            return day % 7 in {round(n * 7 / self.story.planned) for n in range(self.story.planned)}
        if day < self.due:
            return False
        if self.model.habit is Habit.PATCHY and self.rng.random() < _FALLS_OUT:
            self.due = day + 2
            return False
        return True

    def _train(self, day: int) -> None:
        if self.appointment is not None and not self._sees_someone(day):
            return
        refused = None
        for _ in range(_OPENS_IN):
            outcome = self._asks(daily(self.body, day))
            if isinstance(outcome, Plan):
                self._do(outcome, day)
                self._again(day)
                return
            refused = outcome
            if not self._follows(refused, day):
                break
        if refused is not None:
            self.story.held.append(Held(day, refused.code))
        self.due = day + 1

    def _asks(self, said: DailyAnswers | None) -> Plan | Refused:
        """``backmove session``, shorter, in a chair or asked for anew as the model has it."""
        dice, model = self.rng.random, self.model
        minutes = self.rng.choice((5, 10)) if dice() < model.short else None
        place = Place.CHAIR if dice() < model.away else None
        outcome = self.book.session(said, minutes=minutes, place=place)
        if isinstance(outcome, Plan) and dice() < model.another:
            outcome = self.book.session(None, minutes=minutes, place=place, another=True)
        return outcome

    def _again(self, day: int) -> None:
        """More short sessions on a day that offers them."""
        while self.model.again and self.rng.random() < _ONCE_MORE:
            self.book.hour += 3
            outcome = self.book.session(None)
            if isinstance(outcome, Refused) or ALREADY_DONE in outcome.notices:
                return
            self._do(outcome, day)

    def _follows(self, refused: Refused, day: int) -> bool:
        """Do what the words of a refusal ask; whether another try today makes sense."""
        self.story.breaks += self.watch.refusal(refused, day)
        if refused.code == "triage-not-clear" or self.appointment is not None:
            self._books(day, self.book.diary.triages[-1].rules)
            return False
        if refused.code in _SEE_SOMEONE:
            self._books(day, ())
            return False
        if self.body.pain(day) >= _BEYOND and self._opened_today():
            return False
        return self._answers(day)

    def _opened_today(self) -> bool:
        last = self.book.diary.full_triage
        return last is not None and last.day == self.book.today

    def _books(self, day: int, rules: tuple[str, ...]) -> None:
        if self.appointment is None:
            self.appointment, self.rules = day + self.rng.randint(2, 7), rules

    def _sees_someone(self, day: int) -> bool:
        """The appointment comes; then the questions are answered again, with what was said there."""
        if self.appointment is None or day < self.appointment:
            return False
        self.seen, self.story.clinicians = True, self.story.clinicians + 1
        extra = clearance(self.rules, self.book.today, who=self.who) if self.rules else {}
        self.appointment = None
        return self._answers(day, **extra)

    def _answers(self, day: int, **extra: Any) -> bool:
        """One honest run of the safety questions; whether it opens sessions."""
        answers = triage_answers(
            self.model,
            self.body,
            day,
            age=self.age,
            onset_days=day - self.spell,
            seen=self.seen or (self.visit is not None and day >= self.visit),
            precautions=list(self.model.tags),
        )
        verdict = self.book.triage(answers | extra)
        if verdict.record.book_by and self.model.books and self.visit is None:
            self.visit = day + self.rng.randint(2, 13)
        if verdict.record.unlocked:
            return True
        self.who = "hospital" if verdict.record.disposition == "EMERGENCY" else "doctor"
        self._books(day, verdict.record.rules)
        return False

    def _do(self, plan: Plan, day: int) -> None:
        given = self.book.diary.session_on(self.book.today)
        assert given is not None
        self.story.breaks += self.watch.session(plan, self.book.diary, self.book.standing(), day)
        self.outing = plan.outings[0] if plan.outings else None
        if self.outing is not None:
            self.story.targets[day] = self.outing
        row = self.book.feared(plan)
        if row is not None:
            self.book.predict(row, self.body.fears())
            self.story.exposures += 1
        felt = self.body.feels(plan, day)
        self.book.hour += plan.estimated_s / 3600
        found = self.body.found(day) if row is not None else None
        done = self.book.done(replace(self._report(felt), found=found))
        self.watch.reported(done, day)
        self.story.given.append((day, given))
        self.story.minutes += round(plan.estimated_s / 60)
        if done.status != "stopped":
            rows = frozenset(item.exercise for item in given.items)
            self.story.done_rows[day] = rows | self.story.done_rows.get(day, frozenset())
        self._back(day, plan)
        after = self.book.next_day()
        self.due = day + max(1, days_between(self.book.today, after)) if after else day + 1

    def _back(self, day: int, plan: Plan) -> None:
        """After a bad spell: the first ordinary green session."""
        if (
            self.story.flares
            and self.story.flares[-1][1] is None
            and (plan.zone, plan.mode) == ("green", "normal")
        ):
            begun = self.story.flares[-1][0]
            if self.body.bad[day] <= 0:
                self.story.flares[-1] = (begun, day)

    def _report(self, felt: Felt) -> Report:
        if self.model.telling is Telling.SILENT:
            return Report()
        if self.model.telling is Telling.QUIET:
            return Report(effort=TAPS["right"])
        efforts = tuple(f"{row}={effort}" for row, effort in felt.effort.items())
        easier = (felt.hurt,) if felt.hurt and not self.model.overloads else ()
        return Report(
            effort=felt.whole,
            peak=felt.peak,
            leg=felt.leg,
            efforts=efforts,
            hurt=(felt.hurt,) if felt.hurt else (),
            easier=easier,
        )


def live(model: Model, seed: int, weeks: int) -> Story:
    """One person's weeks. The same model and seed give the same story."""
    return Life(model, seed, weeks).run()
