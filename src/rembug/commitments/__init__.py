"""Promises with memory: who promised what, whether it was kept, whether it worked."""
