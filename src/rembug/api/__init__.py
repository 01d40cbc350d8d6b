"""One package for each public standard."""
