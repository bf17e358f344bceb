"""Figures on the API."""
