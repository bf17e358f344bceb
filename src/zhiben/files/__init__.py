"""Evidence: originals with their hash, derived pictures, retention."""
