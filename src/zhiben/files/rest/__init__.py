"""Files on the API."""
