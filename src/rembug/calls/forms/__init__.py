"""Forms of calls."""
