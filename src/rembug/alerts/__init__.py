"""Alerts: warnings drafted by the forecast, released by people, and those of others, relayed as they are."""
