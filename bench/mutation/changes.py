"""Every small fault that a slip could put into a module, one at a time, made on its syntax tree.

Not changed: docstrings, texts for people, what stands in an f-string or behind ``raise``, annotations, keywords of
a class, imports, and what runs on Windows alone.
"""

import ast
import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 100
_CODE: Final = re.compile(r"[A-Za-z0-9_.:/+-]{2,40}")
"""A string that is a key or a code, and no text."""
_COMPARE: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_SWAP: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_ASKS_FOR_TEXT: Final = frozenset(
    {
        "get",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "partition",
        "rpartition",
        "split",
        "getattr",
    }
)


@dataclass(frozen=True)
class Mutant:
    """One fault. ``module`` is ``core/days.py``; ``name`` the function or class around it, or what is assigned.

    ``line`` and ``first`` count from 1: where the fault is, and where its statement begins. ``source`` is the whole
    module with the fault in it. ``nth`` counts those of a module that read alike.
    """

    module: str
    name: str
    kind: str
    old: str
    new: str
    nth: int
    line: int
    first: int
    inside: bool
    source: str

    @property
    def key(self) -> str:
        """What stays the same when lines are put above it."""
        nth = f" #{self.nth}" if self.nth > 1 else ""
        return f"{self.module} {self.name}: {self.old} => {self.new}{nth}"


