"""Labels of a page's head that stand in a cell, a term or an element of their own, without their colon."""

from nanhai_crawler.pages.lines import Line
from nanhai_crawler.text.labels import LABELS

#: Labels that may stand in a cell without their colon.
WORDS = frozenset(
    word for kind in ("time", "source", "author", "clicks") for word in LABELS[kind] if len(word) > 1
)
#: The first two characters of these, and of no more.
BEGINNINGS = frozenset(word[:2] for word in WORDS)
#: What a term (``dt``) may say besides, beside others: 文号, 主题词, 有效性.
_TERMS = frozenset(word for kind in ("editor", "other") for word in LABELS[kind] if len(word) > 1)
_LIST = frozenset(("dl",))


def is_term(line: Line) -> bool:
    """Whether the line is a label in a ``dt``, HTML's own tag for one."""
    return line.block.element.tag == "dt" and line.text in _TERMS


def in_one_catalogue(before: Line, line: Line) -> bool:
    """Whether two lines stand in one list of terms."""
    return line.block.nearest(_LIST) is before.block.nearest(_LIST)


def told(line: Line) -> str:
    """The text of a line; a label in a cell or an element of its own gets the colon that its border stands for."""
    if is_term(line):
        return f"{line.text}："
    if line.text[:2] not in BEGINNINGS:
        return line.text
    if line.text in WORDS:
        return f"{line.text}：" if line.in_row else line.text
    return parted(line)


def parted(line: Line) -> str:
    """The line's text with a colon behind the label that fills its first element: ``<em>来源</em><b>某报</b>``."""
    element = line.block.element
    first = next(element.iterchildren(), None)
    if first is None or (element.text or "").strip() or first.find("*") is not None:
        return line.text
    word = (first.text or "").strip()
    if word not in WORDS or not line.text.startswith(word):
        return line.text
    return f"{word}：{line.text[len(word) :]}"
