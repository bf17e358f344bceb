"""What files know without a database."""
