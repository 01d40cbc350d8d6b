"""Pages of warnings, one subject a file."""
