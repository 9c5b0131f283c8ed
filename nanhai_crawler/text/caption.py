"""Captions of pictures, and the credit at their end."""

import re
from dataclasses import replace
from functools import lru_cache

from nanhai_crawler.items import Credit
from nanhai_crawler.text.credit_groups import read_groups
from nanhai_crawler.text.organizations import is_organization, is_publisher
from nanhai_crawler.text.roles import PHOTOGRAPHER, is_reporting
from nanhai_crawler.text.whitespace import fold

#: Captions are a sentence or a few; of a longer text only the end is looked at.
_REACH = 100
_HINT = re.compile(
    r"摄|图[/／:：|｜丨 ]|供图|供片|提供|图片|拍|资料图|制图|绘图|图源|视觉|发[（(]|航拍|照片|记者"
)
_BRACKET_END = re.compile(r"[（(【\[](?P<inside>[^（）()【】\[\]]{1,60})[）)】\]]\s?[。.]?\Z")
_INNER_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]")
#: Where a credit may begin: after the end of a sentence, a closing quote or bracket, a comma, a space; and at 摄影：,
#: glued to a caption, not to a word that says which photography (特约摄影：) or who (记者甲乙摄影：).
_BREAK = re.compile(
    r"[。！？!?；;”》）)】…，,|｜丨\s]+(?=\S)"
    r"|(?<=[\u3400-\u9fff]{4})(?<!特约)(?<!文字)(?<!图文)(?<!记者)(?<!记者..)(?<!记者...)(?=摄影\s?[:：])"
)
_SENTENCE_END = re.compile(r"[。！？!?；;”》）)…]\s?\Z")
_ISSUED = re.compile(r"(?P<house>[\w《》]{2,12}?)(?:发|供图)?\s?[（(](?P<who>[^（）()]{2,40})[）)]\Z")
_SUPPLIED = re.compile(
    r"(?:(?:图片|照片|图|以上图片|本文图片)?\s?(?:均)?(?:由|"
    r"为)?(?P<giver>[\w\u3400-\u9fff]{2,20}?)\s?(?:提供|供图)"
    r"|(?P<kind>[\u3400-\u9fff]{0,10}资料图片?|资料照片|(?:图片|照片)?来自网络|网络图片|图片来源于?网络|"
    r"网络截图|视频截图|[\u3400-\u9fff]{0,8}效果图|(?:新华社|中新社)发))"
)
_SPOKEN = re.compile(r"[。！？!?“”]")
_OF_A_PICTURE = re.compile(r"[▲△▴◀▶◁▷↑↓←→]|.{0,3}图")
#: A picture's mark is no caption of which the rest would be the credit.
_ONLY_MARKS = re.compile(r"[▲△▴◀▶◁▷↑↓←→▼▽\s]+")
_CREDITS = re.compile(r"[摄图]|供图|照片")
#: What only a photographer's credit ends with, in a bracket of its own.
_TAKEN = ("摄", "/图", "供图")
_SUPPLIES = ("供图", "供片", "提供")
#: Several rooms ask about the line under a picture, one after the other.
_REMEMBERED = 16
_FINAL = " 。.■/／"


@lru_cache(maxsize=_REMEMBERED)
def split_caption(text: str) -> tuple[str | None, str | None, tuple[Credit, ...]]:
    """(caption without its credit, the credit as shown, the credits read from it); null where absent.

    A credit in brackets of its own is shown without them. The credits are empty where nobody is named
    (受访者供图).
    """
    line = fold(text)
    if not line:
        return None, None, ()
    if not _HINT.search(line, max(0, len(line) - _REACH)):
        return line, None, ()
    return _bracketed(line) or _after_a_break(line) or _within_brackets(line) or (line, None, ())


def _within_brackets(line: str) -> tuple[str | None, str | None, tuple[Credit, ...]] | None:
    """A caption that stands in brackets with its credit: （图为会议现场。甲摄）."""
    inside = line[1:-1].strip()
    unclosed = any(mark in _INNER_BRACKET.sub("", inside) for mark in "（()）")
    if line[0] not in "（(" or line[-1] not in "）)" or unclosed:
        return None
    found = _after_a_break(inside)
    return found if found is not None and found[0] else None


