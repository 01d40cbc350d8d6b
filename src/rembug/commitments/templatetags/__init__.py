"""Template words of the app."""
