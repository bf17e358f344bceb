"""Reads of orgs: the tree, parties and people, and what an account may do."""
