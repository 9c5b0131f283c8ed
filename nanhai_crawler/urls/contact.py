"""Whom a site's keepers can write to: a mail address, or a page that says how."""

import re

_REACHABLE = re.compile(r"[^\s@<>]+@[^\s@<>]+|https?://[^\s/]+", re.IGNORECASE)


def is_contact(text: str) -> bool:
    """Whether there is a mail address or a web address in it, and it can stand in a request's header (RFC 9110, 5.5)."""
    return text.isascii() and text.isprintable() and _REACHABLE.search(text) is not None
