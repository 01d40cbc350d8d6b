"""Counting wrong receipt tokens, in the cache that all processes share. No act: nothing of a report is touched."""

from django.conf import settings
from django.core.cache import caches

from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import TooMany
from rembug.reports.queries import receipt as receipts
from rembug.reports.rules import guessing


def check_token(*, actor: Actor, token: str, address: str) -> str:
    """Return the code of a token's report, empty for a wrong one, which is counted.

    `address` is the caller's network address; only a keyed hash of its prefix is kept, for an hour. Raises `TooMany`
    after ten wrong ones within the hour, unless the report was sent by this very phone.
    """
    keys = _keys(actor, address)
    shared = caches["default"]
    wrong = max((int(shared.get(key, 0)) for key in keys), default=0)
    source = (
        ids.keyed(settings.SECRET_KEY, "source", f"device:{actor.device_hash}") if actor.device_hash else ""
    )
    if guessing.held_up(wrong) and not (source and receipts.was_sent_by(token, source)):
        raise TooMany(
            "Tanda terima salah dicoba terlalu sering. Tunggu satu jam.", retry_after_s=guessing.WINDOW_S
        )
    code = receipts.code_of(token)
    if not code:
        for key in keys:
            shared.set(key, int(shared.get(key, 0)) + 1, guessing.WINDOW_S)
    return code


def _keys(actor: Actor, address: str) -> list[str]:
    hour = int(clock.now().timestamp() // guessing.WINDOW_S)
    places = [f"net:{guessing.prefix_of(address)}"] if address else []
    if actor.device_hash:
        places.append(f"device:{actor.device_hash}")
    return ["guess:" + ids.keyed(settings.SECRET_KEY, "guess", f"{place}:{hour}") for place in places]
