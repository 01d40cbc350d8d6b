"""The sea and what it does to streets: stations, levels, forecasts, ground, what-ifs."""
