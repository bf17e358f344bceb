"""Documents on the API."""
