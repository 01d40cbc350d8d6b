"""Pages of cases, one subject a file."""
