"""Pages of lessons and classes."""
