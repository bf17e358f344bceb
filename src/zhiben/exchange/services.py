"""Writes of exchange: one function a use case, each a single transaction."""
