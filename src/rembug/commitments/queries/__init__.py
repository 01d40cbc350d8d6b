"""Reads of promises, one subject a file."""
