"""What a result was made from, as one hash: equal inputs, equal hash."""

import hashlib
import json
from typing import Any


def digest_of(**parts: Any) -> str:
    """Return the SHA-256 of plain JSON values, whatever the order of their names."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
