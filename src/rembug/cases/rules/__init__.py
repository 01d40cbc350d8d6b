"""States, working days, clocks and routes of cases: plain Python."""
