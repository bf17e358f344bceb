"""Files in and out: ledgers imported, lists exported."""
