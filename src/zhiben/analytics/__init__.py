"""Columns: a population laid out by fact, and every clause asked of it at once."""
