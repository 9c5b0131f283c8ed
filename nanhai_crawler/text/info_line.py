"""The line under a title: shown time, source, author, editor, each found by its label."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from nanhai_crawler.text.dates import ShownTime, read_time
from nanhai_crawler.text.labels import KIND_OF, LABEL, LABELS
from nanhai_crawler.text.names import is_likely_name
from nanhai_crawler.text.organizations import is_organization, is_publisher
from nanhai_crawler.text.whitespace import fold

__all__ = ["LABELS", "InfoLine", "read_info_line"]

#: The longest line in the shared pages has 74 characters; a title and a row of tools may share it.
_LONGEST = 400
#: A value of these is none.
_EMPTY_VALUES = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "null", "NULL", "None", "undefined"})
#: What a line ends a value with: tools and counters that stand without a colon.
_TOOLS = re.compile(
    r"(?:(?<=[\s\]】）)|｜丨/\d])|[\[【（(<「]\s{0,2})"
    r"(?:字\s?号|字\s?体|字\s?[大小]|打\s?印|关\s?闭|分享|收\s?藏|复制|纠错|我要纠错|评论|朗读|扫一扫|"
    r"参与互动|举报|我要评论|我来说两句|\d+\s?(?:条|人)?(?:评论|跟[贴帖]|参与)|手机看|手机版|微信(?!公众|号)|微博(?!号)|下载"
    r"|浏览|阅读|点击|访问|人气|返回|繁體|视力|背景|保护|转发|点赞|导出|大\s+中\s+小|"
    r"大\]?\s?\[?中\]?\s?\[?小|T\s?[|+]|A[+-]|\+\s|加入收藏|语音"
    r"|无障碍)|^(?:打印|关闭|字号|字体|分享到)"
)
#: Every tool has one of these: a date or a number has none.
_IN_A_TOOL = re.compile(r"[\u4e00-\u9fffTA+]")
#: A word with a colon after a space begins another value, known or not (选稿：, 责任校对：).
_UNKNOWN_LABEL = re.compile(r"\s[\u4e00-\u9fff]{2,6}\s?[:：]")
_WEEKDAY_END = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]\Z")
_SEPARATORS = " |｜丨/／\\,，;；、·•—-_【[（(「<>"
_CLOSED = {"】": "【", "]": "[", "）": "（", ")": "(", "」": "「"}
#: Who wrote, told behind the source without a colon: 来源：某报 记者 甲, 来源：某报 | 甲.
_PEOPLE = re.compile(
    r"\s(?:(?:本报|见习|首席|特约|全媒体)?(?:记者|通讯员|实习生|作者|编辑|责编)|(?:文|图|文图|图文|摄影)\s?[/／])|\s?[|｜丨]\s?"
)
#: The same, glued to the source: 来源：某报记者 甲.
_GLUED_PEOPLE = re.compile(
    r"(?P<house>\S{2,24}?)(?P<people>(?:本报|见习|首席|特约|全媒体)?(?:记者|通讯员)[\s:：/／]\s?(?P<name>[^\s、，,/／]+).*)"
)
_SENTENCE = re.compile(r"[。！？!?]")
_SOURCE_PHRASE = re.compile(
    r"(?:本文)?来源于\s?(?P<phrase>[^\s,，。]{2,30})|(?:^|\s)来源\s(?P<bare>[^\s:：,，。|]{2,30})"
)

#: These tell of a later day than that of publication, where both are shown.
_UPDATED = frozenset(("编辑时间", "更新时间", "更新日期", "最后更新", "修改时间", "修改日期"))
#: What has these words and no time names a place: 发布于：广东.
_AT_A_PLACE = frozenset(("发布于", "发表于"))
#: A house in brackets that opens the line: [区发改局] 2016-04-01 字号：大 中 小.
_BRACKETED = re.compile(r"[\[【]\s?(?P<house>[^\[\]【】\s:：]{3,20})\s?[\]】]")


@dataclass(frozen=True, kw_only=True, slots=True)
class InfoLine:
    """What a page says of itself under its title; values as shown, null where nothing is shown.

    ``labels`` has every label found, without inner spaces, and its value (possibly empty), in the order
    shown. ``people`` are those named behind the source (来源：某报 记者 甲), with their roles, as shown.
    """

    published: ShownTime | None
    source: str | None
    author: str | None
    editor: str | None
    labels: Mapping[str, str] = field(default_factory=dict)
    people: str = ""


def read_info_line(text: str) -> InfoLine | None:
    """The values of an info line; null for a text that is none.

    A line counts when it has a time or source label, or a date beside another label. Sentences,
    announcements of an event (时间 beside 地点) and labels that are the end of another word (会议时间) do
    not. A labelled time that is no date is kept with a null value.
    """
    if len(text) > _LONGEST * 4:
        return None
    line = fold(text)
    if len(line) > _LONGEST or _SENTENCE.search(line):
        return None
    found, people = _values(line)
    kinds = {KIND_OF[label] for label in found}
    if "event" in kinds or not _may_be_info(line, kinds):
        return None
    published = _published(line, found)
    source = (
        _best(found, "source") or _phrased_source(line, found) or _bracketed_source(line, found, published)
    )
    if published is None and source is None and not kinds & {"time", "source"}:
        return None
    author, editor = _best(found, "author"), _best(found, "editor")
    return InfoLine(
        published=published, source=source, author=author, editor=editor, labels=found, people=people
    )


def _may_be_info(line: str, kinds: set[str]) -> bool:
    return bool(kinds) or "来源" in line or (_TOOLS.search(line) is not None and read_time(line) is not None)


def _values(line: str) -> tuple[dict[str, str], str]:
    """Each label with its value, and the people behind the source; of a label told twice, the last that has one wins."""
    seen: dict[str, str] = {}
    people = ""
    for (_, start, label), (end, _, _) in pairwise([*_labels(line), (len(line), len(line), "")]):
        value = _cleaned(line[start:end], KIND_OF[label])
        if KIND_OF[label] == "source":
            value, beside = _source_and_people(value)
            people = people or beside
        if value or label not in seen:
            seen[label] = value
    return seen, people


def _labels(line: str) -> Iterator[tuple[int, int, str]]:
    """Where each label begins, where its value does, and the label without inner spaces."""
    matches = list(LABEL.finditer(line))
    while matches and _ends_another_word(line, matches[0]):
        del matches[0]
    for match in matches:
        parts = match["label"].split()
        # 来源：某地新闻 作者：甲 has no 新闻作者.
        begins = match.start() > 0 and line[match.start() - 1].isalnum() and parts[-1] in KIND_OF
        if len(parts) == 2 and begins:
            yield match.end("label") - len(parts[1]), match.end(), parts[1]
        else:
            yield match.start(), match.end(), "".join(parts)


def _ends_another_word(line: str, match: re.Match[str]) -> bool:
    """Whether the first label is glued to a word before it: 会议时间, 编辑时间 of an unknown kind."""
    before = line[match.start() - 1 : match.start()]
    if not "\u4e00" <= before <= "\u9fff" or before in "年月日时分秒丨":
        return False
    return _WEEKDAY_END.search(line, 0, match.start()) is None


def _cleaned(value: str, kind: str) -> str:
    """A value without the tools, counters, dates and separators that follow it."""
    value = value.strip()
    may_have_tools = kind not in {"clicks", "tool"} and _IN_A_TOOL.search(value) is not None
    tools = _TOOLS.search(value) if may_have_tools else None
    if tools:
        value = value[: tools.start()]
    if kind in {"source", "author", "editor"}:
        value = _UNKNOWN_LABEL.split(f" {value}", maxsplit=1)[0].strip()
        shown = read_time(value)
        if shown is not None:
            before, _, after = value.partition(shown.raw)
            value = before if before.strip(_SEPARATORS) else after
    return _stripped(value)


def _source_and_people(value: str) -> tuple[str, str]:
    """What stands behind 来源 without those who wrote, and these."""
    beside = _PEOPLE.search(value)
    if beside is not None:
        return _stripped(value[: beside.start()]), value[beside.start() :].strip(_SEPARATORS)
    glued = _GLUED_PEOPLE.fullmatch(value)
    if glued is not None and (is_organization(glued["house"]) or is_likely_name(glued["name"])):
        return glued["house"], glued["people"]
    return value, ""


def _stripped(value: str) -> str:
    """A value without separators and half brackets at its ends; empty for a word that stands for none."""
    value = value.strip(_SEPARATORS)
    while value and value[-1] in _CLOSED and _CLOSED[value[-1]] not in value:
        value = value[:-1].rstrip(_SEPARATORS)
    return "" if value in _EMPTY_VALUES else value


def _best(found: Mapping[str, str], kind: str) -> str | None:
    return next((found[label] for label in LABELS[kind] if found.get(label)), None)


def _published(line: str, found: Mapping[str, str]) -> ShownTime | None:
    """The labelled time of the best label; else a date that stands anywhere in the line."""
    unread: str | None = None
    for label in LABELS["time"]:
        value = found.get(label)
        if value:
            shown = read_time(value)
            if shown is not None:
                return (_unlabelled_before(line, label, found) or shown) if label in _UPDATED else shown
            if label not in _AT_A_PLACE:
                unread = unread or value
    if unread is not None:
        return ShownTime(value=None, raw=unread, rule="labelled, in no form of a date")
    return read_time(line)


def _unlabelled_before(line: str, label: str, found: Mapping[str, str]) -> ShownTime | None:
    """The time that stands without a label of its own before that of an update: it is the one of publication."""
    shown = read_time(line[: max(0, line.find(label))])
    return None if shown is None or any(shown.raw in value for value in found.values()) else shown


def _phrased_source(line: str, found: Mapping[str, str]) -> str | None:
    """The source after 来源于, or after 来源 without a colon."""
    if any(KIND_OF[label] == "source" for label in found):
        return None
    match = _SOURCE_PHRASE.search(line)
    if match is None or (match["bare"] and read_time(line) is None):
        return None
    return _source_and_people(_cleaned(match["phrase"] or match["bare"], "source"))[0] or None


def _bracketed_source(line: str, found: Mapping[str, str], published: ShownTime | None) -> str | None:
    """The house in brackets that opens a line with a date; null where 来源 has told the source, or that there is none."""
    match = _BRACKETED.match(line)
    if match is None or published is None or any(KIND_OF[label] == "source" for label in found):
        return None
    house = match["house"]
    return house if is_publisher(house) or is_organization(house) else None
