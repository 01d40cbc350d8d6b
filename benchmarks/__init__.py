"""Figures, side by side with a peer where one can be installed; not tests."""
