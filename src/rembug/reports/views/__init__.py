"""Pages of the reports app, one page a file."""
