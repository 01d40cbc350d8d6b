"""Short lessons with live local figures, and classes that count answers without knowing anybody."""
