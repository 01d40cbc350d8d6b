"""Reads: what the pack says, boxes, matters as their readers see them."""
