"""Pure rules of units, industries and roles."""
