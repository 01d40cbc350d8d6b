"""Files in and out. Every fault names the file, the field and the remedy."""
