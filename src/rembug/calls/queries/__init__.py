"""Reads of calls, one subject a file."""
