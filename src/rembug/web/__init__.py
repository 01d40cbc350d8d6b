"""Pages that span steps: home, map, log, the shell of the installable app."""
