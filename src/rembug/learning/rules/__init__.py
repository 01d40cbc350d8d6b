"""Plain rules of lessons: words to pages, shares with their intervals."""
