"""Network addresses: whether a host is one that the whole internet sees, or somebody's inner network (FAULTS F22)."""

import asyncio
import ipaddress
import socket


async def is_public(host: str) -> bool:
    """Whether every address that the host has now is a public one; false for a host that has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return bool(found) and all(
        ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global for *_, place in found
    )
