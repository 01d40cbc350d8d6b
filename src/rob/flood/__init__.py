"""The moving flood: the local-inertial equations over a city with dykes, gates, pumps, rain and rivers."""
