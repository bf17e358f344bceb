"""Writes of files: one function a use case, each a single transaction."""
