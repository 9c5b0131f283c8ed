"""A page seen through its site's declaration: the fields that its selectors find, its labels in words that all know.

What a selector does not find is left to the general reader, and the evidence says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.items import Article, Credit, PageKind
from nanhai_crawler.pages.breadcrumb import Breadcrumb, read_breadcrumb
from nanhai_crawler.pages.kind import Kind
from nanhai_crawler.pages.lines import Line, text_of
from nanhai_crawler.pages.site_rules import NO_LABELS, Labels, SelectedField, SiteRules, compiled
from nanhai_crawler.pages.title import Title
from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.info_line import read_info_line
from nanhai_crawler.text.labels import LABEL
from nanhai_crawler.text.whitespace import fold

#: The words of the general reader that a site's own words stand for.
_GENERAL = {
    "time": "发布时间",
    "source": "来源",
    "author": "作者",
    "editor": "编辑",
    "breadcrumb": "当前位置",
}
#: Which field of an article each kind of label and selector gives.
_FIELDS = {"time": "published", "breadcrumb": "column_path", "author": "authors", "editor": "credits"}
#: No line of a page's head is longer (``info_zone``, ``breadcrumb``).
_LONGEST = 200
_HAN = "\u4e00-\u9fff"
_EMPTY = re.compile(r"[\s\u3000\xa0:：]*")


class Found(NamedTuple):
    """What a selector found: elements, or a text (of an attribute, a text node), and the selector in words."""

    elements: tuple[etree._Element, ...]
    text: str
    rule: str


class Declared:
    """The page's lines, and what the site's rules make of them; with no rules everything is as the general reader has it."""

    def __init__(self, rules: SiteRules, root: etree._Element, lines: Sequence[Line]) -> None:
        self._rules = rules
        self._lines = lines
        self._found: Mapping[SelectedField, Found] = _select(rules, root) if rules.selectors else {}
        self._own: dict[str, tuple[str, str]] = {}
        self.head: Sequence[Line] = self._in_general_words() if rules.labels != NO_LABELS else lines

    def breadcrumb(self, general: Breadcrumb | None) -> Breadcrumb | None:
        """The breadcrumb that the selector finds, else the general one."""
        found = self._found.get("breadcrumb")
        if found is None:
            return general
        texts = [self.head[index].text for index in _lines_in(found.elements, self._lines)] or [found.text]
        anchors = [anchor for element in found.elements for anchor in element.iter("a")]
        place = self._places(found)
        return read_breadcrumb(texts, anchors, place.start, place.stop, found.rule) or general

    def title(self, general: Title | None) -> Title | None:
        """The title that the selector finds, on its line where it stands on one, else the general one."""
        found = self._found.get("title")
        if found is None:
            return general
        place = self._places(found)
        if place:
            return Title(found.text, place.stop - 1, found.rule)
        same = (index for index, line in enumerate(self._lines) if fold(line.text) == found.text)
        return Title(found.text, next(same, general.line if general else -1), found.rule)

    def kind(self, general: Kind | None) -> Kind | None:
        """Why the page may be an article: a time, or title and text, that the selectors find; else as in general."""
        if general is None and (self._time() or {"title", "body"} <= self._found.keys()):
            return Kind(PageKind.ARTICLE, f"what the selectors of site {self._rules.site} find")
        return general

    def body(self) -> tuple[int, ...]:
        """The numbers of the lines that the body's selector finds; none where there is no such selector."""
        found = self._found.get("body")
        if found is None:
            return ()
        return tuple(_lines_in(found.elements, self._lines))

    def told(self, article: Article) -> Article:
        """The article with the site's name, time and source as selected, roles in the page's own words, and evidence of it."""
        if not self._rules.site:
            return article
        time, source = self._time(), self._source()
        article = replace(article, site=self._rules.site)
        if time is not None:
            article = replace(article, published=time)
        if source is not None:
            article = replace(article, source=source)
        article = replace(article, credits=tuple(self._credited(credit) for credit in article.credits))
        return replace(article, evidence=self._evidence(article.evidence, time, source))

    def _in_general_words(self) -> list[Line]:
        pattern, kinds = _labels(self._rules.labels)

        def general(match: re.Match[str]) -> str:
            word = "".join(match["label"].split())
            kind = kinds[word]
            self._own.setdefault(kind, (word, _GENERAL[kind]))
            return _GENERAL[kind] + ("：" if match["mark"] else "")

        return [
            line._replace(text=pattern.sub(general, line.text)) if 0 < len(line.text) <= _LONGEST else line
            for line in self._lines
        ]

    def _places(self, found: Found) -> range:
        """The lines from the first to the last of those in what was found; empty where it is on none."""
        places = _lines_in(found.elements, self._lines)
        return range(places[0], places[-1] + 1) if places else range(0)

    def _time(self) -> str | None:
        found = self._found.get("time")
        shown = read_time(found.text) if found else None
        return shown.value if shown else None

    def _source(self) -> str | None:
        """What stands after the label, or all of it where there is none."""
        found = self._found.get("source")
        if found is None:
            return None
        pattern, kinds = _labels(self._rules.labels)
        text = pattern.sub(lambda match: _GENERAL[kinds["".join(match["label"].split())]] + "：", found.text)
        info = read_info_line(text)
        value = info.source if info and info.source else None
        return value or (None if LABEL.match(text) else text)

    def _credited(self, credit: Credit) -> Credit:
        """The credit with the page's own word for the role, where the reader was given another."""
        for word, general in self._own.values():
            if credit.role == general and credit.raw in _after(word, self._lines):
                return replace(credit, role=word)
        return credit

    def _evidence(self, general: Mapping[str, str], time: str | None, source: str | None) -> dict[str, str]:
        told, site = dict(general), self._rules.site
        for kind, (word, _) in self._own.items():
            field = _FIELDS.get(kind, kind)
            if field in told:
                told[field] += f"; label {word} of site {site}"
        for selector in self._rules.selectors:
            field = _FIELDS.get(selector.field, selector.field)
            found = self._found.get(selector.field)
            used = {"published": time, "source": source}.get(field, found)
            if used is not None and found is not None and found.rule == rule_of(selector, site):
                told[field] = found.rule if field != "body" else f"{found.rule}; {told.get(field, '')}"
            elif used is None:
                told[field] = "; ".join(
                    filter(None, (told.get(field), f"{rule_of(selector, site)} found none"))
                )
        return told


