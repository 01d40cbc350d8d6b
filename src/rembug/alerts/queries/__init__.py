"""Reads of warnings, one subject a file."""
