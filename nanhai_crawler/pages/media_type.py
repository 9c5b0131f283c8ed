"""What a response says it is, by its Content-Type and its first bytes."""

#: WHATWG MIME Sniffing Standard, § 7.1: how HTML begins that came without a type (a BOM cut off).
_HTML_BEGINNINGS = (
    b"<!doctype html", b"<html", b"<head", b"<script", b"<iframe", b"<h1", b"<div", b"<font", b"<table", b"<a",
    b"<style", b"<title", b"<b", b"<body", b"<br", b"<p", b"<!--", b"<meta", b"<link",
)  # fmt: skip
#: The same, § 5: what stands for no type at all.
UNKNOWN_TYPES = frozenset(("", "unknown/unknown", "application/unknown", "*/*"))
HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_BOM = b"\xef\xbb\xbf"


def is_html(content_type: str, body: bytes) -> bool:
    """Whether ``body`` is a page, by its type, or by its first bytes where it has none."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in UNKNOWN_TYPES:
        return media_type in HTML_TYPES
    return body[:512].removeprefix(_BOM).lstrip().lower().startswith(_HTML_BEGINNINGS)


def declared_charset(content_type: str) -> str | None:
    """The charset that the header names, as written; null for none."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'") or None
    return None
