"""Templates as shipped: each room keeps those of its kinds in its folder `wording`."""

import re
from functools import cache, lru_cache
from pathlib import Path

from zhiben.documents.domain.kinds import DocumentKind
from zhiben.documents.domain.reading import read_template
from zhiben.documents.domain.template import Template

ROOMS = Path(__file__).resolve().parents[2]
_NAME = re.compile(r"[a-z_]+/[a-z0-9_-]+")


@cache
def shipped_source(template: str) -> str:
    """Return the text of a shipped template, named `<room>/<name>`."""
    if not _NAME.fullmatch(template):
        raise TypeError(f"{template!r} is not the name of a template")
    room, _slash, name = template.partition("/")
    return (ROOMS / room / "wording" / f"{name}.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def template_of(source: str, kind: DocumentKind) -> Template:
    """Return a template of a kind as read; reading the same text twice is once."""
    return read_template(source, kind.known)
