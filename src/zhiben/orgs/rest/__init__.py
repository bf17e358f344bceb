"""Units, enterprises and oneself on the API."""
