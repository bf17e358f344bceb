"""What every room speaks: errors, actors, ids, periods, bilingual text, three-valued logic, exact quantities."""
