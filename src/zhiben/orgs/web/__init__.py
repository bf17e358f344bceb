"""Doors of orgs."""
