"""Reading reports that other systems keep: one file a format, each yields drafts or refusals, row by row."""
