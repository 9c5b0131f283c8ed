"""A tree as the lines a reader sees: one for each paragraph, list row, table cell or run of text between two ``br``.

Everything else in this room reads lines, never tags: that is what makes div, p, br, table and Word markup say the same.
Block and inline follow the HTML standard's rendering section (§15.3); script, style and form controls say nothing.
"""

import re
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.text.whitespace import fold

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p pre section summary table caption"
    " tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset(
    "script style noscript template textarea select option button input object embed applet svg math head iframe frame"
    " noframes audio video canvas map title".split()
)
_BOLD = frozenset(("b", "strong"))
_ROWS = frozenset(("li", "td", "th"))
_STYLED = etree.XPath("descendant::*[@style]")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LAZY_SOURCES = ("src", "data-src", "data-original", "original", "file")
_CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CSS_INDENT = re.compile(r"text-indent\s*:\s*[1-9]", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# CSS Text 3 §4.1.2: a line break in the source between two Chinese characters is no space.
_SOURCE_BREAK = re.compile(r"(?<=[⺀-鿿＀-￯])[ \t\r]*\n\s*?(?=[⺀-鿿＀-￯])")


class Line(NamedTuple):
    """One line as shown: ``text`` has its white space folded; a picture is a line of its own with empty text."""

    text: str
    block: etree._Element
    anchors: tuple[etree._Element, ...]  # the ``a`` elements that end on this line
    linked: int  # characters of the text that stand in links
    bold: int  # characters of the text that are bold
    heading: int  # 1–6 inside h1–h6, else 0
    indented: bool  # by its own characters
    image: str | None  # the address of a picture, as written
    in_row: bool  # inside a list item or table cell


class _LineReader:
    """Collects the pieces of the current line while the tree is walked, depth first, without recursion (F27).

    Written for speed, since every element of every page passes here (``make bench``): text is gathered once, an element
    without children takes one step, and what is bold or linked is known by where in the pieces it began.
    """

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._blocks: list[etree._Element] = [root]
        self._anchors: list[etree._Element] = []
        self._anchor_from = -1  # where in the pieces the open link began; -1: none is open
        self._bold_from: list[int] = []
        self._linked = self._bold = self._heading = self._rows = 0
        styled = {element: element.get("style", "") for element in _STYLED(root)}
        self._hidden = {element for element, style in styled.items() if _HIDDEN.search(style)}
        self._bold_styled = {element for element, style in styled.items() if _CSS_BOLD.search(style)}

    def read(self, root: etree._Element) -> list[Line]:
        stack = [(root, iter(root))]
        pieces, hidden = self._pieces, self._hidden
        if root.text:
            pieces.append(root.text)
        while stack:
            parent, children = stack[-1]
            for child in children:
                tag = child.tag
                if tag not in _SILENT and child not in hidden:
                    self._open(tag, child)
                    text = child.text
                    if text and (pieces or not text.isspace()):
                        pieces.append(text)
                    if len(child):
                        stack.append((child, iter(child)))
                        break
                    self._close(tag, child)
                text = child.tail
                if text and (pieces or not text.isspace()):
                    pieces.append(text)
            else:
                stack.pop()
                if parent is not root:
                    self._close(parent.tag, parent)
                    text = parent.tail
                    if text and (pieces or not text.isspace()):
                        pieces.append(text)
        self._flush()
        return self.lines

    def _open(self, tag: object, element: etree._Element) -> None:
        if tag in _BLOCK:
            if self._pieces or self._anchors:
                self._flush()
            self._blocks.append(element)
            if tag in _ROWS:
                self._rows += 1
            elif tag in _HEADINGS:
                self._heading = _HEADINGS[tag]
        elif tag == "a":
            self._anchor_from = len(self._pieces)
        elif tag == "br":
            self._flush()
        elif tag == "img":
            self._picture(element)
        if tag in _BOLD or element in self._bold_styled:
            self._bold_from.append(len(self._pieces))

    def _close(self, tag: object, element: etree._Element) -> None:
        if tag in _BOLD or element in self._bold_styled:
            begun = self._bold_from.pop()
            if not self._bold_from:
                self._bold += _count(self._pieces[begun:])
        if tag in _BLOCK:
            if self._pieces or self._anchors:
                self._flush()
            self._blocks.pop()
            if tag in _ROWS:
                self._rows -= 1
            elif tag in _HEADINGS:
                self._heading = 0
        elif tag == "a" and self._anchor_from >= 0:
            self._linked += _count(self._pieces[self._anchor_from :])
            self._anchor_from = -1
            self._anchors.append(element)

    def _flush(self) -> None:
        """End the current line; one without a visible character leaves nothing."""
        pieces = self._pieces
        if self._bold_from:
            self._bold += _count(pieces[self._bold_from[0] :])
            self._bold_from = [0] * len(self._bold_from)
        if self._anchor_from >= 0:
            self._linked += _count(pieces[self._anchor_from :])
            self._anchor_from = 0
        raw = "".join(pieces)
        pieces.clear()
        text = " ".join((_SOURCE_BREAK.sub("", raw) if "\n" in raw else raw).split())
        if text or self._anchors:
            self._line(text, raw)
        self._linked = self._bold = 0

    def _line(self, text: str, raw: str) -> None:
        bold = len(text) if self._heading else self._bold
        indented = raw.lstrip("\r\n\t ").startswith(("　", "\xa0\xa0"))
        anchors = tuple(self._anchors)
        row = self._rows > 0
        self.lines.append(
            Line(text, self._blocks[-1], anchors, self._linked, bold, self._heading, indented, None, row)
        )
        self._anchors.clear()

    def _picture(self, element: etree._Element) -> None:
        """A picture ends the line before it and stands alone."""
        self._flush()
        source = _picture_source(element)
        if source:
            self.lines.append(Line("", self._blocks[-1], (), 0, 0, 0, False, source, self._rows > 0))


def read_lines(root: etree._Element) -> list[Line]:
    """The lines of the page in document order; empty lines are left out."""
    body = root.find("body")
    start = root if body is None else body
    return _LineReader(start).read(start)


def is_indented(line: Line) -> bool:
    """Whether the paragraph begins with two ideographic spaces, their NBSP likeness, or a CSS indent of its own."""
    style = line.block.get("style")
    return line.indented or bool(style and _CSS_INDENT.search(style))


def text_of(element: etree._Element) -> str:
    """The text of an element and all in it, white space folded."""
    return fold("".join(element.itertext()))


def _count(pieces: list[str]) -> int:
    return sum([len(piece.strip()) for piece in pieces])


def _picture_source(element: etree._Element) -> str | None:
    """Where the picture really is: lazy loaders keep it in ``data-src`` and put a blank one in ``src``."""
    for name in _LAZY_SOURCES[1:]:
        value = element.get(name)
        if value and "/" in value and not value.startswith("data:"):
            return value
    value = element.get("src")
    return None if value is None or value.startswith("data:") else value
