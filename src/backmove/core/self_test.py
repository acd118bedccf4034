"""The optional self-test of bending and arching (R-J1): when it may be done, and what was found.

Bending ten times goes further than any first exercise, so precautions are asked here, too: a half that one of them
forbids is left out. One exception: while nothing is known but "leg symptoms", the test is what tells which way makes
them worse (rulings 1.10); then it is done in small moves, and it stops at the first sign.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from backmove.core.candidates import morning_rule_holds
from backmove.core.clearance import Standing, pain_reasons
from backmove.core.daily import pain_today
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Feature
from backmove.core.further import Way, tested
from backmove.core.helpful_direction import Ways, ways_of
from backmove.core.logbook import LEGS
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.profile import Place
from backmove.core.record import Direction
from backmove.core.typed import choice
from backmove.core.way_words import WAY_WORDS, big, names_of, repeats
from backmove.errors import BackmoveError, ExitCode, UsageProblem

WORDS: Final = ("better", "same", "worse")
_UNSORTED: Final = "leg-symptoms-irritable"
_BY_HALF: Final = {
    Way.FLEXION: frozenset({Feature.FLEX_MID, Feature.FLEX_END}),
    Way.EXTENSION: frozenset({Feature.EXT_ANY, Feature.EXT_END}),
}


_FORMS: Final = {
    Way.FLEXION: (
        (
            Feature.HEAD_LOW,
            "Stand with your feet a little apart. Slide your hands down your legs, then come back up.",
        ),
        (Feature.SUPINE, "Lie on your back. Pull both knees toward your chest, then let go."),
    ),
    Way.EXTENSION: (
        (
            Feature.NO_SUPPORT,
            "Stand with your hands on the back of your hips. Lean back a little, then come back.",
        ),
        (Feature.PRONE, "Lie on your front. Rise onto your elbows, let your belly sag, then come down."),
    ),
}
"""How each half is done, standing and lying, and the feature for which that form is left out."""


class Trial(Struct, frozen=True):
    """One half that may be tried, and how, in one or two forms to choose from."""

    way: Way
    forms: tuple[str, ...]


class Half(Struct, frozen=True):
    """One half of the test as it was told. ``word``: better, same or worse; ``leg``: a word about the leg."""

    way: Way
    word: str | None = None
    leg: str | None = None

    @property
    def sent_down(self) -> bool:
        return self.leg in ("further", "new")


def open_halves(
    catalog: Catalog,
    diary: Diary,
    standing: Standing,
    today: str,
    minute_of_day: int,
    parameters: Parameters,
) -> tuple[tuple[Trial, ...], tuple[str, ...]]:
    """The halves that may be tried now, bending first, and in words why the others may not.

    Raises BackmoveError when there is no test today at all, with the exit code of the lock if there is one.
    """
    reasons = (*standing.reasons, *pain_reasons(diary, standing, pain_today(diary, today) or 0, today))
    if reasons:
        raise _locked(f"no self-test for now: {_small(reasons[0].text)}", "locked", reasons[0].exit_code)
    if standing.gentle:
        raise _locked(
            "no self-test on gentle days: it goes further than they do. It waits until they are over.",
            "gentle",
            ExitCode.LOCKED,
        )
    trials, left_out = [], []
    for way in Way:
        forms = _forms(way, catalog, diary, standing)
        why = list(_reasons(way, catalog, diary, standing, today, minute_of_day, parameters))
        if not why and not forms:
            why = ["no form of it fits you"]
        if why:
            left_out.append(f"{big(WAY_WORDS[way])} is left out: {'; '.join(why)}.")
        else:
            trials.append(Trial(way, forms))
    if not trials:
        raise _locked(f"no self-test for you just now. {' '.join(left_out)}", "left-out", ExitCode.FAILURE)
    return tuple(trials), tuple(left_out)


def _forms(way: Way, catalog: Catalog, diary: Diary, standing: Standing) -> tuple[str, ...]:
    """Standing (not for who sits), and lying."""
    tags = [catalog.precautions[tag] for tag in standing.tags if tag in catalog.precautions]
    forbidden = {feature for tag in tags for feature in tag.forbids}
    upright, lying = _FORMS[way]
    offered = (lying,) if diary.profile.place is Place.CHAIR else (upright, lying)
    return tuple(text for feature, text in offered if feature not in forbidden)


def _reasons(
    way: Way,
    catalog: Catalog,
    diary: Diary,
    standing: Standing,
    today: str,
    minute_of_day: int,
    parameters: Parameters,
) -> Iterator[str]:
    for tag in sorted(standing.tags - {_UNSORTED}):
        precaution = catalog.precautions.get(tag)
        if precaution is None or not _BY_HALF[way].isdisjoint(precaution.forbids):
            yield f"you told us: {precaution.label if precaution else tag}"
    if way in ways_of(diary, today, parameters).blocked:
        yield "it sent pain down your leg a short while ago"
    if way is Way.FLEXION and morning_rule_holds(diary.profile, standing.tags, minute_of_day, parameters):
        yield "it is too soon after getting up"


def halves_typed(
    bending: str | None, arching: str | None, bending_leg: str | None, arching_leg: str | None
) -> list[Half]:
    """The halves that the options tell of, each word checked. Raises UsageProblem."""
    halves = []
    for way, name, word, leg in (
        (Way.FLEXION, "bending", bending, bending_leg),
        (Way.EXTENSION, "arching", arching, arching_leg),
    ):
        if word is not None:
            choice(f"--{name}", word, WORDS)
        if leg is not None:
            choice(f"--{name}-leg", leg, LEGS)
        if leg is not None and word is None:
            raise UsageProblem(f"--{name}-leg needs --{name} better, same or worse beside it.")
        if word is not None:
            halves.append(Half(way, word, leg))
    return halves


def only_open(halves: Collection[Half], trials: Collection[Trial], left_out: Collection[str]) -> None:
    """Raises BackmoveError for a half that should not have been done; the leg can still be told."""
    if not {half.way for half in halves} <= {trial.way for trial in trials}:
        raise BackmoveError(
            f"{' '.join(left_out)} Nothing was written down.",
            hint="If pain went down a leg, tell us:  backmove log 4 --leg further",
            code="left-out",
        )


def direction_of(halves: Collection[Half], stamp: Mapping[str, Any]) -> Direction:
    """The record of the test."""
    by: dict[Way, Any] = {half.way: half for half in halves}
    bend, arch = (by.get(way, Half(way)) for way in Way)
    return Direction(
        **stamp, bending=bend.word, arching=arch.word, bending_leg=bend.leg, arching_leg=arch.leg
    )


def found(test: Direction, ways: Ways, parameters: Parameters) -> Notice:
    """What the test says, in a sentence or two. ``ways`` holds it already."""
    sent = tested(test)
    if sent:
        verb = "rest" if len(sent) > 1 else "rests"
        days = parameters.direction.blocked_days.value
        return Notice("way-rests", f"{big(names_of(sent))} {verb} for {days} days. All else goes on.")
    if ways.helps is not None:
        return Notice("direction-helps", repeats(ways.helps, parameters))
    return Notice("no-direction", "No way stands out. That is common, and nothing changes in your sessions.")


def _locked(message: str, code: str, exit_code: ExitCode) -> BackmoveError:
    problem = BackmoveError(message, hint="What is due:  backmove", code=code)
    problem.exit_code = exit_code
    return problem


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
