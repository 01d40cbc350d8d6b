"""Drills: what operators do on a bad day, done with real processes."""
