"""Pages nested deeper than the parser goes (2,048 elements): the same text without the innermost tags (F27)."""

import re

#: Far below the parser's bound, since elements whose end may be left out are not counted.
_DEEPEST = 500
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>?")
#: Without content, or closed by what follows them (HTML §13.1.2.4): these do not nest, or are not missed.
_UNCOUNTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    " p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup html head body".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdo big cite code del dfn em font i ins kbd label q s samp small span strike strong sub sup tt u var".split()
)


def flattened(html: str) -> str:
    """The page without the tags that open, or close, an element below 500 levels; a block's tag leaves a line break."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        name = match["name"].lower()
        if name in _UNCOUNTED:
            return match[0]
        if match["end"]:
            depth = max(0, depth - 1)
            inner = depth >= _DEEPEST
        else:
            inner = depth >= _DEEPEST
            depth += 1
        if not inner:
            return match[0]
        return "" if name in _INLINE else "<br>"

    return _TAG.sub(kept, html)
