"""Loading lessons, opening classes, counting answers."""
