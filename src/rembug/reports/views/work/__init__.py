"""Handlers' pages under /kerja/."""
