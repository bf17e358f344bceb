"""Writes of the journal: recording, consuming, shredding, signing days."""
