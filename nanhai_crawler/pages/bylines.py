"""Who wrote, photographed and edited: from the info line, datelines, credit lines and captions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from nanhai_crawler.items import Credit
from nanhai_crawler.pages.lines import Line, without_tail
from nanhai_crawler.pages.noise import names_editors
from nanhai_crawler.pages.pictures import is_picture_credit
from nanhai_crawler.text.credits import (
    CreditLine,
    may_publish,
    read_credit_line,
    read_dateline,
    read_signature,
    read_trailing_credit,
    split_caption,
)
from nanhai_crawler.text.info_line import InfoLine
from nanhai_crawler.text.labels import KIND_OF, LABELS
from nanhai_crawler.text.roles import PHOTOGRAPHER

#: Those who made the article ready or its pictures; its authors are all others.
_NO_AUTHOR = (
    "摄影",
    "编辑",
    "责编",
    "校对",
    "审核",
    "审校",
    "编审",
    "监制",
    "终审",
    "复审",
    "初审",
    "签发",
    "排版",
    "供图",
    "来源",
    "策划",
    "统筹",
    "一审",
    "二审",
    "三审",
    "一校",
    "二校",
    "三校",
    "终校",
    "审稿",
    "审读",
    "复核",
    "核稿",
    "核发",
    "主编",
    "总编",
    "编委",
    "值班主任",
    "出品人",
    "制片人",
)
#: Who put the page on line is no author of anything.
_NO_ROLE = frozenset(("录入", "录入者", "录入人", "录入员", "发布人", "发布者", "发布员", "上传者", "责任人"))
#: Who an author is, told in brackets after the name.
_WITH_OFFICE = re.compile(r"\s*[（(][^（）()]{4,}[）)]$")
_NOBODY = frozenset(("佚名", "未知", "网络", "admin", "管理员", "匿名"))
#: A dateline opens one of the first paragraphs; a summary or an editor's note may stand before it.
_DATELINE_WITHIN = 3
_LONGEST = 150
#: A credit line has one of these and, brackets aside, does not end like a sentence; asked first, because it is cheap.
_ROLE = re.compile(
    r"转自|原载|记者|通讯员|实习生|编|摄|图|文|稿|作者|来源|综合|校|审|供|■|编译|整理|策划|统筹|频[/／|｜:：]|剪辑|监制|出品|导演|制作|设计|配音|播音|主播|朗诵|漫画"
)
_BETWEEN_LABELS = re.compile(r"[\s　【】\[\]（）()]+(?=\S{2,6}\s?[:：])")
_PUT_ON_LINE = re.compile(r"(?:文章|信息|网站|网络)?(?:录入|发布|上传)")
_REPRINTED = re.compile(
    r"[（(]?(?:转自|转载自|原载于?|文字来源|稿件来源|来源)\s*[:：丨｜|]?\s*[《“]?(?P<origin>[^《》“”（）()，。\s]{2,16})[》”]?[）)]?"
)
#: 来源丨某报, 来源：某报 编辑：甲; the stroke stands for a colon.
_SOURCE = re.compile(
    r"[（(【\[]?(?:信息|文章|稿件|新闻|内容|本文|文字|文稿)?来源\s?[:：丨｜|/／]\s?(?P<source>[^\s:：丨｜|/／，。！？（）()【】\[\]]{2,30})"
    r"(?:\s[^。！？]{0,60})?[）)】\]]?"
)
_REPORTER_END = re.compile(r"(?<=\S\S)(?:记者|通讯员)$")
_CLAUSE_ENDS = ("，", "；", "：", ",", ";", ":")
_SENTENCE_ENDS = ("。", "！", "？")
_BRACKET_ENDS = (")", "）", "】", "]")


#: Credits, the publisher among them, and where they stood.
_Told = tuple[tuple[Credit, ...], str | None, str]


class Bylines(NamedTuple):
    """Credits in the order of the page, the publisher the text names, the lines that were nothing but credits."""

    credits: tuple[Credit, ...]
    origin: str | None
    lines: frozenset[int]
    rule: str
    source: str | None = None  # what a line beside the text tells after 来源


def find_bylines(
    lines: Sequence[Line],
    indexes: Sequence[int],
    below: Sequence[int],
    info: InfoLine | None,
    above: Sequence[int] = (),
) -> Bylines:
    """What the body's lines (captions of pictures already taken out), those above and below it and the info line credit."""
    told: list[_Told] = []
    if info is not None:
        told.append((_told_by_info(info), None, "info line"))
    used: set[int] = set()
    told.extend(_read_lines(lines, above, used, "credit line above the text"))
    for place, index in enumerate(indexes):
        text = without_tail(lines[index]).text
        credit = _read_line(text, used, index)
        if credit is not None:
            told.append((credit.credits, credit.origin, "credit line"))
        elif place < _DATELINE_WITHIN and (dateline := read_dateline(text)) is not None:
            told.append((dateline.credits, dateline.origin, "dateline"))
    told.extend(_read_lines(lines, below, used, "credit line below the text"))
    last = next((index for index in reversed(indexes) if index not in used), None)
    if last is not None and (signed := read_signature(lines[last].text)) is not None:
        used.add(last)
        told.append((signed.credits, signed.origin, "names in brackets at the end"))
        last = None
    trailing = read_trailing_credit(lines[last].text) if last is not None else None
    if trailing is not None:
        told.append((trailing[1].credits, trailing[1].origin, "end of the last paragraph"))
    origin, rule = next(((origin, rule) for _, origin, rule in told if origin), (None, ""))
    credits = distinct(credit for credits, _, _ in told for credit in credits)
    source = _source(lines, (*indexes, *below)) if info is None or info.source is None else None
    return Bylines(credits, origin, frozenset(used), rule or (told[0][2] if told else ""), source)


