"""What a citizen saw: intake, photos, verdicts, incidents, replies."""
