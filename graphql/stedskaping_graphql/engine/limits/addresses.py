"""Where a request comes from, also behind proxies."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network
# A household gets at least this much of IPv6, so single addresses say nothing about who it is.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The address of the caller: an IPv4 address, or the /64 network of an IPv6 address.

    It is the peer's, unless the peer is one of `STEDSKAPING_TRUSTED_PROXIES`. Then `X-Forwarded-For` is read
    from its end, where our own proxies write, up to the first address that isn't one of them. Anything before
    that may be made up. A peer without an address, such as a socket on this machine, is trusted if `unix` is
    among the proxies.
    """
    trusted = _networks(tuple(getattr(settings, "STEDSKAPING_TRUSTED_PROXIES", ())))
    address = request.META.get("REMOTE_ADDR") or "unix"
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    while forwarded and _is_trusted(address, trusted):
        before = _plain(forwarded.pop())
        if before is None:
            break
        address = before
    return _network(address)


def _plain(text: str) -> str | None:
    """An address as a proxy wrote it, without port and brackets; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def _is_trusted(address: str, trusted: tuple[Network | str, ...]) -> bool:
    if address in trusted:
        return True
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(not isinstance(network, str) and parsed in network for network in trusted)


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed.packed, IPV6_PREFIX), strict=False))


@lru_cache(maxsize=8)
def _networks(written: tuple[str, ...]) -> tuple[Network | str, ...]:
    return tuple(name if name == "unix" else ip_network(name) for name in written)
