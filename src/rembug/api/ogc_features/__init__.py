"""OGC API - Features, Parts 1 and 2 (OGC 17-069r4, 18-058r1): frozen versions for maps on the desk and on the web."""
