"""Reads of the reports app, one subject a file."""
