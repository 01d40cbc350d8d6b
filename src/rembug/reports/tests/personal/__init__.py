"""A person's own data in reports."""
