"""Facts and determinations on the API."""
