"""Common Alerting Protocol 1.2: each message as it was signed, and an Atom feed that links them."""
