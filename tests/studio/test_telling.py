"""Whatever a person may meet in the page, it tells in the page's language."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from phonoscope.core.errors import PhonoscopeError

ROOT = Path(__file__).parents[2]
PACKAGE, PAGE = ROOT / "src/phonoscope", ROOT / "web/src/i18n"

TOLD_OTHERWISE = {"revision-conflict", "error"}
"""By the page itself; by nobody, as the root of the tree."""

FOR_PROGRAMS = {
    "address", "cross-site", "idempotency-key-busy", "idempotency-key-invalid", "idempotency-key-reused",
    "invalid-cursor", "invalid-revision", "method-not-allowed", "range-not-satisfiable", "secret-told-once",
    "too-many-streams", "too-many-webhooks", "tus-content-type", "tus-header", "tus-version", "unknown-host",
    "webhook-stopped",
}  # fmt: skip
"""What the page never causes, or never shows."""

ELSEWHERE = ("compat",)
"""What answers as other programs do."""


def kinds() -> set[str]:
    """Return every kind of problem that is named in the code."""
    found = set(_kinds_of_errors(PhonoscopeError)) | {"database", "storage"}
    for path in (PACKAGE / "studio").rglob("*.py"):
        if path.relative_to(PACKAGE / "studio").parts[0] in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found.update(_named(node))
    return found


def _kinds_of_errors(error: type[PhonoscopeError]) -> list[str]:
    return [error.kind, *(kind for below in error.__subclasses__() for kind in _kinds_of_errors(below))]


def _named(node: ast.AST) -> list[str]:
    """Return the kind that a piece of code names: ``Problem(409, kind, …)``, ``_told(kind, …)``, ``kind = …``."""
    match node:
        case ast.Call(func=ast.Name("Problem"), args=[_, ast.Constant(str(kind)), *_]):
            return [kind]
        case ast.Call(func=ast.Name("_told"), args=[ast.Constant(str(kind)), ast.Constant(str()), *_]):
            return [kind]
        case ast.ClassDef(bases=[ast.Name(base), *_]) if base.endswith("Error"):
            return [it.value.value for it in node.body if isinstance(it, ast.Assign) and _is_kind(it)]  # type: ignore[attr-defined]
        case ast.Dict():
            told = {_word(key): _word(value) for key, value in zip(node.keys, node.values, strict=True)}
            return [told["kind"]] if told.get("kind") and "remedy" in told else []
    return []


def _word(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_kind(assigned: ast.Assign) -> bool:
    return isinstance(assigned.targets[0], ast.Name) and assigned.targets[0].id == "kind"


def test_every_kind_of_problem_that_a_person_meets_has_words() -> None:
    texts = json.loads((PAGE / "en/problem.json").read_text("utf-8"))
    code = (PAGE / "telling.ts").read_text("utf-8")
    table = code[code.index("const LIKE") : code.index("};", code.index("const LIKE"))]
    like = dict(re.findall(r"'?([\w-]+)'?: '([\w-]+)',", table))
    found = kinds()
    assert {"busy", "photo", "disk-full", "too-long", "crashed", "went-wrong", "too-much-memory", "too-slow"} <= found
    wordless = {kind for kind in found if f"title_{like.get(kind, kind)}" not in texts}
    assert wordless - FOR_PROGRAMS - TOLD_OTHERWISE == set()
    assert {name for name in like.values() if f"title_{name}" not in texts} == set()


def test_every_advice_about_a_picture_has_words() -> None:
    texts = json.loads((PAGE / "en/picture.json").read_text("utf-8"))
    names = set()
    for path in (PACKAGE / "avatars/photo/check").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Finding" | "finding"), args=[ast.Constant(str(name)), *_]):
                    names.add(name)
    assert {"faces", "eyes", "frame", "size"} <= names
    assert {name for name in names if f"finding_{name}" not in texts} == set()
