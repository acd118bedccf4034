"""What a person would type to answer the whole questionnaire, worked out from the questionnaire itself.

``strokes({"saddle": "y"})`` answers every question calmly but that one, and stops where a sign ends the questions.
Picks are prompt ids with what is typed: option keys (``1 3`` for a list) or a value (``3 weeks``).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from backmove.core.assess import fired_now
from backmove.core.condition import Answers
from backmove.core.interview import Reply, calm_reply, read_reply, replay
from backmove.core.questionnaire import Claim, Prompt, Questionnaire
from backmove.store.library import load_questionnaire

TODAY = date(2026, 3, 2)
TYPED = {"age": "44", "onset": "3 weeks", "pain-now": "4", "pain-usual": "4"}


@cache
def questionnaire() -> Questionnaire:
    return load_questionnaire()


def walked(
    picks: Mapping[str, str] | None = None, *, claim: Claim | None = None, upto: str = ""
) -> list[tuple[Prompt, str]]:
    """The prompts in order, each with what is typed. ``upto``: stop before this prompt."""
    q, replies, said = questionnaire(), dict[str, Reply](), list[tuple[Prompt, str]]()
    start: Answers = {"claimed": "y"} if claim else {}
    while True:
        walk = replay(q, replies, start)
        prompt = walk.due
        if prompt is None or prompt.id == upto or fired_now(q, walk.answers, frozenset(walk.asked), claim):
            return said
        text = (picks or {}).get(prompt.id) or _calm(q, prompt, walk.answers)
        replies[prompt.id] = read_reply(q, prompt, walk.answers, text, TODAY)
        said.append((prompt, text))


def strokes(
    picks: Mapping[str, str] | None = None,
    *,
    plain: bool = False,
    region: str | None = "de",
    claim: Claim | None = None,
    upto: str = "",
    after: Mapping[str, str] | None = None,
) -> list[str]:
    """The strokes, one for each question. ``region``: asked after the consent, None when it is known.

    ``after``: more strokes after the prompt of that id.
    """
    typed = []
    for prompt, text in walked(picks, claim=claim, upto=upto):
        typed.append(stroke(prompt, text, plain=plain))
        if prompt.id == "consent" and region is not None:
            typed.append(f"{region}\n")
        if after and prompt.id in after:
            typed.append(after[prompt.id])
    return typed


def stroke(prompt: Prompt, text: str, *, plain: bool = False) -> str:
    """What fingers do for one answer."""
    if plain or prompt.kind in ("typed", "consent"):
        return f"{text}\n"
    if prompt.kind == "list":
        alone = any(o.exclusive and o.key == text for o in prompt.options)
        return text if alone else text.replace(" ", "") + "\n"
    keys = {o.key for o in prompt.options}
    return text if text in keys else f"{text}\n"


def _calm(q: Questionnaire, prompt: Prompt, answers: Answers) -> str:
    if prompt.id in TYPED:
        return TYPED[prompt.id]
    if prompt.id == "consent":
        return "me"
    reply = calm_reply(q, prompt, answers)
    return reply.keys[0] if reply.keys else "3 days"
