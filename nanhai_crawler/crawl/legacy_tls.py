"""TLS as old servers speak it (TLS 1.0, DHE-1024), for sites whose file asks for it (FAULTS F21)."""

from typing import Any

from OpenSSL import SSL
from scrapy.crawler import Crawler
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from nanhai_crawler.crawl.message_head import BoundedHeadHandler

#: OpenSSL's security level 0 allows what was usual until 2018 (SSL_CTX_set_security_level(3)). Scrapy's setting for
#: ciphers cannot say it: Twisted expands the words into names of ciphers, and the level is lost.
_CIPHERS = b"DEFAULT:@SECLEVEL=0"


class LegacyTlsHandler(BoundedHeadHandler):
    """The usual handler, with the security level of OpenSSL lowered; certificates are checked as the settings say."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory: Any = _Lowered(self._contextFactory)


@implementer(IPolicyForHTTPS)
class _Lowered:
    def __init__(self, policy: Any) -> None:
        self._policy = policy

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802  Twisted's name
        creator = self._policy.creatorForNetloc(hostname, port)
        _context_of(creator).set_cipher_list(_CIPHERS)
        return creator


def _context_of(creator: Any) -> SSL.Context:
    """The context that the creator's connections have; Twisted 26.4 keeps it elsewhere than those before."""
    context: SSL.Context | None = getattr(creator, "_ctx", None)
    return context if context is not None else creator._createConnection.__self__.getContext()
