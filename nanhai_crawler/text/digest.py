"""The text digest: what tells whether an article's text has changed."""

import hashlib
import unicodedata

from nanhai_crawler.text.whitespace import ZERO_WIDTH

_ZERO_WIDTH = {ord(char): None for char in ZERO_WIDTH}


def text_digest(title: str, body: str) -> str:
    """``sha256:`` and 64 hex digits; equal where only white space or compatibility forms differ.

    To recompute it elsewhere: take the title, then each line of the body (lines end with LF). Of each, make
    the Unicode normalization form NFKC, then remove every white-space character (property White_Space, and
    U+001C to U+001F) and U+200B, U+200C, U+200D, U+2060, U+FEFF. Leave out the body's lines that are now
    empty. Join title and lines with LF, encode as UTF-8, take SHA-256.
    """
    lines = filter(None, map(squeezed, body.split("\n")))
    joined = "\n".join((squeezed(title), *lines))
    return "sha256:" + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def squeezed(line: str) -> str:
    """The line in NFKC, without white space and what has no width."""
    return "".join(unicodedata.normalize("NFKC", line).translate(_ZERO_WIDTH).split())
