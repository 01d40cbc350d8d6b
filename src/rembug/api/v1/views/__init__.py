"""One file a subject: intake, the map, open data."""
