"""What holds of promises, in plain Python."""
