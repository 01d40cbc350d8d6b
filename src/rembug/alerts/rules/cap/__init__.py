"""CAP 1.2 (OASIS Standard, July 2010): written in the schema's order, and read with suspicion."""