def rule_of(selector: object, site: str) -> str:
    """How the evidence names a selector."""
    return f"{selector} of site {site}"


def _select(rules: SiteRules, root: etree._Element) -> dict[SelectedField, Found]:
    """The first selector of each field that finds something a reader sees."""
    found: dict[SelectedField, Found] = {}
    for selector in rules.selectors:
        if selector.field in found:
            continue
        result = compiled(selector)(root)
        pieces = result if isinstance(result, list) else [result]
        elements = tuple([piece for piece in pieces if isinstance(piece, etree._Element)])
        if selector.field != "body":
            elements = elements[:1]  # a title that occurs twice is one title
        texts = [text_of(element) for element in elements] or [
            piece for piece in pieces if isinstance(piece, str)
        ]
        text = fold(" ".join(texts if selector.field == "body" else texts[:1]))
        if not _EMPTY.fullmatch(text) or (selector.field == "body" and _has_picture(elements)):
            found[selector.field] = Found(elements, text, rule_of(selector, rules.site))
    return found


def _has_picture(elements: Sequence[etree._Element]) -> bool:
    return any(next(element.iter("img"), None) is not None for element in elements)


def _lines_in(elements: Sequence[etree._Element], lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that stand in one of the elements."""
    return [
        index
        for index, line in enumerate(lines)
        if any(block.element in elements for block in line.block.outwards())
    ]


def _after(word: str, lines: Sequence[Line]) -> str:
    """The lines in which the word stands."""
    return "\n".join(line.text for line in lines if word in line.text)


@lru_cache(maxsize=64)
def _labels(labels: Labels) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds a site's labels, and the kind of each; they may be spread with spaces, and their colon is kept."""
    kinds = {"".join(word.strip(" :：").split()): kind for kind in _GENERAL for word in getattr(labels, kind)}
    spread = "|".join(r"\s{0,4}".join(map(re.escape, word)) for word in sorted(kinds, key=len, reverse=True))
    label = spread or "(?!)"
    return re.compile(
        rf"(?<![{_HAN}])(?P<label>{label})(?P<mark>\s{{0,4}}[:：]|\s{{0,4}}(?=\d)|(?=\s*$))"
    ), kinds
