"""Open311 GeoReport v2 (open311.org): services, requests in and out, in XML and JSON, with what is used around it."""