def mutants(module: str, source: str) -> list[Mutant]:
    """All of a module's, in the order of its statements; some may not ``apply``."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for change in _Walk(ast.parse(source)).changes:
        text = _spliced(source, change)
        alike = (change.name, change.old, change.new)
        seen[alike] += 1
        found.append(
            Mutant(
                module,
                *(change.name, change.kind, change.old, change.new, seen[alike]),
                *(change.node.lineno, change.statement.lineno, change.inside, text),
            )
        )
    return found


def applies(mutant: Mutant, source: str) -> bool:
    """Whether the fault compiles, and to something else than what was there."""
    try:
        return compile(mutant.source, "m", "exec") != compile(source, "m", "exec")
    except (SyntaxError, ValueError):
        return False


@dataclass(frozen=True)
class _Change:
    node: ast.expr | ast.stmt
    statement: ast.stmt
    name: str
    inside: bool
    kind: str
    put: str
    old: str
    new: str


class _Walk:
    """Goes through a module once; ``changes`` is what it found."""

    def __init__(self, tree: ast.Module) -> None:
        self.changes: list[_Change] = []
        self._names: list[str] = []
        self._functions = 0
        self._statement: ast.stmt = tree.body[0] if tree.body else ast.Pass()
        self._answers: list[str] = []
        self._block(tree.body)

    # --- statements ----------------------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt]) -> None:
        for place, node in enumerate(body):
            text = place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not text:
                self._statement = node
                self._one(node)

    def _one(self, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.ClassDef():
                self._names.append(node.name)
                self._block(node.body)
                self._names.pop()
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                pass
            case ast.If() if _windows(node.test):
                self._block(node.orelse)
            case ast.Raise():
                self._drop(node, "pass")
            case ast.Assign():
                self._assigned(node, node.targets)
            case ast.AnnAssign():
                self._assigned(node, [node.target])
            case ast.AugAssign():
                self._drop(node, "pass")
                other = _ARITHMETIC.get(type(node.op))
                if other:
                    swapped = copy.deepcopy(node)
                    swapped.op = other()
                    self._put(node, "arithmetic", swapped)
                self._expression(node.value)
            case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
                self._drop(node, "yield from ()")
                self._expression(node.value)
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr():
                self._drop(node, "pass")
                self._expression(node.value)
            case ast.Return():
                self._return(node)
            case ast.Continue() | ast.Break() | ast.Delete():
                self._drop(node, "pass")
            case _:
                self._rest(node)

    def _rest(self, node: ast.AST) -> None:
        """The parts of an if, for, while, with, try, match: blocks and expressions."""
        if isinstance(node, ast.If | ast.While):
            self._condition(node.test)
        for _name, value in ast.iter_fields(node):
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.stmt):
                    self._statement = part
                    self._one(part)
                elif isinstance(part, ast.expr):
                    self._statement = node if isinstance(node, ast.stmt) else self._statement
                    self._expression(part)
                elif isinstance(part, ast.ExceptHandler | ast.withitem | ast.match_case):
                    self._rest(part)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._names.append(node.name)
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self._expression(default)
        self._functions += 1
        self._answers.append(ast.unparse(node.returns) if node.returns else "")
        self._block(node.body)
        self._answers.pop()
        self._functions -= 1
        self._names.pop()

    def _assigned(self, node: ast.Assign | ast.AnnAssign, targets: list[ast.expr]) -> None:
        outermost = not self._functions
        name = targets[0].id if outermost and isinstance(targets[0], ast.Name) else ""
        self._names += [name] if name else []
        if any(isinstance(target, ast.Attribute | ast.Subscript) for target in targets):
            self._drop(node, "pass")
        for target in targets:
            self._expression(target)
        if node.value is not None and not _of_types(node.value):
            self._expression(node.value, a_table=outermost)
        self._names = self._names[:-1] if name else self._names

    def _return(self, node: ast.Return) -> None:
        value, kind = node.value, self._answers[-1]
        if value is None:
            return
        plain = isinstance(value, ast.Constant)
        if kind == "bool" and not plain:
            self._put(node, "return", ast.Return(ast.Constant(True)))
            self._put(node, "return", ast.Return(ast.Constant(False)))
        elif kind != "bool" and not (plain and value.value is None):  # type: ignore[attr-defined]
            self._put(node, "return", ast.Return(ast.Constant(None)))
        self._expression(value)

    # --- expressions ---------------------------------------------------------------------------------------

    def _expression(self, node: ast.AST, *, a_table: bool = False, a_code: bool = False) -> None:
        if isinstance(node, ast.JoinedStr | ast.Lambda):
            if isinstance(node, ast.Lambda):
                self._expression(node.body)
            return
        put = _PUT.get(type(node))
        if put:
            for kind, other in put(node):
                self._put(node, kind, other)  # type: ignore[arg-type]
        if isinstance(node, ast.Constant):
            if (a_table or a_code) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                self._put(node, "string", ast.Constant(""))
            return
        if isinstance(node, ast.IfExp):
            self._condition(node.test)
        codes = isinstance(node, ast.Compare | ast.Subscript) or (
            isinstance(node, ast.Call) and _called(node) in _ASKS_FOR_TEXT
        )
        holds = isinstance(node, ast.Tuple | ast.Set | ast.List | ast.Dict | ast.Starred)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                self._expression(child.iter)
                for test in child.ifs:
                    self._put(test, "filter", ast.Constant(True))
                    self._expression(test)
            elif isinstance(child, ast.keyword):
                self._expression(child.value)
            elif isinstance(child, ast.expr):
                within = holds or (
                    isinstance(node, ast.Call) and _called(node) in ("frozenset", "set", "tuple")
                )
                self._expression(child, a_table=a_table and within, a_code=codes or (a_code and within))

    def _condition(self, test: ast.expr) -> None:
        """A condition that nothing else changes is turned round."""
        if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr | ast.Subscript):
            self._put(test, "condition", ast.UnaryOp(ast.Not(), test))

    # --- what is kept --------------------------------------------------------------------------------------

    def _drop(self, node: ast.stmt, put: str) -> None:
        self._keep(node, "statement", put, ast.unparse(node), put if put != "pass" else "(gone)")

    def _put(self, node: ast.expr | ast.stmt, kind: str, other: ast.AST) -> None:
        ast.fix_missing_locations(other)
        text = ast.unparse(other)
        put = text if isinstance(node, ast.stmt | ast.Constant | ast.Name) else f"({text})"
        self._keep(node, kind, put, ast.unparse(node), text)

    def _keep(self, node: ast.expr | ast.stmt, kind: str, put: str, old: str, new: str) -> None:
        name = ".".join(self._names)
        old, new = _short(old, new)
        if isinstance(node, ast.Constant | ast.Name) or len(old) < 12:
            old, new = _with_more(self._statement, old), new
        self.changes.append(_Change(node, self._statement, name, self._functions > 0, kind, put, old, new))


def _short(old: str, new: str) -> tuple[str, str]:
    """Both as one line; what is long is cut down to the part that differs."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    begin = max(0, same - _LONGEST // 2)
    lead = "..." if begin else ""
    return (lead + old[begin : begin + _LONGEST], lead + new[begin : begin + _LONGEST])


