"""SURT: the key under which indexes of web archives (CDX, CDXJ) find a URL whatever its spelling: ``com,example)/a?b=c``.

The rules are the Wayback Machine's: what hardly ever tells two pages apart (scheme, ``www.``, letter case, order of
parameters, session ids, the slash at the end) is left out of the key. They are written here from what is public of them:

- the reversed host: Heritrix's glossary, SURT (Sort-friendly URI Reordering Transform);
- dots, escapes and folders: Google Safe Browsing API, URLs and Hashing, «Canonicalization»;
- ``www``, letter case and which session ids: Heritrix's wiki, «URI Canonicalization Rules»; their forms as IIPC's
  webarchive-commons has them (``URLRegexTransformer``, Apache License 2.0).

The library ``surt`` (AGPL) is neither used nor copied. The tests hold the keys against those of cdxj-indexer, from outside.
"""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

#: Printable ASCII without ``#`` and ``%``, which in a key are always escaped.
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_WWW = re.compile(r"www\d*\.")
_IPV4_NUMBER = re.compile(r"\d+")
#: Session ids of Java, PHP and ColdFusion servers, and of ASP, in a query; each with the ampersand behind it.
_QUERY_SESSIONS = tuple(
    re.compile(rf"(.*){session}(?:&(.*))?", re.IGNORECASE | re.DOTALL)
    for session in (
        *(f"{name}=[0-9a-z]{{32}}" for name in ("jsessionid", "phpsessid", "sid")),
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)
#: The cookieless session of ASP.NET, a folder in the path.
_PATH_SESSIONS = (
    re.compile(r"(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)", re.IGNORECASE | re.DOTALL),
    re.compile(r"(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)", re.IGNORECASE | re.DOTALL),
)


def surt(url: str) -> str:
    """The key of an absolute http or https URL, in ASCII."""
    parts = urlsplit(url)
    host = (parts.hostname or "").replace("..", ".").strip(".")
    labels = _without_www(_plain_ip(host)).split(".")
    port = f":{parts.port}" if parts.port not in {None, _DEFAULT_PORTS.get(parts.scheme)} else ""
    query = _query_key(_escaped(parts.query))
    return ",".join(reversed(labels)) + port + ")" + _path_key(parts.path) + (f"?{query}" if query else "")


def _plain_ip(host: str) -> str:
    """The four numbers of an IPv4 address that is written as one."""
    if not _IPV4_NUMBER.fullmatch(host):
        return host
    return ".".join(map(str, (int(host) & 0xFFFFFFFF).to_bytes(4, "big")))


def _without_www(host: str) -> str:
    found = _WWW.match(host)
    return host[found.end() :] if found else host


def _path_key(path: str) -> str:
    kept: list[str] = []
    for part in _unescaped(path).decode("latin-1").split("/")[1:]:
        if part == ".." and kept:
            kept.pop()
        elif part != ".":
            kept.append(part)
    # An empty folder counts for "..", and is then left out.
    plain = "/" + "/".join([*filter(None, kept[:-1]), *kept[-1:]])
    key = quote_from_bytes(plain.encode("latin-1"), safe=_SAFE).lower()
    for session in _PATH_SESSIONS:
        if found := session.fullmatch(key):
            key = found[1] + found[2]
    return key[:-1] if key.endswith("/") and len(key) > 1 else key


def _query_key(query: str) -> str:
    for session in _QUERY_SESSIONS:
        if found := session.fullmatch(query):
            query = found[1] + (found[2] or "")
    pairs = sorted(tuple(pair.split("=", 1)) for pair in query.lower().split("&"))
    return "&".join(map("=".join, pairs))


def _escaped(text: str) -> str:
    return quote_from_bytes(_unescaped(text), safe=_SAFE)


def _unescaped(text: str) -> bytes:
    """The bytes that ``text`` stands for, however often they were escaped."""
    plain = text.encode()
    while (less := unquote_to_bytes(plain)) != plain:
        plain = less
    return plain
