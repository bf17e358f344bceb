"""What other rooms, the demo and the command line may use of exchange."""

from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.services.exporting import start_export, write_export
from zhiben.exchange.services.importing import Report, import_ledger, report_of, rows_of, try_ledger
from zhiben.exchange.services.lists import DANGERS, danger_rows

__all__ = [
    "DANGERS",
    "ExchangePermission",
    "Report",
    "danger_rows",
    "import_ledger",
    "report_of",
    "rows_of",
    "start_export",
    "try_ledger",
    "write_export",
]
