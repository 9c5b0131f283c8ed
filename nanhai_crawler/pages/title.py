"""The title of the article: what stands above the info line, agreed with the page's tags where they say something."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nanhai_crawler.pages.breadcrumb import Breadcrumb
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.noise import is_furniture
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.text.whitespace import compare_form, fold

#: How far above the info line a title was met: kicker, title, subtitle, tools.
_REACH = 8
#: GB/T 9704 titles run to about 60 characters; the longest shared one has 46.
_LONGEST = 120
_SUBTITLE = re.compile(r"[—–-]{1,3}\S")
_TITLE_TAGS = ("articletitle", "og:title", "title")
_SUFFIX = re.compile(r"\s*(?:_+|\|+|｜|--+|—{1,2}|\s-|-(?=[^-]*$))\s*")


class Title(NamedTuple):
    """The title as shown; the line it stands on (-1: only the tags have it); the rule that found it."""

    text: str
    line: int
    rule: str


def find_title(
    lines: Sequence[Line], *, before: int | None, breadcrumb: Breadcrumb | None, tags: Tags
) -> Title | None:
    """The best title of the page, looking upward from line ``before`` (the info line) where there is one."""
    after = breadcrumb.end if breadcrumb is not None and breadcrumb.end <= (before or len(lines)) else 0
    if before is not None:
        found = _above(lines, max(after, before - _REACH), before, tags)
        if found is not None:
            return found
    found = _headed(lines, after, tags)
    return found if found is not None else _tagged(tags)


def _above(lines: Sequence[Line], start: int, before: int, tags: Tags) -> Title | None:
    candidates = [
        (index, lines[index]) for index in range(before - 1, start - 1, -1) if _may_be_title(lines[index])
    ]
    for index, line in candidates:
        if _agrees(line.text, tags):
            return Title(fold(line.text), index, "above the info line, agrees with the tags")
    for index, line in candidates:
        if line.heading:
            return Title(fold(line.text), index, "heading above the info line")
    for index, line in candidates:
        if not _SUBTITLE.match(line.text):
            return Title(fold(line.text), index, "above the info line")
    return None


def _headed(lines: Sequence[Line], start: int, tags: Tags) -> Title | None:
    """A line anywhere below the breadcrumb that the tags agree with; headings first."""
    agreeing = [
        (index, line)
        for index, line in enumerate(lines[start:], start)
        if _may_be_title(line) and _agrees(line.text, tags)
    ]
    best = min(agreeing, key=lambda pair: (pair[1].heading or 9, pair[0]), default=None)
    return None if best is None else Title(fold(best[1].text), best[0], "agrees with the tags")


def _tagged(tags: Tags) -> Title | None:
    for name in _TITLE_TAGS[:2]:
        if tags.meta.get(name):
            return Title(tags.meta[name], -1, f"meta {name}")
    text = _SUFFIX.split(tags.title)[0]
    return Title(text, -1, "title tag") if text else None


def _may_be_title(line: Line) -> bool:
    text = line.text
    if len(text) < 2 or len(text) > _LONGEST or is_furniture(text):
        return False
    return line.linked * 2 < len(text) or line.heading == 1


def _agrees(text: str, tags: Tags) -> bool:
    """Whether the tags begin with the line (a site's name may follow), or the line with a shortened tag."""
    wanted = compare_form(text)
    if len(wanted) < 4:
        return False
    for told in (tags.meta.get("articletitle"), tags.title, tags.meta.get("og:title")):
        if not told:
            continue
        form = compare_form(told)
        head = compare_form(_SUFFIX.split(told)[0]).rstrip(".…")
        if form.startswith(wanted) or (len(head) >= 8 and wanted.startswith(head)):
            return True
    return False