def authors(credits: Iterable[Credit]) -> tuple[str, ...]:
    """The names of those who wrote, each once, in order."""
    names = (credit.name for credit in credits if not (credit.role or "").endswith(_NO_AUTHOR))
    return tuple(dict.fromkeys(name for name in names if name))


def _read_lines(lines: Sequence[Line], indexes: Sequence[int], used: set[int], rule: str) -> Iterator[_Told]:
    """The lines beside the text that are nothing but credits."""
    for index in indexes:
        credit = _read_line(lines[index].text, used, index)
        if credit is not None:
            yield credit.credits, credit.origin, rule


def _read_line(text: str, used: set[int], index: int) -> CreditLine | None:
    """The credits of a line that is nothing else; such a line, and one that only names accounts, is marked as used."""
    if len(text) > _LONGEST or _is_sentence(text) or not _ROLE.search(text):
        return None
    credit = read_credit_line(text)
    reprint = _REPRINTED.fullmatch(text)
    if credit is None and reprint is not None:
        credit = CreditLine(credits=(), origin=reprint["origin"] if may_publish(reprint["origin"]) else None)
    if credit is None and is_picture_credit(text):
        credit = CreditLine(credits=split_caption(text)[2], origin=None)
    if credit is not None or names_editors(text):
        used.add(index)
        return credit or _labelled(text)
    return None


def _labelled(text: str) -> CreditLine | None:
    """Who made the page ready, label by label, where one of the names is an account: 文章录入：admin 责任编辑：甲."""
    pieces = _BETWEEN_LABELS.split(text)
    read = [line for piece in pieces if not _PUT_ON_LINE.match(piece) and (line := read_credit_line(piece))]
    people = tuple([credit for line in read for credit in line.credits])
    return CreditLine(credits=people, origin=None) if people else None


def _source(lines: Sequence[Line], indexes: Sequence[int]) -> str | None:
    """What the last line tells after 来源 that says nothing else but who made the page ready."""
    for index in reversed(indexes):
        match = _SOURCE.fullmatch(lines[index].text) if len(lines[index].text) <= _LONGEST else None
        if match is not None:
            return _REPORTER_END.sub("", match["source"])
    return None


def _is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence or a clause of one; a full stop after a bracket ends a credit too."""
    if text.endswith(_SENTENCE_ENDS):
        return not text[:-1].endswith(_BRACKET_ENDS)
    return text.endswith(_CLAUSE_ENDS)


def _told_by_info(info: InfoLine) -> tuple[Credit, ...]:
    """The people that the info line's labels name; the label is the role."""
    credits: list[Credit] = []
    for label, value in info.labels.items():
        if (
            not value
            or KIND_OF.get(label) not in {"author", "editor"}
            or label in _NO_ROLE
            or value in _NOBODY
        ):
            continue
        name = _WITH_OFFICE.sub("", value)
        read = read_credit_line(f"{label}：{name}")
        if read is not None and read.credits:
            credits.extend(replace(credit, raw=value) for credit in read.credits)
        elif label in LABELS["author"]:
            credits.append(Credit(role=label, name=None, organization=None, raw=value))
    beside = read_credit_line(info.people) if info.people else None
    return (*credits, *(beside.credits if beside is not None else ()))


def distinct(credits: Iterable[Credit]) -> tuple[Credit, ...]:
    """Each person once a role (a dateline's reporter is often named again at the end), photographers last."""
    kept: dict[tuple[str | None, str | None, str | None], Credit] = {}
    for credit in credits:
        key = (credit.role, credit.name, credit.organization if credit.name is None else None)
        kept.setdefault(key if credit.name else (*key[:2], credit.raw), credit)
    return tuple(sorted(kept.values(), key=lambda credit: credit.role == PHOTOGRAPHER))
