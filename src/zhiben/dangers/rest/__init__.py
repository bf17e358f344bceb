"""Dangers on the API."""
