"""What other rooms, the demo and the command line may use of exchange."""

from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.services.importing import Report, import_ledger, report_of, rows_of, try_ledger

__all__ = ["ExchangePermission", "Report", "import_ledger", "report_of", "rows_of", "try_ledger"]
