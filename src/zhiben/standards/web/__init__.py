"""Doors of standards."""
