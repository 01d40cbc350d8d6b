"""What people fill in about evidence."""
