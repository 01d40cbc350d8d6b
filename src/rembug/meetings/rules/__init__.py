"""What may become of a follow-up item, and when somebody is reminded: plain Python."""
