"""The article's pictures, with the captions and photographers that stand under them."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from nanhai_crawler.items import Credit, Image
from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.dress import is_centred
from nanhai_crawler.pages.lines import Line, is_indented, text_of
from nanhai_crawler.pages.noise import is_foot, is_furniture, names_editors
from nanhai_crawler.text.credits import read_credit_line, split_caption
from nanhai_crawler.text.roles import PHOTOGRAPHER
from nanhai_crawler.urls.canonical import canonicalize

#: Captions are a sentence or two; the longest in the shared pages has 76 characters.
_LONGEST = 150
#: A photographer's line, or a caption without a sentence's end, is shorter than a paragraph.
_LONGEST_CREDIT = 40
#: What nobody is credited for is a caption only when it is one short sentence; else a paragraph beside a picture.
_LONGEST_PLAIN = 80
#: More pictures than this stand side by side on no page.
_MOST_COLUMNS = 20
#: Paragraphs longer than this tell whether the body is indented.
_SHORTEST_PARAGRAPH = 30
_PICTURE_AND_CAPTION = 2
_SENTENCES = re.compile(r"[。！？].+[。！？]")
_MARK = re.compile(
    r"[▲△▴↑▼▽↓◀◁▶★]|图(?:为|[一二三四五六七八九十\d]+[:：\s]|[:：])|(?:上|下|左|右|本)图|\(?资料图"
)
_SCAN = re.compile(
    r"扫一扫|扫码|扫描|二维码|长按识别|微信公众号$|^关注.{0,8}(?:公众号|微信|微博|视频号)|公众号\s*[:：]"
)
_CREDITED = re.compile(r"[摄图]")
_MARK_ABOVE = re.compile(r"[（(]?图(?:为|\s?[一二三四五六七八九十\d]+\s?[:：]|[:：])")
_DECORATION = re.compile(
    r"(?:icon|logo|qr|ewm|erweima|weixin|wechat|blank|spacer|share|print|btn|arrow|dot|line|bg)[-_\w]*\.\w+$"
    r"|/(?:file|icon)?_?(?:docx?|xlsx?|pptx?|pdf|zip|rar|txt|word|excel)\.(?:gif|png|jpg|svg)$",
    re.IGNORECASE,
)
#: A numbered line under a picture heads what follows.
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]")
_ADVERTISED = frozenset(("广告", "推广", "AD", "advertisement"))
#: Editors of messengers wrap a picture in three elements.
_FRAME_DEPTH = 4
_SIGNS = re.compile(r"记者|通讯员|文|稿|作者|编|来源")
_ROW = frozenset(("tr",))
_SENTENCE_END = ("。", "！", "？", "!", "?", "；", "：", ":")


class _Told(NamedTuple):
    caption: str | None
    credit: str | None
    people: tuple[Credit, ...]
    lines: Sequence[int]


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
        if (
            url is None
            or url in images
            or _DECORATION.search(url)
            or _is_scanned(lines, indexes[place + 1 : place + 2])
            or _is_advertised(lines, index)
        ):
            continue
        told = (
            _told_by_column(lines, indexes, place)
            or _told_above(lines, [n for n in indexes[max(0, place - 1) : place] if n not in used])
            or _told_below(lines, indexes, place, indented=indented)
        )
        images[url] = Image(url=url, caption=told and told.caption, credit=told and told.credit)
        if told is not None:
            credits.extend(told.people)
            used.update(told.lines)
    return Pictures(tuple(images.values()), tuple(credits), frozenset(used))


def _is_scanned(lines: Sequence[Line], below: Sequence[int]) -> bool:
    """Whether the line under a picture asks to scan it: a code, not a picture."""
    text = lines[below[0]].text if below else ""
    return _SCAN.search(text) is not None and len(text) <= _LONGEST_CREDIT


def _is_advertised(lines: Sequence[Line], index: int) -> bool:
    """Whether a line beside the picture, in its element, says that it is an advertisement."""
    around = lines[index].block.parent
    beside = [n for n in (index - 1, index + 1) if 0 <= n < len(lines) and lines[n].text in _ADVERTISED]
    return any(lines[n].block is lines[index].block or (around is not None and n in around) for n in beside)


def is_picture_credit(text: str) -> bool:
    """Whether a line without a picture still is a caption: short, and ending in a photographer."""
    return len(text) <= _LONGEST and _CREDITED.search(text) is not None and split_caption(text)[1] is not None


def _body_is_indented(lines: Sequence[Line]) -> bool:
    prose = [line for line in lines if len(line.text) > _SHORTEST_PARAGRAPH and not line.anchors]
    return bool(prose) and sum(is_indented(line) for line in prose) * 2 > len(prose)


def _told_by_column(lines: Sequence[Line], indexes: Sequence[int], place: int) -> _Told | None:
    """What stands in the same column of the next row, where a table has a row of pictures and one of captions."""
    first = place
    while (
        place - first < _MOST_COLUMNS
        and first > 0
        and _in_row_of(lines[indexes[first - 1]], lines[indexes[place]])
    ):
        first -= 1
    last = place
    while (
        last - place < _MOST_COLUMNS
        and last + 1 < len(indexes)
        and _in_row_of(lines[indexes[last + 1]], lines[indexes[place]])
    ):
        last += 1
    count = last - first + 1
    below = indexes[last + 1 : last + 1 + count]
    rows = {lines[n].block.nearest(_ROW) for n in below}
    rows.discard(lines[indexes[place]].block.nearest(_ROW))
    cells = [{lines[n].block for n in row} for row in (indexes[first : last + 1], below)]
    if count < 2 or len(rows) != 1 or None in rows or any(len(row) != count for row in cells):
        return None
    if not all(_may_be_caption(lines[n]) for n in below):
        return None
    own = below[place - first]
    return _Told(*split_caption(lines[own].text), [own])


def _in_row_of(other: Line, line: Line) -> bool:
    row = line.block.nearest(_ROW)
    return other.image is not None and row is not None and other.block.nearest(_ROW) is row


def _told_above(lines: Sequence[Line], above: Sequence[int]) -> _Told | None:
    """A centred line that says it is a picture's (图1：…), directly above one."""
    if (
        not above
        or not is_centred(lines[above[0]].block.element)
        or not _MARK_ABOVE.match(lines[above[0]].text)
    ):
        return None
    return _Told(*split_caption(lines[above[0]].text), above)


