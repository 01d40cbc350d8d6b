"""Sealing, receipts, states, limits: plain Python."""
