"""What reporters and recipients fill in."""
