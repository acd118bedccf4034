"""The questionnaire walked in a terminal: one question after the other, back and forth, to a list that is right.

The walk decides nothing: which question is due, what a reply means and when a sign ends the questions is said by
``core/interview.py`` and ``core/assess.py``. Whatever breaks it off (``q``, Ctrl-C, the end of input), what was
answered until then comes back, so that a lock can be kept.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from backmove.core.answers import contradictions, take_worse
from backmove.core.assess import Assessment, assess, fired_now
from backmove.core.condition import Answers
from backmove.core.diary import Diary
from backmove.core.emergency import EmergencyNumbers
from backmove.core.exercise import Precaution
from backmove.core.interview import (
    Reply,
    Walk,
    expected,
    in_words,
    read_reply,
    replay,
    without,
)
from backmove.core.locks import hold
from backmove.core.questionnaire import RANK, Claim, Prompt, Questionnaire
from backmove.core.verdict import (
    Ended,
    Told,
    asks_wrongly,
    differs_from,
    helped_by,
    kept_claims,
    number_words,
    sign_of,
)
from backmove.core.when import say_day
from backmove.errors import BackmoveError
from backmove.term.ask import Asker, Control
from backmove.term.triage_claim import Stopped, answered, ask_claim
from backmove.term.triage_prompts import (
    ALL_RIGHT,
    NONE,
    WRONGLY,
    Place,
    kept_claim_question,
    precaution_pages,
    prompt_question,
    read_region,
    read_review,
    region_question,
    review_question,
    same_person_question,
    still_so_question,
    wrongly_question,
)

CONSENT: Final = "consent"
AGE: Final = "age"


class TriageWalk:
    """One run of the questions by one person. ``at`` is the moment of it, ``day`` its local day.

    ``precautions`` is called when they are asked for, so that a fault of the exercise library cannot stand between
    a person and the emergency text.
    """

    def __init__(
        self,
        asker: Asker,
        q: Questionnaire,
        diary: Diary,
        numbers: EmergencyNumbers,
        precautions: Callable[[], Sequence[Precaution]],
        *,
        at: datetime,
        day: date,
    ) -> None:
        self._asker = asker
        self._q = q
        self._diary = diary
        self._numbers = numbers
        self._precautions = precautions
        self._at = at
        self._day = day
        self._replies: dict[str, Reply] = {}
        self._region = diary.profile.region
        self._region_asked = False
        self._other_person = False
        self._claim: Claim | None = None
        self._new_claim = False
        self._wrongly = False
        self._tags: tuple[str, ...] | None = None
        self._asked_again: set[str] = set()
        self._notes: dict[str, str] = {}
        self._before = ""

    def run(self, *, clearance: bool = False) -> Told:
        """Ask everything. ``clearance``: first ask about a clinician's check. Never raises for a break-off."""
        ended: Ended = "broken-off"
        interrupted = False
        try:
            if clearance:
                self._claim = ask_claim(self._asker, self._q, self._diary, self._precautions(), self._day)
                self._new_claim = True
            ended = self._questions()
            if ended == "finished":
                self._after()
        except (Stopped, EOFError):
            ended = "broken-off"
        except KeyboardInterrupt:
            ended, interrupted = "broken-off", True
        except BackmoveError:
            self._asker.clear()
            raise
        return Told(
            answers=self._answers(),
            ended=ended,
            interrupted=interrupted,
            gone=not self._asker.clear(),
            wrongly=self._wrongly,
            claim=self._claim,
            new_claim=self._new_claim,
            region=self._region,
            precautions=self._tags if ended == "finished" else None,
        )

    # --- the questions -----------------------------------------------------------------------------------

    def _walk(self) -> Walk:
        return replay(self._q, self._replies, {"claimed": "y"} if self._claim else {})

    def _answers(self) -> Answers:
        """What was answered. Where two answers still cannot both be so, the worse one."""
        answers = self._walk().answers
        for contradiction in contradictions(self._q, answers):
            if contradiction.id in self._asked_again:
                answers = take_worse(answers, contradiction)
        if self._other_person:
            return {**answers, "for_me": "n"}
        if answers.get("for_me") == "y":
            tags = self._diary.profile.precautions if self._tags is None else self._tags
            return {**answers, "precautions": tags}
        return answers

    def _questions(self) -> Ended:
        """Until a sign ends them, or until the person says that all is right."""
        while True:
            walk = self._walk()
            if fired_now(self._q, self._answers(), frozenset(walk.asked), self._claim):
                return "emergency"
            if walk.due is not None:
                self._step(walk, walk.due)
            elif not self._ask_contradiction_again(walk) and self._review(walk):
                return "finished"

    def _step(self, walk: Walk, prompt: Prompt) -> None:
        place = Place(len(walk.asked) + 1, expected(self._q, walk), self._before)
        emergency = number_words(self._numbers, self._region)
        question = prompt_question(self._q, prompt, walk.answers, place, emergency)
        said = self._asker.ask(
            question,
            lambda text: read_reply(self._q, prompt, walk.answers, text, self._day),
            note=self._notes.pop(prompt.id, ""),
        )
        if isinstance(said, Control):
            self._back_or_stop(said, walk)
            return
        self._replies[prompt.id] = said
        self._before = f"{prompt.title}: {in_words(self._q, prompt, said)}"
        self._asker.say(f"Your answer: {in_words(self._q, prompt, said)}.")
        if prompt.id == CONSENT:
            self._ask_region()
        if prompt.id == AGE:
            self._ask_same_person()

    def _back_or_stop(self, said: Control, walk: Walk) -> None:
        if said is Control.QUIT:
            raise Stopped
        self._before = ""
        if walk.asked:
            self._forget(walk.asked[-1])

    def _forget(self, prompt_id: str) -> None:
        self._replies = without(self._q, self._replies, prompt_id)

    def _ask_region(self) -> None:
        """Once, if it is not known. "Another country" keeps nothing."""
        if self._region is not None or self._region_asked:
            return
        said = self._asker.ask(region_question(self._numbers), lambda text: read_region(self._numbers, text))
        if isinstance(said, Control):
            self._back_or_stop(said, self._walk())
            return
        self._region_asked = True
        self._region = said or None

    def _ask_same_person(self) -> None:
        answers = self._walk().answers
        then = differs_from(self._diary, answers, self._day)
        if then is None:
            self._other_person = False
            return
        said = self._asker.one(same_person_question(then, str(answers.get("age"))))
        if isinstance(said, Control):
            self._back_or_stop(said, self._walk())
            return
        self._other_person = said.value == "other"

    # --- the end of the questions ------------------------------------------------------------------------

    def _ask_contradiction_again(self, walk: Walk) -> bool:
        """Ask both questions of a pair of answers that cannot both be so, once. True when there is one."""
        for contradiction in contradictions(self._q, walk.answers):
            if contradiction.id not in self._asked_again:
                self._asked_again.add(contradiction.id)
                self._before = ""
                for prompt_id in contradiction.prompts:
                    self._forget(prompt_id)
                    self._notes[prompt_id] = f"{contradiction.text} Which is right?"
                return True
        return False

    def _review(self, walk: Walk) -> bool:
        """The list of answers. True when the person says that they are right."""
        prompts = [self._q.prompts[name] for name in walk.asked]
        rows = [(p.title, in_words(self._q, p, self._replies[p.id])) for p in prompts]

        said = self._asker.ask(review_question(rows), lambda text: read_review(text, len(rows)))
        self._before = ""
        if isinstance(said, Control):
            self._back_or_stop(said, walk)
        elif said > 0:
            self._forget(prompts[said - 1].id)
        return said == ALL_RIGHT

    # --- after the questions -----------------------------------------------------------------------------

    def _after(self) -> None:
        """What the result still needs to know. Nothing of it for someone else."""
        if self._answers().get("for_me") == "n":
            return
        self._ask_kept_claim()
        self._ask_wrongly()
        if self._may_open():
            self._ask_precautions()

    def _result(self) -> Assessment:
        return assess(self._q, self._answers(), self._claim, today=self._day)

    def _ask_kept_claim(self) -> None:
        """An earlier clearance counts again only when nothing is new or worse."""
        if self._claim is not None:
            return
        claim = helped_by(self._q, self._answers(), kept_claims(self._diary.clearances), self._day)
        if claim is None:
            return
        signs = [self._q.rules[rule].sign for rule in claim.rules if rule in self._q.rules]
        question = kept_claim_question(claim.who, say_day(claim.day, self._day), signs)
        if answered(self._asker.one(question)).value == "n":
            self._claim = claim

    def _ask_wrongly(self) -> None:
        locks = asks_wrongly(self._q, self._diary.triages, self._result())
        if not locks or self._claim is not None:
            return
        signs = tuple(dict.fromkeys(sign_of(self._q, lock) for lock in locks))
        said = answered(self._asker.one(wrongly_question(signs)))
        self._wrongly = said.words == (WRONGLY,)

    def _may_open(self) -> bool:
        result = self._result()
        held = hold(
            self._q,
            self._diary.triages,
            result,
            self._at,
            day=self._day,
            wrongly=self._wrongly,
            claim=self._claim,
        )
        return result.opens and RANK[held.disposition] <= RANK["CAREFUL"]

    def _ask_precautions(self) -> None:
        """Tags of the profile. Those that the questions settle themselves stay as they are."""
        have = self._diary.profile.precautions
        known = self._precautions()
        pages = precaution_pages(known, have, leg_signs=self._result().leg_signs)
        if "precautions" in self._diary.profile.known:
            labels = [p.label for p in known if p.tag in have]
            if answered(self._asker.one(still_so_question(labels))).value == "n":
                return
        asked = {choice.value for page in pages for choice in page.choices}
        chosen: list[set[str]] = []
        while len(chosen) < len(pages):
            said = self._asker.many(pages[len(chosen)])
            if said is Control.BACK:
                chosen = chosen[:-1]
                continue
            chosen.append({choice.value for choice in answered(said) if choice != NONE})
        fitting = set[str]().union(*chosen)
        kept = [tag for tag in have if tag not in asked]
        self._tags = (*kept, *(p.tag for p in known if p.tag in fitting))
