"""Pages of the app, one subject a file."""
