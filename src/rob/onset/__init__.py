"""The sea level at which each place floods."""
