"""Reads of cases, one subject a file."""
