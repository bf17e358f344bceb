"""What other rooms may use of insights: its tables, to be taken out as files."""

from zhiben.insights.asked import asked_of
from zhiben.insights.domain.form_cells import FormCell
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.tables import CLEARING_COLUMNS, form_rows, heading_of, ledger_rows, name_of

__all__ = [
    "CLEARING_COLUMNS",
    "FormCell",
    "InsightPermission",
    "asked_of",
    "form_rows",
    "heading_of",
    "ledger_rows",
    "name_of",
]
