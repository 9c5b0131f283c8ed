"""The article's pictures, with the captions and photographers that stand under them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.items import Credit, Image
from nanhai_crawler.pages.lines import Line, is_indented
from nanhai_crawler.pages.noise import is_furniture
from nanhai_crawler.text.credits import split_caption
from nanhai_crawler.text.whitespace import fold
from nanhai_crawler.urls.canonical import canonicalize

#: Captions are a sentence or two; the longest in the shared pages has 76 characters.
_LONGEST = 150
_MARK = re.compile(
    r"[▲△▴↑▼▽↓◀◁▶★]|图(?:为|[一二三四五六七八九十\d]+[:：\s]|[:：])|(?:上|下|左|右|本)图|\(?资料图"
)
_CREDITED = re.compile(r"[摄图]")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_DECORATION = re.compile(
    r"(?:icon|logo|qrcode|ewm|blank|spacer|share|print|btn|arrow|dot|line|bg)[-_\w]*\.\w+$", re.IGNORECASE
)
_SENTENCE_END = ("。", "！", "？", "!", "?", "；", "：", ":")


class Pictures(NamedTuple):
    """Images in order, the photographers credited, and the lines that were theirs."""

    images: tuple[Image, ...]
    credits: tuple[Credit, ...]
    lines: frozenset[int]


def find_pictures(lines: Sequence[Line], indexes: Sequence[int], base: str) -> Pictures:
    """The pictures among these lines, each URL once."""
    indented = _body_is_indented([lines[index] for index in indexes])
    images: dict[str, Image] = {}
    credits: list[Credit] = []
    used: set[int] = set()
    for place, index in enumerate(indexes):
        source = lines[index].image
        if source is None:
            continue
        used.add(index)
        url = canonicalize(source, base)
        if url is None or url in images or _DECORATION.search(url):
            continue
        caption, credit, people, own = _told_below(lines, indexes[place + 1 :], indented)
        images[url] = Image(url=url, caption=caption, credit=credit)
        credits.extend(people)
        used.update(own)
    return Pictures(tuple(images.values()), tuple(credits), frozenset(used))


def is_picture_credit(text: str) -> bool:
    """Whether a line without a picture still is a caption: short, and ending in a photographer."""
    return len(text) <= _LONGEST and _CREDITED.search(text) is not None and split_caption(text)[1] is not None


def _body_is_indented(lines: Sequence[Line]) -> bool:
    prose = [line for line in lines if len(line.text) > 40 and not line.anchors]
    return bool(prose) and sum(is_indented(line) for line in prose) * 2 > len(prose)


def _told_below(
    lines: Sequence[Line], below: Sequence[int], indented: bool
) -> tuple[str | None, str | None, tuple[Credit, ...], list[int]]:
    """Caption, credit, people and the line numbers of what stands under a picture; nulls where nothing does."""
    if not below or lines[below[0]].image is not None or not _is_caption(lines[below[0]], indented):
        return None, None, (), []
    caption, credit, people = split_caption(fold(lines[below[0]].text))
    own = [below[0]]
    if credit is None and len(below) > 1 and len(lines[below[1]].text) <= 40:
        rest, credit, people = split_caption(fold(lines[below[1]].text))
        if credit is not None and rest is None:
            own.append(below[1])
        else:
            credit, people = None, ()
    return caption, credit, people, own


def _is_caption(line: Line, indented: bool) -> bool:
    text = line.text
    if not text or line.heading or len(text) > _LONGEST or line.linked or is_furniture(text):
        return False
    if line.block.tag == "figcaption" or _MARK.match(text) or split_caption(text)[1] is not None:
        return True
    if _is_centred(line.block):
        return not line.bold
    if is_indented(line) or line.bold:
        return False
    return indented or (len(text) <= 40 and not text.endswith(_SENTENCE_END))


def _is_centred(block: etree._Element) -> bool:
    """Whether the line itself is centred, by attribute, style or a ``center`` element; a centred page is not."""
    style = block.get("style")
    if block.get("align", "").lower() == "center" or (style and _CENTRED.search(style)):
        return block.tag not in {"table", "body"}
    return block.tag == "center"
