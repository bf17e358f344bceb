"""The documents of the ladder: one kind for each rung."""

from collections.abc import Mapping

from zhiben.dangers.domain.ladder import Rung
from zhiben.documents.public import DocumentKind
from zhiben.kernel.bilingual import Bilingual

FIELDS = (
    "danger_number", "description", "place", "found_on", "level", "responsible", "due_on", "overdue_since", "days_late",
    "earlier",
)  # fmt: skip
TITLES: Mapping[Rung, Bilingual] = {
    Rung.LETTER: Bilingual("隐患整改督办函", "Letter on slow rectification"),
    Rung.CIRCULAR: Bilingual("隐患整改情况通报", "Circular on slow rectification"),
    Rung.INTERVIEW: Bilingual("约谈通知书", "Notice of interview"),
    Rung.EXPOSURE: Bilingual("隐患曝光通报", "Notice of public exposure"),
}
KINDS = {rung: DocumentKind(f"ladder:{rung}", title, f"dangers/{rung}", FIELDS) for rung, title in TITLES.items()}
