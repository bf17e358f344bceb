"""Filters for figures."""
