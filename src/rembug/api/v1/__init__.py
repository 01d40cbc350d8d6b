"""Rembug's own JSON interface: intake for programs, the map's data, open data."""
