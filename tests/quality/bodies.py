"""The text, laid out again: the same lines in other elements."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "center",
        "table",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "section",
        "blockquote",
        "figure",
        "style",
        "script",
        "hr",
    )
)
_KEPT = frozenset(("table", "ul", "ol", "style", "script", "hr", "figure", "h1", "h2", "h3", "h4", "center"))


def divs_for_paragraphs(sheet: Sheet, dice: Dice) -> None:
    """Each line of the text is a ``div``."""
    _laid_out(sheet, "div")


def paragraphs_for_all(sheet: Sheet, dice: Dice) -> None:
    """Each line of the text is a ``p``."""
    _laid_out(sheet, "p")


def styled_paragraphs(sheet: Sheet, dice: Dice) -> None:
    """Each line is a ``p`` with a span and an indent by style instead of spaces."""
    if sheet.text is None:
        return
    _laid_out(sheet, "p")
    for paragraph in sheet.text.findall("p"):
        if _is_plain(paragraph):
            _unindent(paragraph)
            paragraph.set("style", "text-indent:2em;line-height:1.75em")
            _spanned(paragraph, "font-size:16px;font-family:宋体")


def line_breaks(sheet: Sheet, dice: Dice) -> None:
    """The lines stand in one block with ``br`` between them."""
    _broken(sheet, 1)


def double_line_breaks(sheet: Sheet, dice: Dice) -> None:
    """The lines stand in one block with two ``br`` between them."""
    _broken(sheet, 2)


def rows_for_paragraphs(sheet: Sheet, dice: Dice) -> None:
    """Each line is a row of one cell."""
    if sheet.text is None:
        return
    table = etree.Element("table", width="100%")
    for line in _lines(sheet.text):
        cell = etree.SubElement(etree.SubElement(table, "tr"), "td")
        _fill(cell, line)
    _refill(sheet.text, [table])


def word_paragraphs(sheet: Sheet, dice: Dice) -> None:
    """The lines are what a word processor pastes: MsoNormal, a span for every run, ``o:p``, empty paragraphs."""
    if sheet.text is None:
        return
    _laid_out(sheet, "p")
    for paragraph in sheet.text.findall("p"):
        if not _is_plain(paragraph):
            continue
        paragraph.set("class", "MsoNormal")
        paragraph.set("style", "text-indent:32.0pt;mso-char-indent-count:2.0;line-height:150%")
        _runs(paragraph, 3 + dice.below(20))
        etree.SubElement(paragraph, "o_p").tail = "\n"
        if dice.chance(30):
            empty = etree.Element("p", {"class": "MsoNormal"})
            etree.SubElement(empty, "span").text = "\u00a0"
            paragraph.addnext(empty)


def font_paragraphs(sheet: Sheet, dice: Dice) -> None:
    """Each line is a ``p`` whose words stand in font tags."""
    if sheet.text is None:
        return
    _laid_out(sheet, "p")
    for paragraph in sheet.text.findall("p"):
        if _is_plain(paragraph):
            font = etree.Element("font", {"size": "3", "face": "宋体"})
            _move(paragraph, font)
            outer = etree.SubElement(paragraph, "font", {"color": "#000000"})
            outer.append(font)


def wrapped_text(sheet: Sheet, dice: Dice) -> None:
    """The text stands in more elements than before."""
    if sheet.text is None:
        return
    for _ in range(1 + dice.below(5)):
        wrapper = etree.Element(dice.pick(("div", "section", "article", "div")))
        _move(sheet.text, wrapper)
        sheet.text.append(wrapper)


def nested_tables(sheet: Sheet, dice: Dice) -> None:
    """The text stands in tables that lay out the page."""
    if sheet.text is None:
        return
    for _ in range(1 + dice.below(3)):
        table = etree.Element("table", {"width": "95%", "border": "0", "cellspacing": "0"})
        cell = etree.SubElement(etree.SubElement(table, "tr"), "td")
        _move(sheet.text, cell)
        sheet.text.append(table)


def bold_as_style(sheet: Sheet, dice: Dice) -> None:
    """What is bold is so by style, not by its tag."""
    if sheet.text is None:
        return
    for element in sheet.text.iter("b", "strong"):
        element.tag = "span"
        element.set("style", dice.pick(("font-weight:bold", "font-weight: 700;", "FONT-WEIGHT: bold")))


def split_blocks(sheet: Sheet, dice: Dice) -> None:
    """Every few lines stand in a block of their own, as editors that wrap what they paste leave it."""
    if sheet.text is None:
        return
    children = [child for child in sheet.text if isinstance(child.tag, str)]
    if len(children) < 4 or any(child.tag not in _BLOCKS or (child.tail or "").strip() for child in children):
        return
    size = 2 + dice.below(3)
    for start in range(0, len(children), size):
        block = etree.Element("div")
        children[start].addprevious(block)
        for child in children[start : start + size]:
            block.append(child)


@dataclass(kw_only=True)
class Line:
    """What stands on one line: pieces of text and inline elements, or one block that stays whole."""

    pieces: list[str | etree._Element]
    centred: bool = False


def _lines(holder: etree._Element) -> list[Line]:
    """What stands in the holder, line by line."""
    lines = [Line(pieces=[])]
    _gather(holder, lines, centred=False)
    return [
        line for line in lines if any(not isinstance(piece, str) or piece.strip() for piece in line.pieces)
    ]


def _gather(holder: etree._Element, lines: list[Line], *, centred: bool) -> None:
    if holder.text:
        lines[-1].pieces.append(holder.text)
    for child in holder:
        if child.tag == "br":
            lines.append(Line(pieces=[], centred=centred))
        elif child.tag in _KEPT:
            lines += [Line(pieces=[_alone(child)]), Line(pieces=[], centred=centred)]
        elif child.tag in _BLOCKS:
            inside = centred or "center" in f"{child.get('align')} {child.get('style')}"
            lines.append(Line(pieces=[], centred=inside))
            _gather(child, lines, centred=inside)
            lines.append(Line(pieces=[], centred=centred))
        elif isinstance(child.tag, str):
            lines[-1].pieces.append(_alone(child))
        if child.tail:
            lines[-1].pieces.append(child.tail)


def _alone(element: etree._Element) -> etree._Element:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _fill(element: etree._Element, line: Line) -> None:
    for piece in line.pieces:
        if not isinstance(piece, str):
            element.append(piece)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def _refill(holder: etree._Element, children: Iterable[etree._Element]) -> None:
    for child in list(holder):
        holder.remove(child)
    holder.text = None
    holder.extend(children)


def _whole(line: Line) -> etree._Element | None:
    """The block that stays whole, where the line is one."""
    first = line.pieces[0]
    return first if len(line.pieces) == 1 and not isinstance(first, str) and first.tag in _KEPT else None


def _laid_out(sheet: Sheet, tag: str) -> None:
    if sheet.text is None:
        return
    blocks = []
    for line in _lines(sheet.text):
        block = _whole(line)
        if block is None:
            block = etree.Element(tag, {"style": "text-align:center"} if line.centred else {})
            block.tail = "\n"
            _fill(block, line)
        blocks.append(block)
    _refill(sheet.text, blocks)


def _broken(sheet: Sheet, count: int) -> None:
    if sheet.text is None:
        return
    lines = _lines(sheet.text)
    _refill(sheet.text, ())
    for line in lines:
        _fill(sheet.text, line)
        for _ in range(count):
            etree.SubElement(sheet.text, "br").tail = "\n"


def _is_plain(paragraph: etree._Element) -> bool:
    return paragraph.get("style") is None and next(paragraph.iter("img", "table", "a"), None) is None


def _unindent(paragraph: etree._Element) -> None:
    for element in paragraph.iter():
        text = (element.text or "").lstrip("　\u00a0 \n\t")
        element.text = text
        if text:
            return


def _move(holder: etree._Element, into: etree._Element) -> None:
    """Everything in the holder goes into another element."""
    into.text, holder.text = holder.text, None
    for child in list(holder):
        into.append(child)


def _spanned(paragraph: etree._Element, style: str) -> None:
    span = etree.Element("span", style=style)
    _move(paragraph, span)
    paragraph.append(span)


def _runs(paragraph: etree._Element, size: int) -> None:
    """The words of a paragraph that has nothing but text, a span every so many characters."""
    if len(paragraph) or not paragraph.text:
        _spanned(paragraph, "font-size:16.0pt;mso-bidi-font-family:宋体")
        return
    text, paragraph.text = paragraph.text, None
    for place, start in enumerate(range(0, len(text), size)):
        attributes = {"lang": "EN-US"} if place % 2 else {"style": "font-size:16.0pt"}
        etree.SubElement(paragraph, "span", attributes).text = text[start : start + size]
