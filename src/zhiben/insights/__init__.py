"""The clearing ledger: tallies derived from the journal, cohorts, age, on-time share."""
