"""The whole loop with people of all four spheres, on simulated months."""
