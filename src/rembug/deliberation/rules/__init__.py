"""What holds of proposals, in plain Python."""
