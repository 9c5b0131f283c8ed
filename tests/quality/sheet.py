"""A page as a tree that may be changed, with the places of its title, info line, breadcrumb and text."""

from dataclasses import dataclass, field

from lxml import etree

from tests.quality.scores import tight
from tests.quality.truth import Credited, Truth

_SILENT = frozenset(("script", "style", "head", "title", "meta", "link"))
#: No info line or breadcrumb of the pages here is longer, tools and all.
_LONGEST_LINE = 260


@dataclass(kw_only=True)
class Sheet:
    """The page; a place is null where the page has none, or where it cannot be told apart from what is around it.

    ``added`` are credits that a change of the page has put there.
    """

    url: str
    root: etree._Element
    truth: Truth
    site_name: str
    title: etree._Element | None = None
    info: etree._Element | None = None
    crumbs: etree._Element | None = None
    text: etree._Element | None = None
    added: set[Credited] = field(default_factory=set)
    charset: str = "utf-8"


def opened(url: str, html: str, truth: Truth, site_name: str) -> Sheet:
    """The page as a sheet, its places found by what the truth says."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html.encode(), parser)
    sheet = Sheet(url=url, root=root, truth=truth, site_name=site_name)
    said = _said(root)
    sheet.title = _title(said, truth)
    sheet.info = _info(said, truth)
    sheet.crumbs = _crumbs(said, truth)
    sheet.text = _text(said, truth)
    if sheet.text is not None and any(
        place is not None and sheet.text in {place, *place.iterancestors()}
        for place in (sheet.title, sheet.info, sheet.crumbs)
    ):
        sheet.text = None
    return sheet


def body_of(root: etree._Element) -> etree._Element:
    """The ``body``, or the root of a page without one."""
    found = root.find("body")
    return root if found is None else found


def head_of(root: etree._Element) -> etree._Element:
    """The ``head``, made where there is none."""
    found = root.find("head")
    if found is None:
        found = etree.Element("head")
        root.insert(0, found)
    return found


def detach(element: etree._Element) -> None:
    """Take the element out of its tree; the text behind it stays."""
    parent = element.getparent()
    assert parent is not None
    before, tail = element.getprevious(), element.tail
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def fragment(html: str) -> etree._Element:
    """The one element that a piece of HTML is."""
    tree = etree.fromstring(f"<html><body>{html}</body></html>".encode(), etree.HTMLParser(encoding="utf-8"))
    (only,) = tree[0]
    return only


def replace(old: etree._Element, html: str) -> etree._Element:
    """Put one element in the place of another; rows and cells keep what they are and change inside."""
    new = fragment(html)
    if old.tag in {"td", "th", "li", "body"}:
        for child in list(old):
            old.remove(child)
        old.text = None
        old.append(new)
        return new
    parent = old.getparent()
    assert parent is not None
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)
    return new


def _said(root: etree._Element) -> list[tuple[etree._Element, str]]:
    """Each element of the body with what it says, tight, in document order."""
    return [
        (element, tight("".join(element.itertext())))
        for element in body_of(root).iter()
        if isinstance(element.tag, str)
        and element.tag not in _SILENT
        and not any(around.tag in _SILENT for around in element.iterancestors())
    ]


def _title(said: list[tuple[etree._Element, str]], truth: Truth) -> etree._Element | None:
    wanted = tight(truth.title)
    found = [element for element, text in said if text == wanted]
    return next((element for element in found if not _linked(element) and not _valued(element)), None)


def _linked(element: etree._Element) -> bool:
    return element.tag == "a" or any(around.tag == "a" for around in element.iterancestors())


def _valued(element: etree._Element) -> bool:
    """Whether it is the value of a row that names the document (信息公开目录)."""
    row = next(element.iterancestors("tr"), None)
    return row is not None and "名称" in "".join(row.itertext())


def _info(said: list[tuple[etree._Element, str]], truth: Truth) -> etree._Element | None:
    if truth.published is None or truth.source is None:
        return None
    day, source = truth.published[:10], tight(truth.source)
    found = [
        element
        for element, text in said
        if day in text
        and source in text
        and len(text) <= _LONGEST_LINE
        and not any(word in text for word in ("作者", "编辑", "索引号"))
    ]
    return found[-1] if found else None


def _crumbs(said: list[tuple[etree._Element, str]], truth: Truth) -> etree._Element | None:
    found = [
        element
        for element, text in said
        if "位置" in text
        and truth.column_path
        and all(tight(name) in text for name in truth.column_path)
        and len(text) <= _LONGEST_LINE
    ]
    return found[-1] if found else None


def _text(said: list[tuple[etree._Element, str]], truth: Truth) -> etree._Element | None:
    lines = [tight(line) for heading, texts in truth.sections for line in (heading, *texts) if line]
    if len(lines) < 2:
        return None
    found = [element for element, text in said if all(line in text for line in lines)]
    return found[-1] if found else None
