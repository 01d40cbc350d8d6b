"""One file a format; all of them write the same frozen rows, byte for byte the same each time."""
