"""Rules of the water: plain Python."""
