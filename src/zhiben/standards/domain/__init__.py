"""Pure rules of facts: which value counts on a day, and until when."""
