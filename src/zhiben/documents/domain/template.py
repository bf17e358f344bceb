"""A template: what documents of a kind say, in both languages, with fields to be filled. Data, never code."""

from dataclasses import dataclass
from enum import StrEnum

from zhiben.kernel.bilingual import Bilingual


class Layout(StrEnum):
    """How a document looks: with a red head, as a letter, or as a form that is filled and signed on the spot."""

    OFFICIAL = "official"
    LETTER = "letter"
    FORM = "form"


class Part(StrEnum):
    """What a block of the body is."""

    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    FACTS = "facts"
    SIGN = "sign"


NO_WORDS = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, what a row says in it, its share of the width."""

    head: Bilingual
    cell: Bilingual
    width: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the body. `when` names a field: the block stands only where that field says something."""

    part: Part
    text: Bilingual = NO_WORDS
    level: int = 1  # of a heading
    rows: str = ""  # the field whose rows a table shows
    columns: tuple[Column, ...] = ()
    facts: tuple[tuple[Bilingual, Bilingual], ...] = ()  # label and value
    lines: tuple[Bilingual, ...] = ()  # to be signed by hand
    when: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read and found good."""

    layout: Layout
    series: str  # stands in the number behind the office code
    title: Bilingual
    blocks: tuple[Block, ...]
    attachments: tuple[Bilingual, ...] = ()
    note: Bilingual | None = None
    copies: Bilingual | None = None
    verify: bool = False  # its wording is still to be checked by who knows the law
