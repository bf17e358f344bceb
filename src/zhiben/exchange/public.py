"""What other rooms, the demo and the command line may use of exchange."""

from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.selectors.places import actor_named
from zhiben.exchange.services.exporting import start_export, write_export
from zhiben.exchange.services.importing import Report, import_ledger, report_of, rows_of, try_ledger

__all__ = [
    "ExchangePermission",
    "Report",
    "actor_named",
    "import_ledger",
    "report_of",
    "rows_of",
    "start_export",
    "try_ledger",
    "write_export",
]
