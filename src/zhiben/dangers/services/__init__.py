"""Writes of dangers: one function a use case, each a single transaction."""
