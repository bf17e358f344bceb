"""Zhiben (治本): hidden dangers of work safety found, owned, watched and cleared, by the law in force on the day."""
