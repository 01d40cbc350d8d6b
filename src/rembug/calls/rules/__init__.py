"""Where an observation says most, and what was expected beside what was seen: plain Python."""
