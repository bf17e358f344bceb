"""Writes of standards: one function a use case, each a single transaction."""
