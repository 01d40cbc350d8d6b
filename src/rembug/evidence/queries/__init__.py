"""Reads of evidence, one subject a file."""