def _told_below(lines: Sequence[Line], indexes: Sequence[int], place: int, *, indented: bool) -> _Told | None:
    """What stands under a picture, and on which lines; null where nothing of the picture's does."""
    picture, below = indexes[place], indexes[place + 1 : place + 3]
    line = lines[below[0]] if below else None
    if line is None or not _may_be_caption(line) or _signs_text(line.text):
        return None
    caption, credit, people = split_caption(_with_credit_apart(line))
    if credit is None and not _looks_like_caption(line, lines[picture], indented=indented):
        return None
    if credit is None and len(below) > 1 and _heads(line, lines[below[1]], lines[picture]):
        return None
    if credit is None and _is_dressed_as_heading(lines, indexes, place + 1):
        return None
    own = below[:1]
    if credit is None and len(below) > 1 and len(lines[below[1]].text) <= _LONGEST_CREDIT:
        rest, credit, people = split_caption(lines[below[1]].text)
        if credit is not None and rest is None:
            own = below[:2]
        else:
            credit, people = None, ()
    return _Told(caption, credit, people, own)


def _with_credit_apart(line: Line) -> str:
    """A ``figcaption``'s text with a space before what fills its last element, which only style parts from the caption."""
    element = line.block.element
    last = element[-1] if element.tag == "figcaption" and len(element) else None
    if last is None or (last.tail or "").strip() or split_caption(line.text)[1] is not None:
        return line.text
    apart = text_of(last)
    told = f"{line.text.removesuffix(apart)} {apart}"
    return told if split_caption(apart)[1] == apart and line.text.endswith(apart) else line.text


