"""Reads of proposals and answers, one subject a file."""
