"""Every code that reading can give has its sentence in both languages."""

import re
from pathlib import Path

from zhiben.exchange.domain import sentences
from zhiben.exchange.domain.sentences import FILES, LINES, PROBLEMS, SHEETS, WARNINGS, sentence_of

ROOM = Path(sentences.__file__).parents[1]
BY_ORGS = {"enterprise:ambiguous"}  # matching enterprises is theirs
CODE = re.compile(
    r"\"((?:date|found-on|rectified-on|level|status|channel|handling|funds|report|description|person|enterprise|credit-code"
    r"|cells|sheet|line|workbook):[a-z-]+)\""
)


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    sources = [
        path
        for folder in ("domain", "child", "services", "selectors")
        for path in (ROOM / folder).glob("*.py")
        if path.name != "sentences.py"
    ]
    texts = [path.read_text("utf-8") for path in [*sources, ROOM / "reader.py"]]
    used = {code for text in texts for code in CODE.findall(text)}
    used |= {f"workbook:{found}" for text in texts for found in re.findall(r'Refused\("([a-z-]+)"', text)}
    known = set(PROBLEMS) | set(WARNINGS) | set(LINES) | set(SHEETS) | set(FILES)
    assert used == known - BY_ORGS


def test_sentences_are_told_in_both_languages():
    for table in (PROBLEMS, WARNINGS, LINES, SHEETS, FILES):
        for code, sentence in table.items():
            assert re.search("[一-龥]", sentence.zh), code
            assert sentence.en.isascii() or "一般" in sentence.en or "整改" in sentence.en, code
    assert sentence_of("date:future").zh.endswith("。")
    assert sentence_of("new:code").en == "new:code"
