"""Hosts as browsers write them (WHATWG URL Standard, § 3.5 host parsing)."""

import ipaddress
import re
from urllib.parse import unquote

#: WHATWG's forbidden domain code points, less those that the URL's own syntax has already cut off.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^|]")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|\d+")
#: RFC 1035 § 2.3.4.
_MAX_HOST_LENGTH = 253


def canonical_host(written: str) -> str | None:
    """The host in lower case, IDNA-encoded, numbers as a dotted IPv4 address; null when it is none."""
    if written.startswith("["):
        return _ipv6(written)
    host = unquote(written).replace("\u3002", ".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    host = host.removesuffix(".")
    if (
        not host
        or len(host) > _MAX_HOST_LENGTH
        or ".." in host
        or "." in {host[0], host[-1]}
        or _FORBIDDEN.search(host)
    ):
        return None
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        return _ipv4(host)
    return host


def _ipv6(written: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(written.removeprefix('[').removesuffix(']')).compressed}]"
    except ValueError:
        return None


def _ipv4(host: str) -> str | None:
    """WHATWG's IPv4 parser: 1 to 4 parts, decimal, octal or hexadecimal, the last fills what is left."""
    numbers = [_number(part) for part in host.split(".")]
    *first, last = numbers
    if len(numbers) > 4 or last is None or last >= 256 ** (5 - len(numbers)):
        return None
    value = last
    for place, number in enumerate(first):
        if number is None or number > 255:
            return None
        value += number << (8 * (3 - place))
    return str(ipaddress.IPv4Address(value))


def _number(part: str) -> int | None:
    if len(part) > 16 or not _NUMBER.fullmatch(part):
        return None
    try:
        if part[:2] in {"0x", "0X"}:
            return int(part[2:] or "0", 16)
        return int(part, 8 if len(part) > 1 and part[0] == "0" else 10)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host, with or without port, is this machine itself: localhost, 127.0.0.0/8, ::1."""
    bare = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    if bare.lower().removesuffix(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False
