"""Lines and brackets that are nothing but credits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nanhai_crawler.items import Credit
from nanhai_crawler.text.credit_groups import read_groups
from nanhai_crawler.text.names import is_likely_name
from nanhai_crawler.text.organizations import is_organization, is_publisher
from nanhai_crawler.text.roles import PHOTOGRAPHER, ROLE, WRITER, is_source, is_staff
from nanhai_crawler.text.whitespace import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditLine:
    """Credits in the order shown, the publisher among them (or null), and the text they were read from."""

    credits: tuple[Credit, ...]
    origin: str | None
    raw: str = ""


#: Longer lines are texts; the longest list of editors met (a client's seven roles) has about 120 characters.
LONGEST_LINE = 240
_BULLETS = "■□●○◎◆◇▲△▼▽▶►★☆※*•·・—－-–_~ "
_SENTENCE = re.compile(r"[。！？!?“”‘’\"…]")
#: What a line must have to be worth cutting up.
_HINT = re.compile(rf"[文图摄影编视频][/／|｜丨:：、 ]|摄|{ROLE.pattern}|(?:^|[（(])据")
#: Who an author is, told in brackets after the name.
_OFFICE = re.compile(r"[（(]\s?(?:作者|笔者)?(?:系|为|是)[^（）()]{2,40}[）)]")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_CITATION = re.compile(
    r"[（(]?(?:原载于?|转自|"
    r"来源[:：])?\s?《(?P<name>[^《》]{2,20})》\s?[（(]?\s?\d{4}\s?年[\d\s年月日]{2,12}[^。]{0,12}版?\s?[)）]*"
)
#: A tool beside the editors: 【纠错】【责任编辑：某某】.
_TOOL = re.compile(r"^[【\[（(]\s?我?要?纠错\s?[】\]）)]\s?")
#: Portals glue who put the page on line to its source, and an account to the name: 本文来源：某报责任编辑：某某_AB1024.
_GLUED_EDITOR = re.compile(r"(?<=[㐀-鿿])(?=(?:责任编辑|责编)\s?[:：])")
_ACCOUNT = re.compile(r"(?<=[㐀-鿿])_[A-Za-z]{1,4}\d{2,8}\b")
#: More than four reporters sign with their role.
_SIGNED = re.compile(
    r"[（(]\s?(?!全文|全篇|未完|\S{1,2}完)(?P<names>[㐀-鿿]{2,3}(?:[\s、，,]{1,3}[㐀-鿿]{2,3}){0,3})\s?[）)]"
)
_DATE = re.compile(r"\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?(?:\s?\d{1,2}:\d\d(?::\d\d)?)?")
#: Values of 来源 that name no publisher.
_NO_PUBLISHER = re.compile(
    r".*[_@].*|(?:网络|互联网|综合|本站|本网|本报|原创|其他|未知|转载|admin|网上)\S{0,4}", re.IGNORECASE
)


def read_credit_line(paragraph: str) -> CreditLine | None:
    """The credits of a paragraph that is nothing but credits; null for any other paragraph.

    Every word must be a role, a name, an organization or a separator: what leaves a word over is a sentence. A tool beside
    the editors is no part of what is kept as their text.
    """
    if len(paragraph) > LONGEST_LINE * 2:
        return None
    raw = _TOOL.sub("", fold(paragraph))
    told = _OFFICE.sub("", raw)
    if "编" in told:
        told = _ACCOUNT.sub("", _GLUED_EDITOR.sub(" ", told))
    if not 3 <= len(raw) <= LONGEST_LINE or _SENTENCE.search(raw, 0, len(raw) - 1):
        return None
    if _HINT.search(raw) is None:
        return _citation(raw)
    return read_credits(told, raw=raw)


def read_signature(paragraph: str) -> CreditLine | None:
    """Who signs a text by nothing but names in brackets on its last line: （甲乙丙 丁戊）; null for anything else."""
    raw = fold(paragraph)
    match = _SIGNED.fullmatch(raw)
    if match is None:
        return None
    names = re.split(r"[\s、，,]+", match["names"])
    several = len(names) > 1
    if not all(is_likely_name(name, apart=several) and not is_organization(name) for name in names):
        return None
    people = tuple(Credit(role=None, name=name, organization=None, raw=raw) for name in names)
    return CreditLine(credits=people, origin=None, raw=raw)


def read_credits(text: str, *, raw: str, sure: bool = False) -> CreditLine | None:
    """The credits of a line or of what stands in a bracket; ``raw`` is what is kept as their text.

    ``sure`` says that only credits can stand there (see ``read_groups``).
    """
    bare = _unwrapped(text)
    if _SENTENCE.search(bare):
        return None
    people = read_groups(_DATE.sub(" ", bare), raw=raw, sure=sure)
    if not people:
        return _citation(raw)
    return CreditLine(credits=people, origin=origin_of(people), raw=raw)


def origin_of(people: Iterable[Credit]) -> str | None:
    """The publisher named after 来源, else before a 记者, else with 文, else with a photographer."""
    ranked: list[tuple[int, str]] = []
    for credit in people:
        organization, role = credit.organization, credit.role or ""
        if organization is None:
            continue
        if (
            is_source(role)
            and not _NO_PUBLISHER.fullmatch(organization)
            and "图" not in role
            and "视频" not in role
        ):
            ranked.append((0, organization))
        elif is_staff(role):
            ranked.append((1, organization))
        elif role in {WRITER, "作者", "撰文", "撰稿", "采写", "综合整理"} and is_publisher(organization):
            ranked.append((2, organization))
        elif role == PHOTOGRAPHER and credit.name and is_publisher(organization):
            ranked.append((3, organization))
    return min(ranked, key=lambda entry: entry[0])[1] if ranked else None


def may_publish(name: str) -> bool:
    """Whether the value of 来源 may name a publisher: 本网, 网络 and accounts name none."""
    return _NO_PUBLISHER.fullmatch(name) is None


def _citation(raw: str) -> CreditLine | None:
    """A line that only cites where the text was printed: 《某报》（2023年10月31日 第05版）."""
    match = _CITATION.fullmatch(raw)
    if match is None or not is_publisher(match["name"]):
        return None
    name = match["name"]
    return CreditLine(
        credits=(Credit(role=None, name=None, organization=name, raw=raw),), origin=name, raw=raw
    )


def _unwrapped(text: str) -> str:
    """A line without its bullet, its closing full stop and the brackets around the whole of it."""
    bare = text.lstrip(_BULLETS).rstrip(" 。.■□●◆▲")
    closing = _BRACKETS.get(bare[:1])
    if closing and bare.endswith(closing) and bare.count(bare[0]) == 1:
        bare = bare[1:-1].strip(_BULLETS)
    elif not closing and bare[-1:] in _BRACKETS.values() and not any(mark in bare for mark in _BRACKETS):
        bare = bare[:-1].strip()
    return bare
