"""Which site a form was sent from, as the browser says; a page cannot make it say anything else."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """Tell whether the browser says that another site sent this; False where it says nothing.

    `Sec-Fetch-Site` (W3C Fetch Metadata) goes first. Older browsers say only `Origin` (RFC 6454), `null` where they
    hide it.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and host_of(origin) != request.get_host()


def host_of(address: str) -> str:
    """Return host and port of an address; "" where it has none or cannot be read."""
    try:
        return urlsplit(address).netloc
    except ValueError:  # for example an open bracket
        return ""
