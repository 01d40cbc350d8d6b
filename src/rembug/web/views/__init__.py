"""Pages that span steps, one subject a file."""
