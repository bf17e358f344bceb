"""Reads of dangers. Every function takes the actor, so no read can forget who asks."""
