"""White space and width: what is folded when the archive keeps a page's characters, and when it compares."""

import re
import unicodedata
from functools import lru_cache

#: Characters of no width that part nothing (ZWSP, ZWNJ, ZWJ, word joiner, BOM): deleted, for a space in
#: their place would part what the page shows as one word. The soft hyphen stays: it is neither white space
#: nor of no width, but a mark that shows where a line breaks; DESIGN names what may be folded, and it is
#: not among it.
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"

#: What ``str.split`` parts words at, told by one for one: a class such as ``\\s`` takes a regex twice as long.
_WHITE = "".join(filter(str.isspace, map(chr, range(0x3001))))
_KEPT = {ord(char): None for char in ZERO_WIDTH}
_KEPT.update(
    {0xFF01 + offset: 0x21 + offset for offset in range(0x5E) if chr(0x21 + offset).isalnum()}  # type: ignore[misc]
)
#: Most texts have nothing to fold but white space at their ends: looking first takes a fifth of the time of folding.
_TO_TRANSLATE = re.compile(f"[{ZERO_WIDTH}０-９Ａ-Ｚａ-ｚ]")
_TO_FOLD = re.compile(f"[{re.escape(_WHITE)}{ZERO_WIDTH}０-９Ａ-Ｚａ-ｚ]")
_UNSEEN = re.compile(f"[{ZERO_WIDTH}\u00ad]")
#: Titles, columns and tags of a page are compared with each other again and again.
_REMEMBERED = 1024


def fold(text: str) -> str:
    """The text on one line, as the archive keeps it.

    Every run of white space (NBSP, U+3000, line and paragraph separators, CR, LF, tab, …) is one space,
    none at the ends; zero-width characters are gone; full-width Latin letters and digits are ASCII. Nothing
    else changes: no punctuation, no compatibility character (NFKC is never for keeping).
    """
    text = text.strip()
    if _TO_FOLD.search(text) is None:
        return text
    if _TO_TRANSLATE.search(text):
        text = text.translate(_KEPT)
    return " ".join(text.split())


@lru_cache(maxsize=_REMEMBERED)
def compare_form(text: str) -> str:
    """NFKC, case folded, without white space or invisible characters: for comparing only, never kept."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_UNSEEN.sub("", folded).split())
