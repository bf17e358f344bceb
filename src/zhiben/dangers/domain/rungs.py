"""The words of rungs: where one stands, what kind of document it is."""

from enum import StrEnum

from zhiben.dangers.domain.ladder import Rung
from zhiben.kernel.bilingual import Bilingual


class RungState(StrEnum):
    """Where a raised rung stands."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    SKIPPED = "skipped"
    MOOT = "moot"  # the danger was no longer late before it was issued


SETTLED = (RungState.ISSUED, RungState.SKIPPED)
RUNG_NAMES = {
    Rung.LETTER: Bilingual("函告", "letter"),
    Rung.CIRCULAR: Bilingual("通报", "circular"),
    Rung.INTERVIEW: Bilingual("约谈", "interview"),
    Rung.EXPOSURE: Bilingual("曝光", "exposure"),
}
STATE_NAMES = {
    RungState.DRAFTED: Bilingual("待签发", "drafted"),
    RungState.ISSUED: Bilingual("已签发", "issued"),
    RungState.SKIPPED: Bilingual("已跳过", "skipped"),
    RungState.MOOT: Bilingual("不再需要", "no longer needed"),
}
