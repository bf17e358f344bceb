"""Doors of insights."""
