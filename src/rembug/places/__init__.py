"""Cities, areas, landmarks, geometry and cells."""
