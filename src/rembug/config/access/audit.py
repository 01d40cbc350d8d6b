"""The public log: who may call which address."""

from rembug.lib.access import PUBLIC, Access

AUDIT: dict[str, Access] = {
    "audit:log": Access(PUBLIC),
    "audit:entry": Access(PUBLIC),
    "audit:checkpoint": Access(PUBLIC),
    "audit:checkpoints": Access(PUBLIC),
    "audit:checkpoint_at": Access(PUBLIC),
    "audit:tile": Access(PUBLIC),
    "audit:verifier": Access(PUBLIC),
}
