"""Writes of notices, a module each use case."""
