"""Confidential reports: whoever holds a receipt, and recipients with their key. No administrator."""

from rembug.lib.access import PUBLIC, Access

CONFIDENTIAL: dict[str, Access] = {
    "confidential:start": Access(PUBLIC),
    "confidential:tell": Access(PUBLIC, object="nothing is kept about who asks (confidential.middleware)"),
    "confidential:reopen": Access(PUBLIC, object="the matter of the receipt's sixteen digits"),
}
