"""Canonical URLs: one spelling for each address, so that a link already known costs a set look-up.

The reading of an href follows the WHATWG URL Standard (what browsers do); the spelling of the result follows
RFC 3986 § 6.2 (case, percent-encoding and dot segments normalized).
"""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from nanhai_crawler.urls.host import canonical_host, is_loopback
from nanhai_crawler.urls.parameters import without_path_session, without_visit

__all__ = ["canonicalize", "host_of", "is_loopback"]

_SEGMENT = r"(?!\.\.?(?:[/?]|\Z))[A-Za-z0-9._~-]+"
#: One plain parameter (``?page=2``) may follow; those that could name a visit take the long way.
_ONE_PARAMETER = r"(?:\?(?!(?:spm|scm|cfid|hm[a-z]{2}|[a-z]+clid)=)[a-z]{1,6}=[A-Za-z0-9._~-]+)?"
_PATH = rf"(?:/{_SEGMENT})*/?{_ONE_PARAMETER}"
#: Hrefs that are canonical as they stand, or need only the origin or folder of the page put before them.
#: Ports that might be a default or out of range take the long way.
_CLEAN_ABSOLUTE = re.compile(
    rf"https?://[a-z0-9-]*[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]+/(?:{_SEGMENT}{_PATH})?\Z", re.ASCII
)
_CLEAN_ROOTED = re.compile(rf"/{_SEGMENT}{_PATH}\Z", re.ASCII)
_CLEAN_RELATIVE = re.compile(rf"{_SEGMENT}{_PATH}\Z", re.ASCII)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: Servers answer 414 to longer ones (Apache's LimitRequestLine 8,190; Tomcat's and nginx's buffers 8 KiB).
_LONGEST = 8190
_DEFAULT_PORTS = {"http": "80", "https": "443"}
#: WHATWG § 4.4: leading and trailing C0 controls and spaces are stripped, tab and newline removed everywhere.
_ENDS = "".join(map(chr, range(0x21)))
_REMOVED = {ord(char): None for char in "\t\n\r"}
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
#: RFC 3986 § 2.3.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: What is written otherwise than it came: all but unreserved, sub-delims, ':', '@', '/', '%' (and '?' in a
#: query).
_PATH_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]+")
_QUERY_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Base:
    scheme: str
    origin: str
    path: str
    folder: str


def canonicalize(url: str, base: str | None = None, *, encoding: str = "utf-8") -> str | None:
    """The absolute http(s) URL that an href on ``base`` leads to, spelled one way; null for nowhere.

    Nowhere: empty, ``#…`` alone, other schemes, a broken host or port, a relative href without a base,
    more than 8,190 characters. ``encoding`` is the page's charset: browsers write a raw Chinese query in it (the path always in UTF-8).
    User and password are dropped: they name a visitor, not a page. Never raises.
    """
    found = _canonical(url, base, encoding) if len(url) <= _LONGEST else None
    return found if found is not None and len(found) <= _LONGEST else None


def _canonical(url: str, base: str | None, encoding: str) -> str | None:
    """The short way for hrefs that are clean already, the long way for all others."""
    if _CLEAN_ABSOLUTE.match(url):
        return url
    known = _base(base) if base is not None else None
    if known is not None:
        if _CLEAN_ROOTED.match(url):
            return known.origin + url
        if _CLEAN_RELATIVE.match(url):
            return known.origin + known.folder + url
        if url.startswith(known.origin) and _CLEAN_ROOTED.match(url, len(known.origin)):
            return url
    return _resolve(url, known, encoding)


def host_of(url: str) -> str:
    """The host (and port, when it is not the default) of a canonical URL; empty for anything else."""
    _, mark, rest = url.partition("://")
    return rest.partition("/")[0] if mark else ""


def host_named(words: str) -> str:
    """The host (and port) that a person names, as canonical URLs have it; empty for what can be none."""
    return host_of(canonicalize(f"http://{words}/") or "")


