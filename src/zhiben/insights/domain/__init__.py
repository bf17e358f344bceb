"""Pure arithmetic of the clearing ledger."""
