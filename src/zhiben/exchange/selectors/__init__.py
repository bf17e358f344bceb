"""Reads of exchange: each takes the actor."""
