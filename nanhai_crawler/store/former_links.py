"""Former links: where a page led when it was captured last, read out of its snapshot."""

from sqlalchemy import Connection

from nanhai_crawler.pages.document import parse
from nanhai_crawler.pages.links import base_of, find_links
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.kept_body import body_of


def former_links(connection: Connection, folder: ArchiveFolder, url: str, payload_digest: str) -> set[str]:
    """The URLs that the page at ``url`` led to when it had that payload; empty where that is not kept whole."""
    body = body_of(connection, folder, payload_digest)
    if body is None:
        return set()
    document = parse(url, body, header_charset=None)
    base = base_of(document.root, url)
    links = find_links(document.root, base, breadcrumb=(), encoding=document.decoded.charset)
    return {link.url for link in links}
