"""The network address that a request came from, behind as many proxies as the operator says there are."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

ONE_HOME = (
    64  # bits that name a network of IPv6: one customer holds all addresses below them (RFC 6177, RFC 7421)
)


def of(request: HttpRequest) -> str:
    """Return the address; what stands left of our own proxies in `X-Forwarded-For` anybody may have written."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """Return what to count a sender by: the address of IPv4, the network (/64) of IPv6, else the words as they came."""
    address = of(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), ONE_HOME), strict=False))
