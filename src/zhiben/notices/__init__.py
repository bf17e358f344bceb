"""Messages to people and the receipts of them."""
