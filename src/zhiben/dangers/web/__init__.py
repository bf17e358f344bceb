"""Pages of hidden dangers."""
