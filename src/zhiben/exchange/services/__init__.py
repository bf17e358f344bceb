"""Writes of exchange: one function a use case."""