def _is_dressed_as_heading(lines: Sequence[Line], indexes: Sequence[int], place: int) -> bool:
    """Whether a short line above sentences is set as others that stand between sentences, and under no picture.

    What is set as the sentences themselves are tells nothing.
    """
    if place + 1 >= len(indexes) or not _may_head(lines, indexes, place):
        return False
    dress = _dress(lines[indexes[place]])
    alike = [n for n in range(len(indexes) - 1) if n != place and _dress(lines[indexes[n]]) == dress]
    return (
        not any(lines[indexes[n]].prose and "。" in lines[indexes[n]].text for n in alike)
        and not any(n and lines[indexes[n - 1]].image for n in alike)
        and any(n and _may_head(lines, indexes, n) for n in alike)
    )


def _may_head(lines: Sequence[Line], indexes: Sequence[int], place: int) -> bool:
    line, following = lines[indexes[place]], lines[indexes[place + 1]]
    short = 0 < len(line.text) <= _LONGEST_CREDIT and not line.text.endswith(_SENTENCE_END)
    return short and not _MARK.match(line.text) and bool(following.prose)


def _dress(line: Line) -> tuple[object, ...]:
    """How a line is set, in one value: its element, what the element says of its looks, its weight and its indent."""
    element = line.block.element
    looks = tuple(element.get(name) for name in ("class", "style", "align"))
    first = next(element.iterchildren(), None)
    inner = (first.tag, first.get("style"), first.get("class")) if first is not None else ()
    return element.tag, *looks, *inner, bool(line.bold), line.indented


def _signs_text(text: str) -> bool:
    """Whether a line under a picture says who made the text: 文/甲 图/乙, 本报记者 甲; not who took the picture alone."""
    line = read_credit_line(text) if _SIGNS.search(text) else None
    return line is not None and any(
        one.role != PHOTOGRAPHER and "图" not in (one.role or "图") for one in line.credits
    )


def _is_framed(picture: Line, line: Line) -> bool:
    """Whether an element holds the picture and the line below it, and nothing else."""
    frames = (line.block.parent, line.block.parent and line.block.parent.parent)
    return any(
        frame is not None
        and _holds_only(frame, line)
        and any(block is frame for block in islice(picture.block.outwards(), _FRAME_DEPTH))
        for frame in frames
    )


def _holds_only(frame: Block, line: Line) -> bool:
    """Whether the line is all that stands in the element beside a picture; a linked picture leaves an empty line."""
    size = frame.end - frame.start
    return size == _PICTURE_AND_CAPTION or (
        size == _PICTURE_AND_CAPTION + 1 and text_of(frame.element) == line.text
    )


def _heads(line: Line, following: Line, picture: Line) -> bool:
    """Whether two short lines of one kind under a picture of another are a heading told in two."""
    short = len(following.text) <= _LONGEST_CREDIT and not following.text.endswith(_SENTENCE_END)
    tags = {line.block.element.tag, following.block.element.tag}
    return bool(
        short
        and following.text
        and not _MARK.match(line.text)
        and tags == {"p"}
        and picture.block.element.tag != "p"
        and split_caption(following.text)[1] is None
    )


def _may_be_caption(line: Line) -> bool:
    text = line.text
    if not text or line.heading or line.linked or len(text) > _LONGEST:
        return False
    return not (is_furniture(text) or names_editors(text) or is_foot(text))


def _looks_like_caption(line: Line, picture: Line, *, indented: bool) -> bool:
    """Whether a line without a credit is a caption by its tag, its mark, or by standing otherwise than the body's lines."""
    if line.block.element.tag == "figcaption" or _MARK.match(line.text):
        return True
    if len(line.text) > _LONGEST_PLAIN or _SENTENCES.search(line.text):
        return False
    if is_centred(line.block.element):
        return not line.bold
    if is_indented(line) or line.bold or _NUMBERED.match(line.text):
        return False
    return _is_framed(picture, line) or _stands_apart(line, picture, indented=indented)


def _stands_apart(line: Line, picture: Line, *, indented: bool) -> bool:
    """Whether a line that is not indented stands otherwise than the body's lines do."""
    if not indented and line.block is not picture.block and is_centred(picture.block.element):
        return False  # it stands as the paragraphs do, and its picture does not
    return indented or (len(line.text) <= _LONGEST_CREDIT and not line.text.endswith(_SENTENCE_END))
