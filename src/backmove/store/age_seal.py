"""Encryption of an export for those who hold the keys (age, through the extra ``backmove[age]``).

The clear text is in memory only. Recipients are public keys (``age1...``) or files of them, one a line, ``#`` begins a
remark.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backmove.errors import BackmoveError, UsageProblem

if TYPE_CHECKING:
    from pyrage import x25519

_KEY: Final = "age1"
_SECRET: Final = "AGE-SECRET-KEY-"
_MISSING: Final = (
    "Install it:  pip install 'backmove[age]'    (from the folder of the source: pip install '.[age]')"
)


def sealed(pieces: Iterable[bytes], recipients: Iterable[str]) -> Iterator[bytes]:
    """The pieces, encrypted for every recipient. The keys are read now, the pieces when asked for.

    Raises UsageProblem for what is no public key, BackmoveError (code ``no-age``) when the extra is not installed.
    """
    keys = [key for name in recipients for key in _keys(name)]
    return _sealed(pieces, keys)


def _sealed(pieces: Iterable[bytes], keys: "list[x25519.Recipient]") -> Iterator[bytes]:
    import pyrage  # noqa: PLC0415 - an extra that most do not have

    yield pyrage.encrypt(b"".join(pieces), keys)


def _keys(name: str) -> "list[x25519.Recipient]":
    if name.startswith((_KEY, _SECRET)):
        return [_key(name, "--encrypt")]
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise UsageProblem(
            f"--encrypt: {name!r} is neither a public key (age1...) nor a file of them that can be read."
        ) from None
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1)]
    keys = [_key(line, f"{name}, line {n}") for n, line in lines if line and not line.startswith("#")]
    if not keys:
        raise UsageProblem(f"--encrypt: there is no public key (age1...) in {name}.")
    return keys


def _key(text: str, where: str) -> "x25519.Recipient":
    if text.startswith(_SECRET):
        raise UsageProblem(f"{where}: this is a secret key. Give the public one, which begins with age1.")
    try:
        import pyrage  # noqa: PLC0415 - as above
    except ImportError:
        raise BackmoveError("encryption needs one more package.", hint=_MISSING, code="no-age") from None
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise UsageProblem(f"{where}: {text[:16]!r}... is no public key (age1...).") from None
