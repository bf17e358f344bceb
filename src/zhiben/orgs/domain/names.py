"""Names as people type them, brought to one form for comparing. What is shown stays as it was typed."""

import re
import unicodedata

_DROPPED = re.compile(r"[\s\W_]+")  # spaces, brackets, points, dashes of every width


def plain_name(name: str) -> str:
    """Return a name for matching: full width to half, lower case, without spaces, brackets and points.

    The words themselves stay: 「成都甲有限公司」 and 「成都甲有限责任公司」 are two companies.

    >>> plain_name("成都（甲） ＡＢ·有限公司 "), plain_name("成都(甲)ab有限公司")
    ('成都甲ab有限公司', '成都甲ab有限公司')
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold())
