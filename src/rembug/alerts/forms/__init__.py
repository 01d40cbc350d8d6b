"""What people fill in about warnings."""
