"""Secret links: only a keyed hash of their token is kept."""

from django.conf import settings

from rembug.lib import ids


def hash_of(token: str) -> str:
    """Return what the database keeps of an invitation link's token."""
    return ids.keyed(settings.SECRET_KEY, "invitation", token, length=64)
