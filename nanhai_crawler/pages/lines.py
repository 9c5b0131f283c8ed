"""A tree as the lines a reader sees: one for each paragraph, list row, table cell or run of text between two ``br``.

Everything else in this room reads lines, never tags: that is what makes div, p, br, table and Word markup say the same.
Block and inline follow the HTML standard's rendering section (§15.3); script, style and form controls say nothing.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.pages.block import Block
from nanhai_crawler.text.whitespace import fold

_BLOCKS = (
    "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form"
    " header hgroup hr html legend listing main menu nav ol p pre section summary table caption tbody tfoot thead tr ul"
)
_SILENT_ONES = (
    "script style noscript template textarea select option button input object embed applet svg math head iframe frame"
    " noframes audio video canvas map title"
)
#: What a tag does to the line; every other tag is inline and does nothing.
_INLINE, _BLOCK, _ROW, _BOLD_BLOCK, _HEADING, _ANCHOR, _BREAK, _PICTURE, _BOLD, _SILENT = range(10)
_ACTS = {
    **dict.fromkeys(_BLOCKS.split(), _BLOCK),
    **dict.fromkeys(("li", "td", "th", "dt", "dd"), _ROW),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    **dict.fromkeys(_SILENT_ONES.split(), _SILENT),
    **dict.fromkeys(("b", "strong"), _BOLD),
    "a": _ANCHOR,
    "br": _BREAK,
    "img": _PICTURE,
}
_TAIL_ENDS = ("查看更多", "查看更多>>")
_TAIL = re.compile(r"返回\S{1,6}[，,]\s?查看更多(?:>>)?$")
_WHITE = " \t\r\n"
_INDENTS = frozenset(("　　", "\xa0\xa0", "　\xa0", "\xa0　"))
_LAZY_SOURCES = ("src", "data-src", "data-original", "original", "file")
_CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CSS_INDENT = re.compile(r"text-indent\s*:\s*[1-9]", re.IGNORECASE)
#: Below this many unlinked characters a line is no prose whatever its punctuation: 版权所有：某单位, 地址：….
_SHORTEST_PROSE = 14
_SENTENCE = re.compile(r"[，。；！？,;!?：“”、]")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
#: A block is only invisible until the page's script has laid it out; words in a line are so to be copied with it.
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_WITHOUT_PLACE = re.compile(r"(?:height|width)\s*:\s*0|position\s*:\s*absolute", re.IGNORECASE)
# CSS Text 3 §4.1.2: a line break in the source between two Chinese characters is no space.
_SOURCE_BREAK = re.compile(r"(?<=[⺀-鿿＀-￯])[ \t\r]*\n\s*?(?=[⺀-鿿＀-￯])")


class Line(NamedTuple):
    """One line: ``text`` as the archive keeps it (``fold``); a picture is a line of its own with empty text."""

    text: str
    block: Block  # the innermost around it
    anchors: tuple[etree._Element, ...]  # the ``a`` elements that end on this line
    linked: int  # characters of the text that stand in links
    prose: int  # unlinked characters of a line that reads like a sentence, else 0
    bold: int  # characters of the text that are bold
    heading: int  # 1–6 inside h1–h6, else 0
    indented: bool  # by its own characters
    image: str | None  # the address of a picture, as written
    in_row: bool  # inside a list item or table cell


#: What ``Line`` itself calls, without the call in between: a line is made for every row of every menu.
_NEW_LINE = tuple.__new__


class _LineReader:
    """Collects the pieces of the current line while the tree is walked, depth first, without recursion (F27).

    Written for speed, since every element of every page passes here (``make bench``): text is gathered once, an element
    without children takes one step, and what is bold or linked is known by where in the pieces it began.
    """

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._block = Block(root, None, 0)
        self._anchors: list[etree._Element] = []
        self._anchor_from = -1  # where in the pieces the open link began; -1: none is open
        self._bold_from: list[int] = []
        self._linked = self._bold = 0
        self._heading = self._rows = self._bold_blocks = 0

    def read(self, root: etree._Element) -> list[Line]:  # noqa: C901, PLR0912  calls would double a step
        stack = [(root, _INLINE, iter(root))]
        pieces = self._pieces
        self._text(root.text)
        while stack:
            parent, parents_act, children = stack[-1]
            for child in children:
                act = _ACTS.get(child.tag, _INLINE)  # type: ignore[arg-type]
                style = child.get("style")
                if style:
                    act = _styled(act, style)
                if act == _ANCHOR and not len(child):
                    self._plain_link(child)
                elif act != _SILENT:
                    if act:
                        self._open(act, child)
                    text = child.text
                    if text and (pieces or text.strip(_WHITE)):
                        pieces.append(text)
                    if len(child):
                        stack.append((child, act, iter(child)))
                        break
                    if act:
                        self._close(act, child)
                text = child.tail
                if text and (pieces or text.strip(_WHITE)):
                    pieces.append(text)
            else:
                stack.pop()
                if parents_act:
                    self._close(parents_act, parent)
                if stack:
                    self._text(parent.tail)
        self._flush()
        self._block.end = len(self.lines)
        return self.lines

    def _text(self, text: str | None) -> None:
        if text and (self._pieces or text.strip(_WHITE)):
            self._pieces.append(text)

    def _plain_link(self, element: etree._Element) -> None:
        """A link with nothing but text in it, as most elements of most pages are."""
        text = element.text
        if text and (self._pieces or text.strip(_WHITE)):
            self._pieces.append(text)
            self._linked += len(text.strip())
        self._anchors.append(element)

    def _open(self, act: int, element: etree._Element) -> None:
        if act <= _HEADING:
            if self._pieces or self._anchors:
                self._flush()
            self._block = Block(element, self._block, len(self.lines))
            if act == _ROW:
                self._rows += 1
            elif act == _HEADING:
                self._heading = int(str(element.tag)[1])
            elif act == _BOLD_BLOCK:
                self._bold_blocks += 1
        elif act == _ANCHOR:
            self._anchor_from = len(self._pieces)
        elif act == _BOLD:
            self._bold_from.append(len(self._pieces))
        else:
            if self._pieces or self._anchors:
                self._flush()
            if act == _PICTURE:
                self._picture(element)

    def _close(self, act: int, element: etree._Element) -> None:
        if act <= _HEADING:
            if self._pieces or self._anchors:
                self._flush()
            block = self._block
            block.end = len(self.lines)
            self._block = block.parent or block
            if act == _ROW:
                self._rows -= 1
            elif act == _HEADING:
                self._heading = 0
            elif act == _BOLD_BLOCK:
                self._bold_blocks -= 1
        elif act == _ANCHOR and self._anchor_from >= 0:
            for piece in self._pieces[self._anchor_from :]:
                self._linked += len(piece.strip())
            self._anchor_from = -1
            self._anchors.append(element)
        elif act == _BOLD:
            begun = self._bold_from.pop()
            if not self._bold_from:
                self._bold += _count(self._pieces[begun:])

    def _flush(self) -> None:
        """End the current line; one without a visible character leaves nothing."""
        pieces = self._pieces
        if self._bold_from:
            self._bold += _count(pieces[self._bold_from[0] :])
            self._bold_from = [0] * len(self._bold_from)
        if self._anchor_from >= 0:
            self._linked += _count(pieces[self._anchor_from :])
            self._anchor_from = 0
        raw = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip(_WHITE)
        pieces.clear()
        if "\n" in raw and self._block.element.tag == "pre":
            self._preformatted(raw)
            return
        text = fold(_SOURCE_BREAK.sub("", raw) if "\n" in raw else raw)
        if text or self._anchors:
            bold = len(text) if self._heading or self._bold_blocks else self._bold
            indented = raw[:2] in _INDENTS
            prose = len(text) - self._linked
            if prose < _SHORTEST_PROSE or not _SENTENCE.search(text):
                prose = 0
            anchors, row = tuple(self._anchors), self._rows > 0
            told = (text, self._block, anchors, self._linked, prose, bold, self._heading, indented, None, row)
            self.lines.append(_NEW_LINE(Line, told))
            self._anchors.clear()
        self._linked = self._bold = 0

    def _preformatted(self, raw: str) -> None:
        """What is written in lines stands in lines (HTML §15.3.3: ``pre`` keeps its breaks); the last has the links."""
        *first, last = [line for line in raw.split("\n") if line.strip()]
        anchors, linked, bold = self._anchors, self._linked, self._bold
        self._anchors, self._linked, self._bold = [], 0, 0
        for line in first:
            self._pieces.append(line)
            self._flush()
        self._anchors, self._linked, self._bold = anchors, min(linked, len(last)), min(bold, len(last))
        self._pieces.append(last)
        self._flush()

    def _picture(self, element: etree._Element) -> None:
        """A picture stands on a line of its own."""
        source = _picture_source(element)
        if source:
            self.lines.append(Line("", self._block, (), 0, 0, 0, 0, False, source, self._rows > 0))


@lru_cache(maxsize=1024)
def _styled(act: int, style: str) -> int:
    """What an element does whose style may hide it or make it bold."""
    if _HIDDEN.search(style) or (
        _INVISIBLE.search(style) and (act == _INLINE or _WITHOUT_PLACE.search(style))
    ):
        return _SILENT
    if act in {_INLINE, _BLOCK} and _CSS_BOLD.search(style):
        return _BOLD if act == _INLINE else _BOLD_BLOCK
    return act


def read_lines(root: etree._Element) -> list[Line]:
    """The lines of the page in document order; empty lines are left out."""
    body = root.find("body")
    start = root if body is None else body
    return _LineReader(start).read(start)


def is_indented(line: Line) -> bool:
    """Whether the paragraph begins with two ideographic spaces, their NBSP likeness, or a CSS indent of its own."""
    style = line.block.element.get("style")
    return line.indented or bool(style and _CSS_INDENT.search(style))


def without_tail(line: Line) -> Line:
    """The line without a link back at its end, glued to a paragraph by portals: 返回首页，查看更多."""
    if not line.anchors or not line.text.endswith(_TAIL_ENDS):
        return line
    return line._replace(text=_TAIL.sub("", line.text))


def text_of(element: etree._Element) -> str:
    """The text of an element and all in it, white space folded."""
    return fold("".join(element.itertext()))


def _count(pieces: list[str]) -> int:
    return sum([len(piece.strip()) for piece in pieces])


def _picture_source(element: etree._Element) -> str | None:
    """Where the picture really is: lazy loaders keep it in ``data-src`` and put a blank one in ``src``.

    Null for an icon: a picture said to be of 32 pixels or fewer each way.
    """
    sizes = [element.get(side, "").removesuffix("px") for side in ("width", "height")]
    if all(size.isdecimal() and int(size) <= 32 for size in sizes):
        return None
    for name in _LAZY_SOURCES[1:]:
        value = element.get(name)
        if value and "/" in value and not value.startswith("data:"):
            return value
    value = element.get("src")
    return None if value is None or value.startswith("data:") else value
