"""The warning signs of a consultation in words: what stands now, who has looked, what was told and when."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from backmove.core.advice import joined
from backmove.core.consultation import Consultation
from backmove.core.consultation_signs import Answered, Checked, DailyYes, Fired, WarningSigns
from backmove.core.paper import Block, Points, Say, Table
from backmove.term.clean import one_line
from backmove.term.consultation_course import day_words
from backmove.term.entries_view import RESULTS

MOST_RUNS: Final = 6
MOST_SIGNS: Final = 3
DAILY: Final = {
    "dc1": "new numbness, or new trouble with pee or poo",
    "dc2": "new weakness, numbness or trouble walking",
    "dc3": "feeling ill",
    "dc4": "something new: a fall, an operation, an illness, a medicine",
    "dc5": "pain much worse than usual",
}
COVERS: Final = (
    "About 30 questions: bladder, bowel and feeling between the legs; strength and feeling in the legs; fever and risk "
    "of infection; cancer; knocks and weak bones; chest, belly and blood vessels; pregnancy."
)


def urgent(signs: WarningSigns, number: str) -> str:
    """What must not wait for a visit, for the person and for whoever reads the page."""
    if signs.urgent is None:
        return ""
    held = [lock for lock in signs.locks if lock.disposition == signs.urgent]
    told = joined(list(dict.fromkeys(lock.sign for lock in held))[:MOST_SIGNS])
    since = f" on {day_words(held[0].day)}" if held else ""
    what = {"EMERGENCY": "emergency help", "SAME_DAY": "medical advice the same day"}[signs.urgent]
    act = {"EMERGENCY": f"call {number} now", "SAME_DAY": "get medical advice today"}[signs.urgent]
    return (
        f"The answers{since} told of a sign that needs {what}{f': {told}' if told else ''}. Nothing here says that a "
        f"clinician has looked since. If nobody has, do not wait for a visit: {act}."
    )


def sign_blocks(facts: Consultation) -> Iterator[Block]:
    signs = facts.signs
    yield _now(signs)
    if signs.locks:
        held = (
            f"{lock.sign} (told on {day_words(lock.day)}: {RESULTS[lock.disposition]}; rule {lock.rule})"
            for lock in signs.locks
        )
        yield Points(tuple(held), "Not yet known to be looked at")
    if facts.precautions:
        yield Say(f"Precautions: {'; '.join(map(one_line, facts.precautions))}.")
    if signs.checked:
        yield Points(_looked(signs.checked), "A clinician has looked, as the person says")
    if signs.daily:
        yield Points(tuple(map(_daily, reversed(signs.daily[-MOST_RUNS:]))), "Told before a session")
    if signs.answered:
        yield _runs(signs.answered)
        yield Say(COVERS, "dim")


def _now(signs: WarningSigns) -> Say:
    if signs.open:
        until = f" until {day_words(signs.valid_until)}" if signs.valid_until else ""
        return Say(f"Now: exercise sessions may be given{until}.", "strong")
    return Say(f"Now: no exercise sessions. {' '.join(dict.fromkeys(signs.reasons))}", "strong")


def _looked(checked: Sequence[Checked]) -> tuple[str, ...]:
    """What clinicians looked at, newest first. It is said again with each set of questions, and stands here once."""
    said: dict[tuple[str, str, str], list[str]] = {}
    for one in checked:
        said.setdefault((one.day, one.who, _rules(one.fired)), []).append(one.told_on)
    return tuple(
        f"{day_words(day)}, {who}: {signs or 'no sign named'} (told {_from_to(min(told), max(told))})"
        for (day, who, signs), told in sorted(said.items(), reverse=True)[:MOST_RUNS]
    )


def _from_to(first: str, last: str) -> str:
    return f"on {day_words(first)}" if first == last else f"{day_words(first)} to {day_words(last)}"


def _runs(answered: Sequence[Answered]) -> Table:
    """The runs, newest first; those in a row that said the same stand together."""
    rows = []
    newest = sorted(answered, key=lambda run: run.day, reverse=True)
    for (result, told), same in groupby(newest, lambda run: (_result(run), _told(run))):
        days = [day_words(run.day) for run in same]
        when = days[0] if len(days) == 1 else f"{days[-1]} to {days[0]} ({len(days)} times)"
        rows.append((when, result, told))
    more = len(rows) - MOST_RUNS
    caption = "Answers to the questions" + (f" (and {more} earlier results)" if more > 0 else "")
    return Table(caption, ("When", "Result", "Signs told"), tuple(rows[:MOST_RUNS]))


def _result(run: Answered) -> str:
    held = f" (held by earlier answers: {RESULTS[run.disposition]})" if run.disposition != run.result else ""
    broken = ", broken off" if run.ended == "broken-off" and run.result != "INCOMPLETE" else ""
    assumed = ", partly assumed" if run.assumed else ""
    return f"{RESULTS[run.result]}{broken}{assumed}{held}"


def _told(run: Answered) -> str:
    said = [_rules(run.fired)]
    if run.weak:
        said.append(f"weaker signs: {'; '.join(run.weak)}")
    if run.unsure:
        said.append(f"{run.unsure} not sure")
    if run.missing:
        said.append(f"{run.missing} not answered")
    if run.wrongly:
        said.append("says that the earlier answers were given by mistake")
    return "; ".join(filter(None, said)) or "no sign"


def _rules(fired: Sequence[Fired]) -> str:
    """Signs with their rules; one sign of several rules stands once."""
    by_sign: dict[str, list[str]] = {}
    for one in fired:
        by_sign.setdefault(one.sign, []).append(one.rule)
    return "; ".join(
        f"{one_line(sign)} ({', '.join(map(one_line, rules))})" for sign, rules in by_sign.items()
    )


def _daily(check: DailyYes) -> str:
    def named(ids: Sequence[str]) -> str:
        return joined([DAILY.get(question, one_line(question)) for question in ids])

    yes = f"yes to {named(check.yes)}" if check.yes else ""
    unsure = f"not sure about {named(check.unsure)}" if check.unsure else ""
    said = "; ".join(filter(None, (yes, unsure))) or "not answered to the end"
    return f"{day_words(check.day)}: {said}"
