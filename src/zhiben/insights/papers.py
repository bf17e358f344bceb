"""The documents of insights: a bulletin, and a statutory form as it was locked. Their facts are gathered in `paper_facts`."""

from zhiben.documents.public import DocumentKind, register_kind
from zhiben.kernel.bilingual import Bilingual

_PERIOD = ("part", "period", "first", "last", "edition")
_RANKED = ("ahead", "behind", "firms_ahead", "firms_behind")

BULLETIN = DocumentKind(
    "report:bulletin",
    Bilingual("隐患治理简报（周报、月报）", "Bulletin, weekly or monthly"),
    "insights/bulletin",
    (
        *_PERIOD,
        "under_way",
        "late",
        "restated",
        "came",
        "went",
        "open",
        "overdue",
        "compared",
        *_RANKED,
        "figures",
        "longest",
        *(f"figures.{name}" for name in ("name", "now", "major", "before", "change")),
        *(f"{held}.{name}" for held in _RANKED for name in ("name", "why")),
        *(f"longest.{name}" for name in ("number", "text", "where", "level", "days")),
    ),
)
FORM = DocumentKind(
    "report:form",
    Bilingual("隐患排查治理情况统计表", "Statutory form on hidden dangers"),
    "insights/form",
    (
        *_PERIOD,
        "version",
        "locked_at",
        "locked_by",
        "why_restated",
        "digest",
        "no_amount",
        "cells",
        "rows",
        *(f"cells.{name}" for name in ("name", "n", "share")),
        *(f"rows.{name}" for name in ("name", "general", "major", "planned", "listed", "funds")),
    ),
)
KINDS = (BULLETIN, FORM)

for kind in KINDS:
    register_kind(kind)
