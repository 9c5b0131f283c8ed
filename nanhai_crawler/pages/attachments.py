"""Files an article offers: links whose address ends like a document's, and the lines that do nothing but name them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lxml import etree

from nanhai_crawler.items import Attachment
from nanhai_crawler.pages.lines import Line, text_of
from nanhai_crawler.pages.noise import is_furniture
from nanhai_crawler.text.whitespace import fold
from nanhai_crawler.urls.canonical import canonicalize

#: Endings of documents and archives, with the media types IANA has for them (WPS, ET, OFD: the makers' own).
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}
_LABEL = re.compile(r"(?:相关)?附\s*件(?:下载)?\s*[一二三四五六七八九十\d]*\s*[:：.、]?\s*")
_OFFERED = re.compile(r"(?:相关)?附\s*件(?:下载)?\s*[一二三四五六七八九十\d]*\s*[:：]")
_GENERIC = re.compile(
    r"(?:点击|点此|请|此处|这里|文件|附件|立即)*(?:下载|查看|打开)?(?:附件|文件|此处|这里)?"
)
_LEFT_OVER = re.compile(
    r"(?:[\s\d.、,，;；:：()（）\[\]【】《》一二三四五六七八九十-]|[KMGkmg]?[Bb]|大小|已?下载(?:次数|量)?|查看|附件|次)*"
)


@lru_cache(maxsize=4096)
def ending(url: str) -> str:
    """The ending of an address's path, or of a file's name, in lower case without its dot; or the empty string."""
    path = url.partition("#")[0].partition("?")[0].partition("://")
    name = (path[2] or path[0]).rpartition("/")
    return name[2].rpartition(".")[2].lower() if "." in name[2] and (name[1] or not path[2]) else ""


def find_attachments(
    lines: Sequence[Line], indexes: Iterable[int], base: str
) -> tuple[tuple[Attachment, ...], frozenset[int]]:
    """The files offered in these lines, in order, each once; and the lines that are nothing but an offer."""
    found: dict[str, Attachment] = {}
    offers = set()
    for index in indexes:
        line = lines[index]
        goes_on = index - 1 in offers and line.block is lines[index - 1].block
        files = [anchor for anchor in line.anchors if _is_file(anchor, line, goes_on=goes_on)]
        for anchor in files:
            url = canonicalize(anchor.get("href", ""), base)
            if url is not None and url not in found:
                name = _name(anchor, line)
                media_type = MEDIA_TYPES.get(ending(url)) or MEDIA_TYPES.get(ending(name))
                found[url] = Attachment(url=url, name=name, media_type=media_type)
        if _is_offer(line, files) if files else _LABEL.fullmatch(line.text):
            offers.add(index)
    return tuple(found.values()), frozenset(offers)


def _is_file(anchor: etree._Element, line: Line, *, goes_on: bool) -> bool:
    """Whether a link leads to a file: by its address, by the name it shows, or because the line says 附件.

    So does a line of nothing but a link that ``goes_on`` below one that offers a file, in the same element.
    """
    href = anchor.get("href", "").strip()
    if href.startswith(("javascript:", "mailto:", "#")):
        return False
    if ending(href) in MEDIA_TYPES or ("." in line.text and ending(text_of(anchor)) in MEDIA_TYPES):
        return True
    if goes_on and line.linked * 5 >= len(line.text) * 4 and len(line.anchors) == 1:
        return not is_furniture(line.text)
    return _OFFERED.match(line.text) is not None and line.linked * 2 >= len(line.text) - len("附件：")


def _name(anchor: etree._Element, line: Line) -> str:
    """The link's text; where it only says 下载, the link's title or what the line says beside it."""
    text = text_of(anchor)
    if text and not _GENERIC.fullmatch(text):
        return text
    beside = fold(_LABEL.sub("", line.text.replace(text, "") if text else line.text, count=1))
    return (
        fold(anchor.get("title", ""))
        or beside.strip(" :：()（）[]【】")
        or text
        or anchor.get("href", "").rpartition("/")[2]
    )


def _is_offer(line: Line, files: Sequence[etree._Element]) -> bool:
    rest = line.text
    if _LABEL.match(rest) and len(rest) <= 200:
        return True
    for anchor in files:
        rest = rest.replace(text_of(anchor), "", 1)
    return _LEFT_OVER.fullmatch(rest) is not None or _GENERIC.fullmatch(rest.strip()) is not None
