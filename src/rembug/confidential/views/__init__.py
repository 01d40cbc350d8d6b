"""Pages of reporters (who are nobody) and of recipients."""
