"""Reading lessons and classes."""
