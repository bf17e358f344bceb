"""Flows drawn as PDF or as pictures, by Typst. What they say travels as JSON; the program that draws it never changes."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from zhiben.documents.domain.flow import Flow

HERE = Path(__file__).parent
SHEETS = HERE / "sheets"  # the only folder that the program may read
FONTS = HERE / "fonts"
PIXELS_PER_INCH = 96


def draw_pdf(flows: Sequence[Flow]) -> bytes:
    """Draw documents as one PDF; each begins on a page of its own, numbered from one."""
    drawn = _compiler(flows).compile(format="pdf")
    return drawn if isinstance(drawn, bytes) else b""


def draw_pages(flow: Flow) -> list[bytes]:
    """Draw one document as PNG pictures of its pages."""
    drawn = _compiler([flow]).compile(format="png", ppi=PIXELS_PER_INCH)
    return [drawn] if isinstance(drawn, bytes) else drawn or []


def _compiler(flows: Sequence[Flow]) -> typst.Compiler:
    """Return a compiler of its own for each drawing: threads share the fonts only."""
    told = json.dumps(list(flows), ensure_ascii=False)
    return typst.Compiler(
        SHEETS / "document.typ",
        root=SHEETS,
        font_paths=_fonts(system=not _covered(told)),
        sys_inputs={"documents": told},
    )


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Read the fonts once. Those of the machine take a while and differ: only where a character is missing."""
    own = [str(settings.FONTS_ROOT), str(FONTS)] if settings.FONTS_ROOT else [str(FONTS)]
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=own)


def _covered(text: Iterable[str]) -> bool:
    """Tell whether our own fonts have every character."""
    return all(ord(character) in _characters() or character < " " for character in set(text))


@cache
def _characters() -> frozenset[int]:
    """Return the characters that our fonts can draw."""
    runs = json.loads((FONTS / "characters.json").read_text(encoding="utf-8"))
    return frozenset(number for first, last in runs for number in range(first, last + 1))
