"""The strokes of somebody who answers the safety questions calmly, worked out from the questions themselves."""

from datetime import date
from typing import Final

from backmove.core.interview import Reply, calm_reply, read_reply, replay
from backmove.core.questionnaire import Prompt
from backmove.store.library import load_questionnaire

_DAY: Final = date(2026, 4, 6)
_TYPED: Final = {"age": "44", "onset": "3 weeks", "pain-now": "4", "pain-usual": "4", "consent": "me"}


def strokes(*wrongly: str, plain: bool = False) -> list[str]:
    """One stroke a question; ``plain``: by line. The last ones say that the list of answers is right and that there
    are no precautions; ``wrongly`` is typed between."""
    q, replies, typed = load_questionnaire(), dict[str, Reply](), list[str]()
    while (prompt := (walk := replay(q, replies, {})).due) is not None:
        text = _TYPED.get(prompt.id)
        if text is None:
            calm = calm_reply(q, prompt, walk.answers)
            text = calm.keys[0] if calm.keys else "3 days"
        replies[prompt.id] = read_reply(q, prompt, walk.answers, text, _DAY)
        typed.append(_stroke(prompt, text, plain=plain))
        if prompt.id == "consent":
            typed.append("de\n")
    return [*typed, *(f"{word}\n" if plain else word for word in ("r", *wrongly, "0", "0", "0"))]


def _stroke(prompt: Prompt, text: str, *, plain: bool) -> str:
    if plain or prompt.kind in ("typed", "consent"):
        return f"{text}\n"
    if prompt.kind == "list":
        alone = any(option.exclusive and option.key == text for option in prompt.options)
        return text if alone else text.replace(" ", "") + "\n"
    return text if text in {option.key for option in prompt.options} else f"{text}\n"
