"""The room's catalogue is complete and compiled from what stands in the sources."""

import gettext
import re
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "src/zhiben/shell/locale/zh_Hans/LC_MESSAGES"


def test_nothing_is_untranslated_or_fuzzy():
    text = (CATALOGUE / "django.po").read_text()
    assert "fuzzy" not in text
    blocks = text.split("\n\n")[1:]
    assert [block for block in blocks if re.search(r'^msgstr(\[0\])? ""$(?!\n")', block, re.MULTILINE)] == []


def test_the_compiled_catalogue_is_the_written_one():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written = (CATALOGUE / "django.po").read_text()
    assert compiled.gettext("Back to my work") == "返回我的工作"
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', written, re.MULTILINE)
    contexts = set(re.findall(r'msgctxt ".*"\nmsgid "(.+)"', written))
    assert all(compiled.gettext(a) == b for a, b in pairs if a not in contexts and "\\" not in a)
