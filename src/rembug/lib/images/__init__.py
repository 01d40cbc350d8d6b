"""Photos from strangers: decoded far away from the web process, passed on without their metadata."""
