"""Writes of orgs: one function a use case, each a single transaction."""
