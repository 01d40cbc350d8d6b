"""Acts of calls."""
