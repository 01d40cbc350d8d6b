"""CKAN Action API, the part that reads: so that a city's portal can harvest (docs.ckan.org, API version 3)."""
