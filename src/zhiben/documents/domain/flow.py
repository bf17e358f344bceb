"""A template filled with facts, in one language: what PDF and Word are both made from, and what is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhiben.documents.domain.reading import FIELD
from zhiben.documents.domain.template import Block, Part, Template
from zhiben.documents.domain.values import BLANK, said
from zhiben.kernel.bilingual import Bilingual

LANGUAGES = ("zh", "en")
Flow = dict[str, Any]  # plain JSON

WORDS = {
    "draft": Bilingual("草稿", "DRAFT"),
    "withdrawn": Bilingual("已撤回", "WITHDRAWN"),
    "attachments": Bilingual("附件：", "Attachments: "),
    "copies": Bilingual("抄送：", "Copies to: "),
    "to_number": Bilingual("（签发时编号）", "(numbered when issued)"),
    "to_date": Bilingual("    年  月  日", "(date of issue)"),
    "translation": Bilingual("", "Translation for information. The Chinese text is authoritative."),
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every document, whatever its template: who issues it, its number, to whom, when."""

    mark: Bilingual  # the issuing body's mark at the top
    office: Bilingual  # who signs at the end
    number: str
    recipient: str
    day: Any  # as kept; None until it is issued
    is_draft: bool


def flow_of(template: Template, head: Head, facts: Mapping[str, Any], language: str) -> Flow:
    """Fill a template in one language."""
    fill = _Fill(facts, language)
    blocks = (fill.block(block) for block in template.blocks)
    return {
        "language": language,
        "layout": str(template.layout),
        "mark": _in(head.mark, language),
        "number": head.number or WORDS["to_number"](language),
        "title": fill.words(template.title),
        "recipient": head.recipient,
        "blocks": [block for block in blocks if block],
        "attachments": [fill.words(one) for one in template.attachments],
        "attachments_word": WORDS["attachments"](language),
        "office": _in(head.office, language),
        "day": said(head.day, language) or WORDS["to_date"](language),
        "note": fill.words(template.note) if template.note else "",
        "copies": fill.words(template.copies) if template.copies else "",
        "copies_word": WORDS["copies"](language),
        "verify": template.verify,
        "draft": WORDS["draft"](language) if head.is_draft else "",
        "translation": WORDS["translation"](language),
    }


def withdrawn(flow: Flow) -> Flow:
    """Return a signed text as it is shown once it holds no more: the same words, marked on every page."""
    return {**flow, "draft": WORDS["withdrawn"](flow["language"])}


@dataclass(frozen=True, slots=True)
class Slip:
    """What a print bears beside the document: a code to be scanned, as SVG, and the words under it."""

    code: str
    title: str
    words: str
    address: str


def slipped(flow: Flow, slip: Slip) -> Flow:
    """Return a text with a slip below it."""
    return {**flow, "slip": {"code": slip.code, "title": slip.title, "words": slip.words, "address": slip.address}}


def _in(text: Bilingual, language: str) -> str:
    return text.zh if language == "zh" else text.en


@dataclass(frozen=True, slots=True)
class _Fill:
    facts: Mapping[str, Any]
    language: str

    def words(self, text: Bilingual, row: Mapping[str, Any] | None = None) -> str:
        """Return a text with its fields filled; what was filled in is never read again."""
        held = self.facts if row is None else row
        blank = BLANK if row is None else ""
        return FIELD.sub(lambda found: said(held.get(found[1]), self.language) or blank, _in(text, self.language))

    def block(self, block: Block) -> Flow | None:
        """Return a block filled; None where it has nothing to say."""
        if block.when and not self.facts.get(block.when):
            return None
        if block.part in {Part.TEXT, Part.HEADING}:
            return {"part": str(block.part), "text": self.words(block.text), "level": block.level}
        if block.part is Part.TABLE:
            return self._table(block)
        if block.part is Part.FACTS:
            pairs = [[self.words(label), self.words(value)] for label, value in block.facts]
            return {"part": "facts", "rows": pairs}
        return {"part": "sign", "rows": [self.words(line) for line in block.lines]}

    def _table(self, block: Block) -> Flow:
        held = self.facts.get(block.rows) or []
        rows = [{"row": number, **row} for number, row in enumerate(held, start=1)]
        return {
            "part": "table",
            "widths": [column.width for column in block.columns],
            "head": [self.words(column.head, {}) for column in block.columns],
            "rows": [[self.words(column.cell, row) for column in block.columns] for row in rows],
        }
