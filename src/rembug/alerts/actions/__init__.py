"""What can be done with a warning, one verb a function."""
