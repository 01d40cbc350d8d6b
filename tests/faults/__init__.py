"""Faults on purpose: what is killed, refused or cut in the middle, and what must still hold."""
