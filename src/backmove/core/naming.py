"""Ids that come from a content: the same content has the same id on every machine."""

import hashlib
from typing import Final

LETTERS: Final = 12
"""As many as a random id has."""
_SIGNS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def name_for(content: bytes) -> str:
    """Twelve signs of 0-9a-z; about 62 bits of the SHA-256."""
    number = int.from_bytes(hashlib.sha256(content).digest(), "big")
    signs = []
    for _ in range(LETTERS):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(signs)