def _bracketed(line: str) -> tuple[str | None, str | None, tuple[Credit, ...]] | None:
    match = _BRACKET_END.search(line, max(0, len(line) - _REACH))
    if match is None:
        return None
    shown = match["inside"].strip()
    people = _read(shown, after=line[: match.start()], sure=shown.endswith(_TAKEN))
    if people is None:
        return None
    issued = _issued(line)
    if issued is not None:
        return issued
    return line[: match.start()].rstrip() or None, shown, people


def _issued(line: str) -> tuple[str | None, str | None, tuple[Credit, ...]] | None:
    """``某社发（甲摄）``: the agency stands before the bracket and belongs to the credit."""
    for start in (0, *(match.end() for match in _BREAK.finditer(line, max(0, len(line) - _REACH)))):
        match = _ISSUED.fullmatch(line, start)
        if match is None or not is_publisher(match["house"]):
            continue
        shown = line[start:]
        people = tuple(
            Credit(role=one.role, name=one.name, organization=one.organization or match["house"], raw=shown)
            for one in _read(match["who"]) or ()
        )
        return line[:start].rstrip() or None, shown, people
    return None


def _after_a_break(line: str) -> tuple[str | None, str | None, tuple[Credit, ...]] | None:
    """The longest end of the line that is a credit."""
    floor = max(0, len(line) - _REACH)
    starts = [0] if floor == 0 else []
    starts += [match.end() for match in _BREAK.finditer(line, floor)]
    for start in starts:
        if line.count("（", 0, start) + line.count("(", 0, start) > line.count("）", 0, start) + line.count(
            ")", 0, start
        ):
            continue  # inside a bracket
        if start and _ONLY_MARKS.fullmatch(line, 0, start) and not _CREDITS.match(line, start):
            continue
        shown = line[start:].strip(_FINAL)
        people = _read(shown, after=line[:start])
        if people is not None:
            return line[:start].rstrip(" |｜丨，,") or None, shown, people
    return None


def _read(shown: str, *, after: str = "", sure: bool = False) -> tuple[Credit, ...] | None:
    """The photographers a text names; null when it is no picture's credit.

    A line that is nothing but credits must have photographers alone, or it is the text's own; a reporter
    without 摄 counts as one only ``after`` a whole sentence that speaks of a picture. ``sure``: see ``read_groups``.
    """
    if len(shown) < 2 or _SPOKEN.search(shown):
        return None
    supplied = _SUPPLIED.fullmatch(shown)
    if supplied is not None:
        return _given(supplied["giver"], shown)
    whole = _SENTENCE_END.search(after) is not None
    people = read_groups(shown, raw=shown, sure=whole or sure)
    if people is None:
        return None
    if whole and _OF_A_PICTURE.match(after):
        people = tuple(map(_as_photographer, people))
    if shown.endswith(_SUPPLIES):
        return tuple(replace(credit, role="供图") for credit in people)
    pictured = [_is_of_pictures(credit.role or "") for credit in people]
    return people if all(pictured) or (after and any(pictured)) else None


def _is_of_pictures(role: str) -> bool:
    return role == PHOTOGRAPHER or any(word in role for word in ("图", "摄", "绘", "画", "视频", "供片"))


def _as_photographer(credit: Credit) -> Credit:
    if credit.role is None or not is_reporting(credit.role):
        return credit
    return Credit(role=PHOTOGRAPHER, name=credit.name, organization=credit.organization, raw=credit.raw)


def _given(giver: str | None, shown: str) -> tuple[Credit, ...] | None:
    """Who supplied the picture: an organization, a person, somebody unnamed."""
    if giver is None:
        return ()
    people = read_groups(f"{giver} 供图", raw=shown)
    if people is not None:
        return people
    if is_organization(giver):
        return (Credit(role="供图", name=None, organization=giver, raw=shown),)
    return None
