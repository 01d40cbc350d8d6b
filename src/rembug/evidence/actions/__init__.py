"""What can be done with evidence, one verb a function."""
