"""Writes of notices: one function a use case, each a single transaction."""
