"""The program's own Python, parsed once for every test that reads it."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

SOURCE = Path(settings.PROJECT_ROOT) / "src" / "zhiben"


@cache
def _nodes() -> dict[type, list[tuple[Path, ast.AST]]]:
    found = {kind: [] for kind in (ast.Attribute, ast.Call, ast.ClassDef)}
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if type(node) in found:
                found[type(node)].append((file, node))
    return found


def attributes() -> list[tuple[Path, ast.Attribute]]:
    return _nodes()[ast.Attribute]


def calls() -> list[tuple[Path, ast.Call]]:
    return _nodes()[ast.Call]


def classes() -> list[tuple[Path, ast.ClassDef]]:
    return _nodes()[ast.ClassDef]


def called(node: ast.Call) -> str:
    """The last word of what is called: `gettext` of `translation.gettext(…)`."""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))
