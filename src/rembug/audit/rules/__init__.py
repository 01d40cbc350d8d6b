"""What the log is made of: canonical leaves, the Merkle tree, signed notes, the words for each verb. No Django."""

from rembug.audit.rules.canonical import Leaf, canonical, commitment, content, instant, leaf_hash, sealed

__all__ = ["Leaf", "canonical", "commitment", "content", "instant", "leaf_hash", "sealed"]
