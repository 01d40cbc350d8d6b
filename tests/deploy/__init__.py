"""The files that a server is set up with."""
