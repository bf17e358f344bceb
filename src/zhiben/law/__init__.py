"""The law as a library: dated packs, and pure functions over them. No Django, no database; usable in a notebook."""
