"""Writes of insights: one function a use case, each a single transaction."""
