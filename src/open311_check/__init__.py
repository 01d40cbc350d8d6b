"""Checks any Open311 GeoReport v2 server against the standard; needs Python alone, shares no code with a server."""
