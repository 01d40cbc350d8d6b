"""Calls: hands are asked for, people observe together, and what came of it is shown."""
