"""What a response says it is."""

from scrapy.http import Response

#: WHATWG MIME Sniffing Standard, § 7.1: how HTML begins that came without a type (a BOM cut off).
_HTML_BEGINNINGS = (
    b"<!doctype html", b"<html", b"<head", b"<script", b"<iframe", b"<h1", b"<div", b"<font", b"<table", b"<a",
    b"<style", b"<title", b"<b", b"<body", b"<br", b"<p", b"<!--", b"<meta", b"<link",
)  # fmt: skip
#: The same, § 5: what stands for no type at all.
_UNKNOWN = frozenset(("", "unknown/unknown", "application/unknown", "*/*"))
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_BOM = b"\xef\xbb\xbf"


def is_html(response: Response) -> bool:
    """Whether the response is a page, by its type, or by its first bytes where it has none."""
    media_type = _header(response).partition(";")[0].strip().lower()
    if media_type not in _UNKNOWN:
        return media_type in _HTML
    return response.body[:512].removeprefix(_BOM).lstrip().lower().startswith(_HTML_BEGINNINGS)


def declared_charset(response: Response) -> str | None:
    """The charset that the header names, as written; null for none."""
    for parameter in _header(response).split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'") or None
    return None


def _header(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
