"""The way from the home page to this one: 当前位置: 首页 > 组工党建 > 基层党建."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.lines import Line, text_of
from nanhai_crawler.text.whitespace import compare_form, fold

_LABEL = re.compile(
    r"(?:您|你)?\s*(?:当前|现在|目前)?\s*(?:所在|所处)?\s*的?\s*(?:网站)?(?:位\s*置|栏目|页面)(?:导航)?\s*(?:是|为|在)?\s*[:：]"
    r"|(?:您|你)?(?:当前|现在|所在)的?位置\s*(?=[>＞»›→]|首\s*页|网站首页|主页|$)"
)
_HOME = re.compile(r"(?:网站|本站|返回|官网|门户)?首\s*页|主\s*页|Home|HOME|home")
_NAMED = re.compile(r"breadcrumb|\bcrumbs?\b|面包屑", re.IGNORECASE)
_ROOT = re.compile(r"(?:https?://[^/?#]+)?/?(?:(?:index|default)\.\w+)?")
_SEPARATOR = re.compile(r"\s*(?:>+|＞+|»|›|→|⇒|▸|▶|::|\\|\||｜|/|／)\s*|\s+[-–—]+\s+")
_OPENS_AT_HOME = re.compile(rf"(?:{_HOME.pattern})\s*[>＞»›→▸/]")
_TAIL = frozenset(
    "正文 内容 详细内容 文章正文 文章内容 信息内容 详情 详细 浏览文章 文章浏览 查看文章 "
    "查看新闻 查看内容 查看信息 浏览新闻 阅读文章 新闻正文 新闻内容 信息正文 "
    "文章详情 新闻详情 信息详情 阅读正文 浏览 查看 阅读 列表 文章列表 信息列表 列表页 内容页".split()
)
#: A breadcrumb told one step an element: no site met has more than eight steps.
_MOST_LINES = 16
_LONGEST = 200
_LONGEST_STEP = 40
_ARROWS = frozenset(">＞»›→")
#: What may be left of a separator at a step's end, where steps stand in elements of their own.
_EDGE = " -–—>＞»›→|｜/／·"


class Breadcrumb(NamedTuple):
    """Steps from the column under the home page down, and the links on them; lines ``start`` to ``end`` (exclusive)."""

    steps: tuple[str, ...]
    anchors: tuple[etree._Element, ...]
    start: int
    end: int
    rule: str


def find_breadcrumb(lines: Sequence[Line]) -> Breadcrumb | None:
    """The page's breadcrumb by its label, else by a line that begins at 首页 or the site's root; null where there is none."""
    for index, line in enumerate(lines):
        label = _LABEL.match(line.text) if line.text else None
        if label is not None and len(line.text) <= _LONGEST:
            found = _collect(lines, index, line.text[label.end() :], "label")
            if found is not None:
                return found
    for index, line in enumerate(lines):
        if line.anchors and _HOME.match(line.text) and (marked := _marked(line)) is not None:
            found = _collect_within(lines, index, marked)
            if found is not None:
                return found
    return _unlabelled(lines) or _ending_at_the_page(lines)


def _ending_at_the_page(lines: Sequence[Line]) -> Breadcrumb | None:
    """A row of links, or one link a line, that begins at 首页 and ends with a word for the page itself: no menu does."""
    for index, line in enumerate(lines):
        if not line.anchors or not _HOME.match(line.text) or not _is_root(line.anchors[0]):
            continue
        last = text_of(line.anchors[-1])
        if len(line.anchors) > 1 and last and is_page_word(line.text.rpartition(last)[2]):
            return _collect(lines, index, line.text, "from 首页 to the page")
        end = next(
            (n for n in range(index + 1, min(len(lines), index + _MOST_LINES)) if not lines[n].linked), index
        )
        if end > index + 1 and is_page_word(lines[end].text) and end < _scope(lines, index):
            row = lines[index : end + 1]
            anchors = [anchor for step in row for anchor in step.anchors]
            steps = _steps([step.text for step in row], anchors)
            rule = "from 首页 to the page"
            return Breadcrumb(steps, tuple(anchors), index, end + 1, rule) if steps else None
    return None


def _unlabelled(lines: Sequence[Line]) -> Breadcrumb | None:
    """A line of arrows that begins at 首页, else at a link to the root of the site."""
    for index, line in enumerate(lines):
        if line.text and len(line.text) <= _LONGEST and _OPENS_AT_HOME.match(line.text):
            found = _collect(lines, index, line.text, "begins at 首页")
            if found is not None:
                return found
    for index, line in enumerate(lines):
        if len(line.anchors) > 1 and _is_way_from_root(line):
            return _collect(lines, index, line.text, "begins at the site's root")
    return None


def _is_way_from_root(line: Line) -> bool:
    """Whether the line leads by arrows from a link to the root of the site, whatever that is called."""
    first = text_of(line.anchors[0])
    rest = line.text.removeprefix(first).lstrip()
    return rest[:1] in _ARROWS and rest != line.text and _is_root(line.anchors[0])


def _is_root(anchor: etree._Element) -> bool:
    return _ROOT.fullmatch(anchor.get("href", "").strip()) is not None


def read_breadcrumb(
    texts: Sequence[str], anchors: Sequence[etree._Element], start: int, end: int, rule: str
) -> Breadcrumb | None:
    """The breadcrumb in texts that are known to be one, with or without its label; null where they have no step."""
    label = _LABEL.match(texts[0]) if texts else None
    unlabelled = [texts[0][label.end() :], *texts[1:]] if label else texts
    steps = _steps(unlabelled, anchors)
    return None if steps is None else Breadcrumb(steps, tuple(anchors), start, end, rule)


def is_page_word(text: str) -> bool:
    """Whether a text is a word that stands for the page itself: 正文, 详细内容."""
    return len(text) <= _LONGEST_STEP and "".join(text.split()) in _TAIL


def column_path(breadcrumb: Breadcrumb, title: str) -> tuple[str, ...]:
    """The steps without the page itself: its title or a word such as 正文 at the end."""
    steps = list(breadcrumb.steps)
    wanted = compare_form(title)
    while steps and (steps[-1] in _TAIL or _is_title(compare_form(steps[-1]), wanted)):
        steps.pop()
    parts = [compare_form(part) for part in _SEPARATOR.split(title)]
    if len(parts) > 1 and [compare_form(step) for step in steps[-len(parts) :]] == parts:
        del steps[-len(parts) :]  # the title has a separator in it
    return tuple(steps)


def _is_title(step: str, title: str) -> bool:
    step = step.rstrip(".…")
    return bool(title) and (step == title or (len(step) >= 6 and title.startswith(step)))


def _collect(lines: Sequence[Line], start: int, first: str, rule: str) -> Breadcrumb | None:
    texts, anchors, end = _parted(lines[start], first), list(lines[start].anchors), start + 1
    if len(texts) == 1 and not _complete(first):
        last = min(_scope(lines, start), start + _MOST_LINES)
        while end < last and _goes_on(lines[end - 1], lines[end]):
            texts.append(lines[end].text)
            anchors.extend(lines[end].anchors)
            end += 1
    steps = _steps(texts, anchors)
    if steps is None:
        return None
    return Breadcrumb(steps, tuple(anchors), start, end, rule)


def _marked(line: Line) -> Block | None:
    """The block around the line that names itself a breadcrumb: the ARIA practices' label, or the usual class."""
    for block in line.block.outwards():
        element = block.element
        named = f"{element.get('aria-label', '')} {element.get('class', '')} {element.get('id', '')}"
        if _NAMED.search(named):
            return block
    return None


