"""The network address that a request came from, behind as many proxies as the operator says there are."""

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """Return the address; what stands left of our own proxies in `X-Forwarded-For` anybody may have written."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