def _with_more(statement: ast.stmt, old: str) -> str:
    """A bare ``1`` says little: the head of its statement stands before it."""
    head = " ".join(ast.unparse(statement).split("\n")[0].split())
    return f"{old} in {head[:_LONGEST]}"


def _spliced(source: str, change: _Change) -> str:
    node = change.node
    assert node.end_lineno is not None and node.end_col_offset is not None
    lines = source.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1
    head = b"".join(lines[:first]) + lines[first][: node.col_offset]
    tail = lines[last][node.end_col_offset :] + b"".join(lines[last + 1 :])
    return (head + change.put.encode() + tail).decode()


def _windows(test: ast.expr) -> bool:
    return ast.unparse(test) in ("sys.platform == 'win32'", "TYPE_CHECKING")


def _of_types(value: ast.expr) -> bool:
    """An alias of types: ``Literal[...]``, ``Callable[...]``, ``A | B``, NewType."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        return all(
            _of_types(side) or isinstance(side, ast.Name | ast.Attribute)
            for side in (value.left, value.right)
        )
    if isinstance(value, ast.Subscript):
        return ast.unparse(value.value) in (
            "Literal",
            "Callable",
            "Mapping",
            "dict",
            "tuple",
            "list",
            "Annotated",
        )
    return isinstance(value, ast.Call) and _called(value) in ("NewType", "TypeVar", "cast")


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


# --- what one expression can become ------------------------------------------------------------------------

Put = Iterator[tuple[str, ast.AST]]


def _compare(node: ast.Compare) -> Put:
    for place, operator in enumerate(node.ops):
        other = copy.deepcopy(node)
        other.ops[place] = _COMPARE[type(operator)]()
        yield "comparison", other


def _both(node: ast.BoolOp) -> Put:
    other = copy.deepcopy(node)
    other.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    yield "and, or", other
    if len(node.values) > 2:
        for place in range(len(node.values)):
            left = copy.deepcopy(node)
            del left.values[place]
            yield "and, or", left


def _unary(node: ast.UnaryOp) -> Put:
    if isinstance(node.op, ast.Not):
        yield "not", node.operand


def _binary(node: ast.BinOp) -> Put:
    if isinstance(node.left, ast.Constant | ast.JoinedStr) and not _number(node.left):
        return
    if isinstance(node.right, ast.Constant | ast.JoinedStr) and not _number(node.right):
        return
    if type(node.op) in _ARITHMETIC:
        other = copy.deepcopy(node)
        other.op = _ARITHMETIC[type(node.op)]()
        yield "arithmetic", other


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _constant(node: ast.Constant) -> Put:
    value = node.value
    if isinstance(value, bool):
        yield "true, false", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield "number", ast.Constant(value + 1)
        yield "number", ast.Constant(value - 1)


def _call(node: ast.Call) -> Put:
    if isinstance(node.func, ast.Name) and node.func.id in _SWAP:
        other = copy.deepcopy(node)
        other.func = ast.Name(_SWAP[node.func.id])
        yield "min, max, any, all", other


_PUT: Final[dict[type[ast.AST], Callable[..., Put]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Constant: _constant,
    ast.Call: _call,
}