def _collect_within(lines: Sequence[Line], start: int, marked: Block) -> Breadcrumb | None:
    end = min(marked.end, start + _MOST_LINES)
    anchors = [anchor for line in lines[start:end] for anchor in line.anchors]
    steps = _steps([line.text for line in lines[start:end]], anchors)
    return None if steps is None else Breadcrumb(steps, tuple(anchors), start, end, "named a breadcrumb")


def _complete(text: str) -> bool:
    return _SEPARATOR.search(text.strip()) is not None and not _SEPARATOR.fullmatch(text.strip()[-1:] or "x")


def _parted(line: Line, first: str) -> list[str]:
    """What stands behind the label, cut where elements end when only pictures or style rules part the steps."""
    if not line.anchors or _SEPARATOR.search(first):
        return [first]
    pieces = [text for text in map(fold, line.block.element.itertext()) if text]
    while pieces and len("".join(pieces)) > len(first.replace(" ", "")):
        pieces.pop(0)
    return pieces if "".join(pieces).replace(" ", "") == first.replace(" ", "") else [first]


def _goes_on(before: Line, line: Line) -> bool:
    longest = _LONGEST if len(line.anchors) > 1 else _LONGEST_STEP
    if len(line.text) > longest or line.heading:
        return False
    if line.anchors or line.image or _SEPARATOR.match(line.text):
        return True
    item, last = line.block, before.block
    if _SEPARATOR.fullmatch(before.text[-1:]):
        return item is last or (line.in_row and item.parent is last.parent)
    if item is last:  # a picture parts the steps
        return next(item.element.iterdescendants("img"), None) is not None
    return item.element.tag == last.element.tag == "li" and item.parent is last.parent


def _scope(lines: Sequence[Line], start: int) -> int:
    """Where the smallest block ends that holds the label and the next line too."""
    return next((block.end for block in lines[start].block.outwards() if start + 1 in block), start + 1)


def _steps(texts: Sequence[str], anchors: Sequence[etree._Element]) -> tuple[str, ...] | None:
    text = " > ".join(text for text in texts if text)
    if _SEPARATOR.search(text) is None and len(anchors) > 1:
        named = [text_of(anchor) for anchor in anchors]
        tokens = [*named, text.rsplit(named[-1], 1)[-1]] if named[-1] else named
    else:
        tokens = _SEPARATOR.split(text)
    if len(tokens) == 1 and _HOME.match(tokens[0]):
        tokens = tokens[0].split("-")
    steps = [fold(token).strip(_EDGE) for token in tokens]
    steps = [step for step in steps if step]
    if not steps or sum(map(len, steps)) > _LONGEST:
        return None
    return tuple(_without_home(steps, anchors))


def _without_home(steps: list[str], anchors: Sequence[etree._Element]) -> list[str]:
    roots = {text_of(anchor) for anchor in anchors if _is_root(anchor)}
    while steps and (_HOME.fullmatch(steps[0]) or (steps[0] in roots and len(steps) > 1)):
        steps = steps[1:]
    return steps
