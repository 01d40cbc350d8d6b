"""The append-only log and its Merkle tree: when, who, verb, object, data."""
