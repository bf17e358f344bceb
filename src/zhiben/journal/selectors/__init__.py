"""Reads of the journal: entries with their personal values, verification."""
