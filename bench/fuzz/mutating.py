"""Changes of an input that know what it is made of: lines, and the fields of JSON. Bytes are left to the fuzzer."""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any, Final

_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, -1, 0, 1, 2, 8, 10, 11, 10**19, -(2**63), 1.5, 1e308, float("inf"), float("nan"), "",
    " ", "y", "n",
    "u", "SELF_CARE", "EMERGENCY", "CAREFUL", "finished", "1", "2026-04-06", "2026-04-05", "0001-01-01", "9999-12-31",
    "2026-02-29", "2026-04-06T09:00:00+02:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
    "2026-04-06T08:00:00.5Z", "2026-04-06", "\ud800", "\u202e", "\x1b[2J", "x" * 300, [], {}, [None], [["a"]],
    {"a": {}},
    "reps", "bridge", "pain", "triage", "seal", "retract", "amend", "import", "profile", "v", "id", [1, 2, 3], 300, 23,
)  # fmt: skip
_TIMES: Final = (
    "2026-02-31", "1000-01-01", "8999-12-31", "2026-04-06", "2026-04-05", "2024-02-29", "2026-03-29T02:30:00+01:00",
    "1000-01-01T00:00:00+23:59", "8999-12-31T23:59:59-23:59", "2026-04-05T08:00:00.999999-12:00",
    "2026-04-06T08:59:59Z",
    "2027-01-01T00:00:00+00:00", "20260405T0800+0130", "2026-W14-7", "2026-04-05T24:00:00+02:00",
    "1970-01-01T00:00:00Z",
)  # fmt: skip
_BYTES: Final = (
    b"\0", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[2J", b"\xe2\x80\xae", b"}\n{",
    b"}{", b'"',
    b",", b"\t", b" ", b": ", b"- ", b"&a ", b"*a", b"!!x ", b"|", b">", b"? ", b"---\n", b"...\n", b"%", b"#",
    b"[", b"{",
    b"<<: ", b"'", b"\\u0000", b"\\ud800", b"1e999", b"9" * 40, b"9" * 4400, b"[" * 50, b"0x10", b".inf", b"\xc2\x85",
)  # fmt: skip


def mutate(data: bytes, most: int, rng: Random, lines: Sequence[bytes], *, wired: bool) -> bytes:
    """``data`` after one to four changes, at most ``most`` bytes. The first letter, which chooses, changes seldom."""
    head, body = data[:1], data[1:]
    if rng.random() < 0.04:
        head = bytes([rng.choice(b"abcdefgjklmnopqstvwyDGKST")])
    ways = [_line, _insert, _splice, *([_field] * 4 if wired else [_line])]
    for _ in range(rng.choice((1, 1, 1, 2, 2, 4))):
        way: Callable[[bytes, Random, Sequence[bytes]], bytes] = rng.choice(ways)
        body = way(body, rng, lines)
    return (head or b"a") + body[: most - 1]


def _line(body: bytes, rng: Random, lines: Sequence[bytes]) -> bytes:
    """Lines taken out, put twice, in another order, cut, joined, or taken from elsewhere."""
    rows = body.split(b"\n")
    at, other = rng.randrange(len(rows)), rng.randrange(len(rows))
    match rng.randrange(9):
        case 0:
            del rows[at]
        case 1:
            rows.insert(other, rows[at])
        case 2:
            rows[at], rows[other] = rows[other], rows[at]
        case 3:
            rows.append(rows.pop(at))
        case 4:
            rows[at] = rows[at][: rng.randrange(len(rows[at]) + 1)]
        case 5:
            rows[at : at + 2] = [b"".join(rows[at : at + 2])]
        case 6:
            rows.insert(at, rng.choice(lines) if lines else b"")
        case 7:
            rows[at] = rng.choice(lines) if lines else b""
        case _:
            rows = rows[: at + 1]
    return b"\n".join(rows)


def _insert(body: bytes, rng: Random, lines: Sequence[bytes]) -> bytes:
    """Bytes that mean something somewhere, put in or in the place of others."""
    at = rng.randrange(len(body) + 1)
    return body[:at] + rng.choice(_BYTES) + body[at + rng.choice((0, 0, 1, 3)) :]


def _splice(body: bytes, rng: Random, lines: Sequence[bytes]) -> bytes:
    """A part of something else in the place of a part."""
    if not lines:
        return body
    other = rng.choice(lines)
    start, at = rng.randrange(len(other) + 1), rng.randrange(len(body) + 1)
    piece = other[start : start + rng.randrange(1, 40)]
    return body[:at] + piece + body[at + rng.choice((0, 0, len(piece))) :]


def _field(body: bytes, rng: Random, lines: Sequence[bytes]) -> bytes:
    """One value of one JSON line, taken out or changed for another."""
    whole = _read(body)
    if whole is not None:
        return _write(_changed(whole, rng, lines))
    rows = body.split(b"\n")
    at = rng.randrange(len(rows))
    found = _read(rows[at].rstrip(b","))
    if found is None:
        return _line(body, rng, lines)
    rows[at] = _write(_changed(found, rng, lines)) + (b"," if rows[at].endswith(b",") else b"")
    return b"\n".join(rows)


def _read(text: bytes) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _write(document: Any) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _changed(document: Any, rng: Random, lines: Sequence[bytes]) -> Any:
    places = list(_places(document))
    if not places:
        return document
    holder, key = rng.choice(places)
    said = holder[key]
    if isinstance(said, str) and said[:2] == "20" and rng.random() < 0.5:
        holder[key] = rng.choice(_TIMES)
        return document
    match rng.randrange(8):
        case 0:
            del holder[key]
        case 6 | 7 if alike := _alike(key, rng, lines):
            holder[key] = alike[0]
        case 1:
            there, name = rng.choice(places)
            holder[key] = deepcopy(there[name])
        case 2 if isinstance(holder, dict):
            holder[str(rng.choice(_VALUES))[:20]] = deepcopy(holder[key])
        case 3 if lines and isinstance(other := _read(rng.choice(lines)), dict) and other:
            name = rng.choice(list(other))
            if isinstance(holder, dict):
                holder[name] = other[name]
        case _:
            holder[key] = deepcopy(rng.choice(_VALUES))
    return document


def _alike(key: Any, rng: Random, lines: Sequence[bytes]) -> list[Any]:
    """A value that stands under the same key in another line; empty when none of some does."""
    for line in rng.sample(list(lines), min(12, len(lines))):
        found = _read(line) if str(key).encode("utf-8", "replace") in line else None
        if isinstance(found, dict) and key in found:
            return [found[key]]
    return []


def _places(document: Any) -> list[tuple[Any, Any]]:
    """Every holder with every key or position in it."""
    waiting, found = [document], list[tuple[Any, Any]]()
    while waiting and len(found) < 3000:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return found
