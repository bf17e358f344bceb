"""Flows written as Word files. Fonts are named as offices have them; the layout follows the one that PDF is drawn with."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from zhiben.documents.domain.flow import Flow
from zhiben.documents.domain.xml import without_controls

BODY, HEAD, BLACK = "仿宋_GB2312", "方正小标宋简体", "黑体"
LATIN = "Times New Roman"
SIZE, LINE = 16, 28.95  # points: 三号, 22 lines a page
RED = RGBColor(0xE6, 0x00, 0x12)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def write_word(flow: Flow) -> bytes:
    """Write one document."""
    sheet = _Sheet(without_controls(flow))
    sheet.head()
    sheet.body()
    sheet.end()
    kept = BytesIO()
    sheet.word.save(kept)
    return kept.getvalue()


class _Sheet:
    """One document being written."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.is_zh = flow["language"] == "zh"
        self.word = _blank(flow)

    def head(self) -> None:
        """Write the mark, the number and the title, in the order of the layout."""
        flow, layout = self.flow, self.flow["layout"]
        if flow["draft"]:
            self.line(f"【{flow['draft']}】", align=RIGHT, font=BLACK)
        if layout == "form":
            self.line(flow["mark"], align=CENTRE, font=HEAD, size=22, bold=True)
            self.title()
            self.line(flow["number"], align=RIGHT, size=14)
            return
        size = 30 if layout == "letter" or len(flow["mark"]) > 14 else 40
        self.line(flow["mark"], align=CENTRE, font=HEAD, size=size, bold=True, colour=RED)
        if layout == "letter":
            _ruled(self.line("", size=2), "E60012", double=True)
            self.line(flow["number"], align=RIGHT)
        else:
            _ruled(self.line(flow["number"], align=CENTRE), "E60012")
        self.line("")
        self.title()
        self.line("")

    def title(self) -> None:
        """Write the title."""
        self.line(self.flow["title"], align=CENTRE, font=HEAD, size=22, bold=True)

    def body(self) -> None:
        """Write to whom it goes and every block."""
        if self.flow["recipient"]:
            self.line(self.flow["recipient"] + ("：" if self.is_zh else ":"))
        for block in self.flow["blocks"]:
            self.block(block)

    def block(self, block: Mapping[str, Any]) -> None:
        """Write one block."""
        if block["part"] == "text":
            for part in block["text"].split("\n"):
                self.line(part, indent=self.is_zh)
        elif block["part"] == "heading":
            first = block["level"] == 1
            line = self.line(block["text"], indent=self.is_zh, font=BLACK if first else BODY, bold=block["level"] == 2)
            _outline(line, block["level"])
        elif block["part"] == "table":
            self.table([block["head"], *block["rows"]], block["widths"], head_row=True)
        elif block["part"] == "facts":
            self.table(block["rows"], [2, 5], head_column=True)
        else:
            for row in block["rows"]:
                self.line(row + "＿" * 16)

    def table(
        self, rows: list[list[str]], widths: list[int], *, head_row: bool = False, head_column: bool = False
    ) -> None:
        """Write a table with its head in black type; a head row is repeated on every page."""
        table = self.word.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for number, (cells, words) in enumerate(zip((row.cells for row in table.rows), rows, strict=True)):
            for column, (cell, text) in enumerate(zip(cells, words, strict=True)):
                is_head = (head_row and number == 0) or (head_column and column == 0)
                self.cell(cell, text, Mm(156 * widths[column] / sum(widths)), BLACK if is_head else BODY)
        if head_row:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no name for it

    def cell(self, cell: _Cell, text: str, width: Length, font: str) -> None:
        """Write one cell."""
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(20)
        _run(paragraph, text, font, 12)

    def end(self) -> None:
        """Write attachments, who signs and when, the note and the copies."""
        flow = self.flow
        for number, one in enumerate(flow["attachments"], start=1):
            word = flow["attachments_word"] if number == 1 else "　　　"
            several = f"{number}. " if len(flow["attachments"]) > 1 else ""
            self.line(word + several + one, indent=self.is_zh)
        self.line("")
        self.line("")
        longest = max(len(flow["office"]), len(flow["day"]))
        for text in (flow["office"], flow["day"]):  # the shorter line is centred over the longer one
            inset = 4 + (longest - len(text)) / 2 * (1 if self.is_zh else 0.5)
            self.line(text, align=RIGHT).paragraph_format.right_indent = Pt(SIZE * inset)
        if flow["note"]:
            self.line(f"（{flow['note']}）" if self.is_zh else f"({flow['note']})", indent=self.is_zh)
        if flow["translation"]:
            self.line(flow["translation"], size=11)
        if flow["copies"]:
            _ruled(self.line(flow["copies_word"] + flow["copies"], size=14), "000000", top=True)

    def line(
        self,
        text: str,
        *,
        align: WD_ALIGN_PARAGRAPH | None = None,
        font: str = BODY,
        size: float = SIZE,
        bold: bool = False,
        colour: RGBColor | None = None,
        indent: bool = False,
    ) -> Paragraph:
        """Write one paragraph."""
        paragraph = self.word.add_paragraph()
        shape = paragraph.paragraph_format
        shape.alignment = align if align is not None else (WD_ALIGN_PARAGRAPH.JUSTIFY if self.is_zh else LEFT)
        shape.space_before = shape.space_after = Pt(0)
        if size <= SIZE:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        if indent:
            shape.first_line_indent = Pt(2 * size)
        _run(paragraph, text, font, size, bold=bold, colour=colour)
        return paragraph


def _blank(flow: Flow) -> Document:
    """Return an empty document of the right size, with page numbers outside as the layout asks."""
    word = docx.Document()
    word.core_properties.title, word.core_properties.author = flow["title"][:255], flow["office"][:255]
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS.items():
        setattr(section, name, Mm(size))
    section.footer_distance = Mm(25)
    section.different_first_page_header_footer = flow["layout"] == "letter"  # its first page has no number
    _numbered(section.footer.paragraphs[0], RIGHT)
    _numbered(section.even_page_footer.paragraphs[0], LEFT)
    return word


def _numbered(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """Write — n —, the number being a field."""
    paragraph.alignment = align
    _run(paragraph, "— ", BODY, 14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), (None, "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)  # noqa: SLF001 -- python-docx has no fields
    _run(paragraph, " —", BODY, 14)


def _run(
    paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool = False, colour: RGBColor | None = None
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), LATIN, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 -- python-docx names Latin fonts only
    if colour is not None:
        run.font.color.rgb = colour


def _ruled(paragraph: Paragraph, colour: str, *, double: bool = False, top: bool = False) -> None:
    """Rule a line below a paragraph, or around a note at the end."""
    borders = OxmlElement("w:pBdr")
    sides: Iterable[str] = ("top", "bottom") if top else ("bottom",)
    for side in sides:
        rule = OxmlElement(f"w:{side}")
        style = {"val": "thickThinSmallGap" if double else "single", "sz": "18" if double else "12", "space": "4"}
        for name, value in {**style, "color": colour}.items():
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    behind = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl")  # the order that the format asks for
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *behind)  # noqa: SLF001 -- python-docx has no borders


def _outline(paragraph: Paragraph, level: int) -> None:
    """Let a heading be one for who navigates or listens."""
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)  # noqa: SLF001 -- python-docx ties it to styles
