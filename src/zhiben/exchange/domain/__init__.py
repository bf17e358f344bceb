"""What a ledger says, read without Django: workbooks, headings, cells, rows."""
