"""Filters of the app."""
