"""What outsiders take with them: a verifier that shares no code with the platform."""