@lru_cache(maxsize=1024)
def _base(base: str) -> _Base | None:
    canonical = _resolve(base, None, "utf-8")
    if canonical is None:
        return None
    scheme, _, rest = canonical.partition("://")
    host, _, tail = rest.partition("/")
    path = "/" + tail.partition("?")[0]
    return _Base(scheme=scheme, origin=f"{scheme}://{host}", path=path, folder=path[: path.rindex("/") + 1])


def _resolve(written: str, base: _Base | None, encoding: str) -> str | None:
    """The long way: scheme, then authority or a reference to the base, then path and query."""
    href = written.strip(_ENDS).translate(_REMOVED)
    href = _SURROGATES.sub("\ufffd", href).partition("#")[0]
    if not href:
        return None
    scheme = base.scheme if base else None
    match = _SCHEME.match(href)
    if match:
        same = match[1].lower() == scheme
        scheme, href = match[1].lower(), href[match.end() :]
        if scheme not in _DEFAULT_PORTS:
            return None
        slashes = len(href) - len(href.lstrip("/\\"))
        if not (same and slashes < 2):
            return _with_authority(scheme, href[slashes:], encoding)
    if scheme is None or base is None:
        return None
    if href[:1] in {"/", "\\"} and href[1:2] in {"/", "\\"}:
        return _with_authority(scheme, href.lstrip("/\\"), encoding)
    return _with_reference(base, href, encoding)


def _with_authority(scheme: str, rest: str, encoding: str) -> str | None:
    location, mark, query = rest.partition("?")
    authority, _, path = location.replace("\\", "/").partition("/")
    host, port = _split_port(authority.rpartition("@")[2])
    canonical = canonical_host(host)
    if canonical is None or port is None:
        return None
    origin = f"{scheme}://{canonical}" + (f":{port}" if port not in {"", _DEFAULT_PORTS[scheme]} else "")
    return _assemble(origin, "/" + path, mark + query, encoding)


def _with_reference(base: _Base, href: str, encoding: str) -> str:
    location, mark, query = href.partition("?")
    path = location.replace("\\", "/")
    if not path:
        path = base.path
    elif path[0] != "/":
        path = base.folder + path
    return _assemble(base.origin, path, mark + query, encoding)


def _split_port(authority: str) -> tuple[str, str | None]:
    """Host and port; the port is empty when none is told, null when it is no port."""
    if authority.endswith("]"):
        return authority, ""
    host, _, port = authority.rpartition(":") if ":" in authority else (authority, "", "")
    if not port:
        return host, ""
    if not (port.isascii() and port.isdigit()) or len(port) > 16 or not 0 < int(port) < 65536:
        return host, None
    return host, str(int(port))


def _assemble(origin: str, path: str, query: str, encoding: str) -> str:
    path = _PATH_UNSAFE.sub(lambda match: _quote(match[0], "utf-8"), path)
    path = _ESCAPE.sub(_normal_escape, path)
    path = _without_dots(without_path_session(path))
    if len(query) < 2:
        return origin + path
    charset = _query_charset(encoding)
    query = _QUERY_UNSAFE.sub(lambda match: _quote(match[0], charset), query[1:])
    query = without_visit(_ESCAPE.sub(_normal_escape, query))
    return f"{origin}{path}?{query}" if query else origin + path


def _quote(text: str, charset: str) -> str:
    """Percent-encoded; what the charset lacks becomes ``&#…;``, encoded too (WHATWG § 1.3)."""
    return "".join(f"%{byte:02X}" for byte in text.encode(charset, "xmlcharrefreplace"))


def _normal_escape(match: re.Match[str]) -> str:
    """Upper-case hex; unreserved characters unescaped; a stray ``%`` escaped, lest it join what follows."""
    if match[1] is None:
        return "%25"
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


@lru_cache(maxsize=64)
def _query_charset(encoding: str) -> str:
    """The codec that browsers write queries in: the page's, but UTF-8 for unknown ones and for UTF-16."""
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except (LookupError, ValueError, TypeError):
        return "utf-8"
    if name == "gb2312":
        return "gbk"
    return "utf-8" if name.startswith(("utf", "idna", "punycode")) else name


def _without_dots(path: str) -> str:
    """RFC 3986 § 5.2.4, keeping empty segments as browsers do."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)
