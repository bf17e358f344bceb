"""Messages to mobile phones."""
