"""The whole journal as one JSON document, each record with the very bytes of its line. Nothing is left out but what
``core/carrying.py`` leaves behind; the same journal always gives the same bytes."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

HEAD: Final = b'{"backmove_journal": 1, "records": ['
FOOT: Final = b"\n]}\n"
_STEERS: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What JSON lets stand as it is and a terminal may obey."""


def document(records: Iterable[bytes]) -> Iterator[bytes]:
    """The document in pieces: one record a line, a newline at the end."""
    yield HEAD
    before = b"\n"
    for record in records:
        yield before + record
        before = b",\n"
    yield FOOT


def harmless(record: bytes) -> bytes:
    """The same JSON with signs that steer a terminal written as numbers."""
    if record.isascii() and b"\x7f" not in record:
        return record
    return _STEERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", record.decode()).encode()
