"""What notices know without a database."""
