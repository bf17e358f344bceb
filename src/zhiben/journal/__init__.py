"""Events, the hash chain, cursors of consumers, verification, signed daily roots."""
