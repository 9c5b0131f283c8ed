"""Bytes to a tree: the charset by evidence, then lxml's HTML parser."""

from dataclasses import dataclass

from lxml import etree

from nanhai_crawler.pages.nesting import flattened
from nanhai_crawler.text.charset import Decoded, decode

# huge_tree: without it libxml2 drops text below 255 levels of nesting, silently (F27).
_PARSER = etree.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
)
_NUL = "\ufffd".encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A page as a tree, with the URL it came from and how its bytes were read."""

    url: str
    root: etree._Element
    decoded: Decoded


def parse(
    url: str, payload: bytes, *, header_charset: str | None, site_charset: str | None = None
) -> Document:
    """The page's tree; an empty ``html`` element where there is nothing to parse. Never raises on any bytes."""
    decoded = decode(payload, header_charset=header_charset, site_charset=site_charset)
    return Document(url=url, root=_tree(decoded), decoded=decoded)


def _tree(decoded: Decoded) -> etree._Element:
    root = None
    if decoded.text.strip():
        root = _parsed(decoded.utf8)
        if root is None or _was_cut():
            root = _parsed(flattened(decoded.text).encode("utf-8", "replace"))
    if root is None:
        return etree.Element("html")
    if b" hidden" in decoded.utf8:
        _hide(root)
    return root


def _parsed(html: bytes) -> etree._Element | None:
    """The tree of a page in UTF-8, with U+FFFD for NUL as HTML has it (§13.2.5.1): libxml2 would end the page there."""
    try:
        return etree.fromstring(html.replace(b"\0", _NUL), _PARSER)
    except etree.ParserError:
        return None


def _was_cut() -> bool:
    """Whether the parser gave up on the page it had last: beyond 2,048 levels it keeps nothing, and raises nothing."""
    error = _PARSER.error_log.last_error
    return error is not None and error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _hide(root: etree._Element) -> None:
    """Elements with the attribute ``hidden`` are as their style would hide them (HTML §6.1)."""
    for element in root.iter(etree.Element):
        if "hidden" in element.attrib:
            element.set("style", "display:none")
