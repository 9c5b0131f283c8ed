"""What a skin is handed to make one page of an article."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from nanhai_crawler.practice.addresses import HOME, SISTER_HOME
from nanhai_crawler.practice.columns import Column, chain
from nanhai_crawler.practice.story import Block, Bullets, Card, Paragraph, Story

#: What stands between the two labelled values of the info line: one space or two, NBSPs, both (SITE.md, 7).
_GAPS = ("  ", " ", "&nbsp;&nbsp;", "&nbsp;", " &nbsp;")

_TAG_NAMES = ("ArticleTitle", "PubDate", "ContentSource", "ColumnName", "ColumnType")


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleView:
    """One page of a story, with the articles beside it in its list (none for a column that is in no list)."""

    story: Story
    page: int
    newer: Card | None
    older: Card | None
    related: tuple[Card, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of this page."""
        return self.story.pages[self.page - 1]


def crumbs(column: Column) -> Iterator[tuple[str, str]]:
    """Name and address of each step from 首页 down to the column."""
    yield "首页", SISTER_HOME if column.sister else HOME
    for step in chain(column):
        yield step.name, step.list_path()


def crumb_line(column: Column, separator: str) -> str:
    """The breadcrumb with its label; the colon's width and the separator differ from column to column."""
    label = "您现在的位置" if column.sister else "当前位置"
    colon = ":" if column.number % 2 else "："
    steps = separator.join(f'<a href="{escape(href)}">{name}</a>' for name, href in crumbs(column))
    return f"{label}{colon} {steps}"


def info_line(story: Story) -> str:
    """The line that shows time and source, with its section's labels, in one of two widths and five gaps."""
    number = story.card.number
    colon = ":" if number % 3 == 1 else "："
    times, sources = ("发布时间", "发布单位") if story.card.column.sister else ("时间", "来源")
    return f"{times}{colon}{story.card.shown}{_GAPS[number % len(_GAPS)]}{sources}{colon}{story.source}"


def meta_tags(story: Story) -> str:
    """The standard tags of a government article as this story has them: right, oddly cased, stale, none."""
    if story.tags == "none":
        return ""
    card = story.card
    values = (card.title, card.shown, story.source, card.column.name, "工作动态")
    if story.tags == "stale":  # a template's own values, never filled in
        values = ("", "2015-01-01", "", card.column.name, "工作动态")
    pairs = zip(_TAG_NAMES, values, strict=True)
    if story.tags == "lower":
        return "".join(f'<meta content="{escape(value)}" name="{name.lower()}">\n' for name, value in pairs)
    return "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in pairs)


def linked(paragraph: Paragraph) -> str:
    """The paragraph's text as HTML, its links set."""
    text = escape(paragraph.text, quote=False)
    for words, href in paragraph.links:
        text = text.replace(words, f'<a href="{escape(href)}" target="_blank">{words}</a>', 1)
    return text


def part_links(view: ArticleView) -> str:
    """``上一页 1 2 下一页`` for a story of several pages, else nothing."""
    count = len(view.story.pages)
    if count == 1:
        return ""
    path = view.story.card.path
    steps = [_step("上一页", path(view.page - 1) if view.page > 1 else None)]
    steps += [_step(str(page), None if page == view.page else path(page)) for page in range(1, count + 1)]
    steps.append(_step("下一页", path(view.page + 1) if view.page < count else None))
    return " ".join(steps)


def _step(words: str, href: str | None) -> str:
    return f'<a href="{href}">{words}</a>' if href else f"<span>{words}</span>"


def beside(words: str, card: Card | None) -> str:
    """``上一篇：`` with its link, or with 没有了."""
    if card is None:
        return f"{words}：没有了"
    return f'{words}：<a href="{card.path()}">{escape(card.title, quote=False)}</a>'


def shortened(title: str, width: int = 18) -> str:
    """The title as lists show it: cut, with an ellipsis, where it is long (18 characters fill the box)."""
    return escape(title if len(title) <= width else f"{title[:width]}…", quote=False)


def bullets(block: Bullets) -> str:
    """The list as HTML; every editor writes these alike."""
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{escape(item, quote=False)}</li>' for item in block.items)}</{tag}>\n"
