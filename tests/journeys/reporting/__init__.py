"""The report flow, on a phone, online and offline."""
