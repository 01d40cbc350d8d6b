"""Reads of the water: what is in force, what the forecast says, how good it was."""
