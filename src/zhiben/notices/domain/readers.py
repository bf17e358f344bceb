"""Who read a notice: the person named, or somebody for them, and how it came to be noted."""

from enum import StrEnum

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid

LONGEST_NAME = 60
CODE = "code"  # confirmed by the code on the printed notice


class Relation(StrEnum):
    """What the reader is to the person named."""

    SELF = "self"
    DEPUTY = "deputy"
    COLLEAGUE = "colleague"
    FAMILY = "family"
    OTHER = "other"


RELATIONS = {
    Relation.SELF: Bilingual("本人", "the person named"),
    Relation.DEPUTY: Bilingual("受托代收人", "charged to receive for them"),
    Relation.COLLEAGUE: Bilingual("同事", "a colleague"),
    Relation.FAMILY: Bilingual("家属", "family"),
    Relation.OTHER: Bilingual("其他", "somebody else"),
}


class NotedBy(StrEnum):
    """How somebody got a notice that an officer notes down."""

    PAPER = "paper"
    PHONE = "phone"
    BY_HAND = "by_hand"


def proxy_of(named: str, name: str, relation: str) -> tuple[str, str]:
    """Return name and relation of the proxy; nothing where the person named read it themselves.

    >>> proxy_of("周总", " 周 总 ", "self"), proxy_of("周总", "王安全", "colleague")
    (('', ''), ('王安全', 'colleague'))
    """
    said = " ".join(name.split())[:LONGEST_NAME]
    if relation not in set(Relation):
        raise Invalid("notice:needs-relation", field="relation")
    if not said:
        raise Invalid("notice:needs-reader", field="name")
    same = plain(said) == plain(named)
    if relation == Relation.SELF:
        if not same:
            raise Invalid("notice:name-differs", field="name")
        return "", ""
    if same:
        raise Invalid("notice:relation-differs", field="relation")
    return said, relation


def plain(name: str) -> str:
    """Return a name without its blanks, in small letters."""
    return "".join(name.split()).casefold()
