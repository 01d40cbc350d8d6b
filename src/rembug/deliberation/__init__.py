"""Proposals on their way through the planning path, and what each body answered."""
