"""Guessing receipts: ten wrong ones an hour from one phone or one network prefix, then a pause (R-10).

A token has 128 random bits, so guessing is hopeless anyway; the pause makes trying cost the city nothing. The phone
that sent a report opens its own receipt even while its neighbourhood is held up.
"""

TRIES = 10
WINDOW_S = 3600


def held_up(wrong: int) -> bool:
    """Tell whether somebody with so many wrong tries within the hour has to wait."""
    return wrong >= TRIES


def prefix_of(address: str) -> str:
    """Return the network prefix whose tries are counted together: IPv4 /24, IPv6 /48."""
    if ":" in address:
        return ":".join(address.split(":")[:3])
    return ".".join(address.split(".")[:3])
