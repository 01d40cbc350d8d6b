"""What changes the water: loading, levels, forecasts, learning, what-ifs."""
