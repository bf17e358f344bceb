"""Rules of the journal that need no database: canonical text, links of a chain, trees of heads."""
