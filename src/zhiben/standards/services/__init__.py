"""Writes of standards: one module a use case."""
