"""What the clock knows without a database."""
