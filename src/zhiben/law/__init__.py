"""The law as a library: dated packs and pure functions; no Django, no database."""
