"""What sessions have taught so far: the rung of every row, the step of every chain, and what rests (R-F, R-G).

The replay of the journal, one reported session after the other; a row moves at most once for each of them.
- A rung counts from 0 on the dose ladder of its row (core/dose.py); a step from 1 on its chain.
- An exposure is a main row that was completed as given and did not hurt, on a green day, in a session that was not
  stopped, at the rung and step in force (rulings 3.1). What was filled, warm-ups, lower forms and rows of a
  therapist's plan move nothing up.
- Nothing here decides whether something may rise today; it only says what was earned (core/progression.py).
- A rise was made when a session that gave it was reported; until then it is only earned.
"""

from collections.abc import Iterable

from backmove.core.days import days_after, days_between
from backmove.core.dose import amount, graduation, ladder, middle, one_set_top
from backmove.core.exercise import Catalog, Exercise
from backmove.core.ledger import Ledger, Marks
from backmove.core.parameters import Parameters
from backmove.core.placement import Chains, step_of
from backmove.core.plan import BY_PLAN
from backmove.core.record import DoneRow, GivenItem
from backmove.core.response import Response, Visit


class Replay:
    """One replay: the ledger, which it goes on to write, and what it needs to read sessions."""

    def __init__(
        self,
        ledger: Ledger,
        catalog: Catalog,
        chains: Chains,
        parameters: Parameters,
        *,
        older: bool,
    ) -> None:
        self.ledger = ledger
        self._catalog, self._chains, self._parameters = catalog, chains, parameters
        self._older = older
        self._ladders: dict[str, Marks] = {}
        self._equals = frozenset(parameters.placement.equals)
        self._too_hard = parameters.progress.effort_max.value

    def copy(self) -> "Replay":
        """The same, to go on with; what is known of the ladders is shared."""
        other = Replay(self.ledger.copy(), self._catalog, self._chains, self._parameters, older=self._older)
        other._ladders = self._ladders
        return other

    def marks(self, row: Exercise) -> Marks:
        """The rungs of a row's ladder that matter."""
        if row.id not in self._ladders:
            rungs = ladder(row, older=self._older, parameters=self._parameters)
            self._ladders[row.id] = Marks(
                len(rungs) - 1, graduation(rungs), middle(rungs), one_set_top(rungs)
            )
        return self._ladders[row.id]

    def read(self, visits: Iterable[Visit]) -> Ledger:
        for visit in visits:
            self.gap(visit.day)
            self._visit(visit)
        return self.ledger

    # --- missed days -----------------------------------------------------------------------------------

    def gap(self, day: str) -> None:
        """What days without a session took away, when ``day`` comes (R-G). Nothing is ever added up."""
        ledger, figures = self.ledger, self._parameters.gap
        gap = days_between(ledger.last_day, day) if ledger.last_day else 0
        if gap < figures.rung.value:
            return
        for row_id, rung in list(ledger.rungs.items()):
            less = min(rung - 1, ledger.given.get(row_id, rung))
            ledger.rungs[row_id] = 0 if gap >= figures.step.value else max(0, less)
        ledger.runs.clear()
        for chain, row in list(ledger.own.items()):
            if gap >= figures.restart.value:
                self._move(chain, self._at_most(chain, row, figures.restart_level.value), day)
            elif gap >= figures.step.value and row.level >= figures.step_level.value:
                self._move(chain, self.lower(chain, row) or row, day)

    def lower(self, chain: str, row: Exercise) -> Exercise | None:
        """The row one step below, or None."""
        below = [other for other in self._chains[chain] if step_of(other) < step_of(row)]
        return below[-1] if below else None

    def _at_most(self, chain: str, row: Exercise, level: int) -> Exercise:
        fitting = [r for r in self._chains[chain] if step_of(r) <= step_of(row) and r.level <= level]
        return fitting[-1] if fitting else self._chains[chain][0]

    def _move(self, chain: str, row: Exercise, day: str) -> None:
        if row is self.ledger.own.get(chain):
            return
        self.ledger.own[chain] = row
        self.ledger.changed[chain] = day
        known = self.ledger.levels.get(chain, {})
        self.ledger.levels[chain] = {level: since for level, since in known.items() if level <= row.level}

    # --- one session -----------------------------------------------------------------------------------

    def _visit(self, visit: Visit) -> None:
        ledger, rows = self.ledger, self._catalog.exercises
        session, done = visit.session, visit.done
        ok = visit.response is Response.OK
        full = session.zone == "green" and session.mode == "normal" and visit.completed
        said = {row.exercise: row for row in done.rows}
        main = [item for item in session.items if item.block == "main"]
        for item in main:
            name, own = item.exercise, item.slot != BY_PLAN
            if own:
                ledger.given[name] = item.rung
            row, word = rows.get(name), said.get(name)
            if row is None or not _completed(visit, word):
                continue
            if full and own:
                self._exposed(item, row, word, visit)
            if ok:
                ledger.easier.discard(name)
                ledger.lowered.pop(name, None)
        if visit.response is Response.OVERLOAD:
            self._too_much(visit, [item for item in main if _tried(visit, said.get(item.exercise))])
        elif visit.response is Response.WATCH:
            for item in main:
                ledger.runs.pop(item.exercise, None)
        if done.status != "stopped":
            ledger.last_day = max(session.day, ledger.last_day or session.day)

    def _exposed(self, item: GivenItem, row: Exercise, word: DoneRow | None, visit: Visit) -> None:
        """A row that was done as given: rises that were made, then the run."""
        ledger, name = self.ledger, item.exercise
        if item.easier or (word is not None and word.status == "easier"):
            if name in ledger.easier_used:
                ledger.runs.pop(name, None)
            ledger.easier_used.add(name)
            return
        ledger.easier_used.discard(name)
        if row.chain is not None and not self._on_step(row, row.chain.id, visit):
            return
        rung = ledger.rungs.get(name, 0)
        if item.rung == rung + 1 and self.rung_earned(row):
            ledger.rungs[name] = item.rung
            ledger.changed[name] = visit.session.day
            ledger.runs.pop(name, None)
        elif item.rung != rung:
            return
        if word is not None and word.hurt:
            ledger.runs.pop(name, None)
            return
        if visit.response is Response.OK:
            effort = word.effort if word is not None and word.effort is not None else visit.done.effort
            if effort is not None and effort > self._too_hard:
                ledger.runs.pop(name, None)
            else:
                ledger.run(name).efforts.append(effort)

    def _on_step(self, row: Exercise, chain: str, visit: Visit) -> bool:
        """Whether the row is the person's own step, or a step up that was earned and is made now."""
        ledger = self.ledger
        own = ledger.own.get(chain)
        if row is own and row.level in ledger.levels.get(chain, ()):
            return True
        if chain in self._equals:
            return True
        if own is None or step_of(row) > step_of(own):
            if (
                own is None
                or row.level > own.level + 1
                or not self.step_earned(own, visit.session.effective_min)
            ):
                return False
            ledger.runs.pop(own.id, None)
            self._move(chain, row, visit.day)
            ledger.rungs.pop(row.id, None)
            ledger.step_ups.append(visit.day)
        elif row is not own:
            return False
        ledger.levels.setdefault(chain, {}).setdefault(row.level, visit.day)
        return True

    # --- what was earned -------------------------------------------------------------------------------

    def rung_earned(self, row: Exercise) -> bool:
        """Two good exposures in a row, or one that was easy (F3)."""
        figures, run = self._parameters.progress, self.ledger.runs.get(row.id)
        if run is None or self.ledger.rungs.get(row.id, 0) >= self.marks(row).last:
            return False
        easy = len(run.efforts) >= figures.easy_exposures.value and (
            run.efforts[-1] is not None and run.efforts[-1] <= figures.easy_effort.value
        )
        return easy or run.all_below(figures.effort_max.value, figures.exposures.value)

    def graduated(self, row: Exercise, minutes: int) -> bool:
        """At the rung after which the next step may come, or beyond. Sessions of the least ``minutes`` have one set
        each, so there it is the top count of one set (rulings 3.5)."""
        marks = self.marks(row)
        short = minutes <= self._parameters.minutes.least.value
        return self.ledger.rungs.get(row.id, 0) >= (
            min(marks.one_set, marks.graduation) if short else marks.graduation
        )

    def step_earned(self, row: Exercise, minutes: int) -> bool:
        """Graduated, and two good exposures in a row with less effort (F3)."""
        figures, run = self._parameters.progress, self.ledger.runs.get(row.id)
        if run is None or not self.graduated(row, minutes):
            return False
        return run.all_below(figures.step_effort_max.value, figures.exposures.value)

    # --- too much --------------------------------------------------------------------------------------

    def _too_much(self, visit: Visit, main: list[GivenItem]) -> None:
        """F5: the rows that hurt go down; where none was named, every main row does."""
        ledger = self.ledger
        for item in main:
            ledger.runs.pop(item.exercise, None)
        for item in visit.at_fault or main:
            row = self._catalog.exercises.get(item.exercise)
            if row is None:
                continue
            if item.block != "main":
                ledger.easier.add(row.id)
            elif item.slot == BY_PLAN:
                self._planned(row, visit.day, named=bool(visit.at_fault))
            elif visit.at_fault:
                self._named(item, row, visit.day)
            else:
                self._one_rung_down(item, row, visit.day)

    def _named(self, item: GivenItem, row: Exercise, day: str) -> None:
        """The first time one rung down, then one step, then a rest."""
        figures, ledger = self._parameters.progress, self.ledger
        key = row.chain.id if row.chain else row.id
        days = ledger.trouble.setdefault(key, [])
        recent = [one for one in days if days_between(one, day) <= figures.again_days.value]
        days.append(day)
        if not recent:
            self._one_rung_down(item, row, day)
        elif len(recent) == 1:
            self._one_step_down(item, row, day)
        else:
            ledger.parked[key] = days_after(day, figures.park_days.value)

    def _planned(self, row: Exercise, day: str, *, named: bool) -> None:
        """A row of a therapist's plan was too much. Its dose is not on the ladder, so nothing is reckoned from it: its
        easier form next time, its own rung one lower, and a rest after the third time."""
        figures, ledger = self._parameters.progress, self.ledger
        ledger.easier.add(row.id)
        ledger.lowered[row.id] = row.id
        if row.id in ledger.rungs:
            ledger.rungs[row.id] = max(0, ledger.rungs[row.id] - 1)
        if named:
            key = row.chain.id if row.chain else row.id
            days = ledger.trouble.setdefault(key, [])
            recent = [one for one in days if days_between(one, day) <= figures.again_days.value]
            days.append(day)
            if len(recent) > 1:
                ledger.parked[key] = days_after(day, figures.park_days.value)

    def _one_rung_down(self, item: GivenItem, row: Exercise, day: str) -> None:
        ledger = self.ledger
        rung = min(ledger.rungs.get(row.id, 0), item.rung)
        less = ladder(row, older=self._older, parameters=self._parameters)[max(0, rung - 1)]
        if rung == 0 or amount(less) >= amount(item.dose):  # a short session had one set of it
            ledger.easier.add(row.id)
        self._below_own(row, day)
        ledger.rungs[row.id] = max(0, rung - 1)
        ledger.changed[row.id] = day
        ledger.lowered[row.id] = row.id

    def _below_own(self, row: Exercise, day: str) -> None:
        """A lower step than the person's own was too much: the own step comes down by one, so that the next dose of the
        chain is not a harder one (I28, I29)."""
        chain = row.chain.id if row.chain else ""
        own = self.ledger.own.get(chain)
        if own is None or chain in self._parameters.placement.equals or step_of(row) >= step_of(own):
            return
        lower = self.lower(chain, own) or own
        self.ledger.rungs[lower.id] = 0
        self.ledger.lowered[lower.id] = row.id
        self._move(chain, lower, day)

    def _one_step_down(self, item: GivenItem, row: Exercise, day: str) -> None:
        chain = row.chain.id if row.chain else None
        below = self.lower(chain, row) if chain else None
        if below is None or chain is None or chain in self._parameters.placement.equals:
            self.ledger.rungs[row.id] = 0
            self.ledger.easier.add(row.id)
            self.ledger.lowered[row.id] = row.id
            return
        if step_of(below) < step_of(self.ledger.own.get(chain, below)):
            self._move(chain, below, day)
        # where the lower row cannot be done, this one may come again: then in its easier form
        self.ledger.easier.add(row.id)
        self.ledger.rungs[row.id] = 0
        self.ledger.rungs[below.id] = self.marks(below).middle
        self.ledger.runs.pop(below.id, None)
        self.ledger.lowered[below.id] = row.id


def _completed(visit: Visit, word: DoneRow | None) -> bool:
    """Whether a row was done to its end. Of a session that was partly done only rows that were named are known."""
    if word is None:
        return visit.done.status == "done"
    return word.status != "skipped"


def _tried(visit: Visit, word: DoneRow | None) -> bool:
    return word is None or word.status != "skipped"
