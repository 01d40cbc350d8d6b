"""Reads of meetings, one subject a file."""
