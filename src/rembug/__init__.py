"""Rembug: what people see in their street, carried to a decision that the city keeps."""
