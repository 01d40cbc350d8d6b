"""Small things that every app needs, one subject a file."""
