"""The pages that lead to articles: lists, the columns' fronts, both home pages, the site map."""

from collections.abc import Iterable
from html import escape

from nanhai_crawler.practice.addresses import DUTY, SISTER_HOME, SOFT_MISSING
from nanhai_crawler.practice.catalogue import Catalogue
from nanhai_crawler.practice.columns import Column, Paging, children, visible
from nanhai_crawler.practice.frame import NOTICE, SISTER_NAME, frame
from nanhai_crawler.practice.story import Card
from nanhai_crawler.practice.view import crumb_line, shortened

#: Numbered pagers show this many pages on either side of the one that is open.
_REACH = 3


def page_count(catalogue: Catalogue, column: Column) -> int:
    """How many pages the column's list has; one when it is empty."""
    return max(1, -(-len(catalogue.listed(column)) // column.rows))


def list_page(catalogue: Catalogue, column: Column, page: int) -> bytes:
    """One page of a column's list, its breadcrumb and pager; then what is new in the columns under it."""
    start = (page - 1) * column.rows
    cards = [catalogue.card(number) for number in catalogue.listed(column)[start : start + column.rows]]
    fronts = "".join(_front(catalogue, child, 6) for child in children(column))
    content = (
        f'<div class="c1"><div class="c2">{crumb_line(column, " &gt; ")}</div>\n{_rows(cards)}\n'
        f'<div class="c5">{_pager(column, page, page_count(catalogue, column))}</div>\n{fronts}</div>'
    )
    around = frame(sister=column.sister)
    return around.page(f"{column.name}_{around.name}", content)


def home_page(catalogue: Catalogue) -> bytes:
    """The main section's front: what is new in each of its columns."""
    fronts = "".join(_front(catalogue, column, 4) for column in visible(sister=False))
    return frame(sister=False).page(
        "练习区委组织部（区人才办）", f'<div class="c1"><p class="c8">{NOTICE}。</p>\n{fronts}</div>'
    )


def sister_home_page(catalogue: Catalogue) -> bytes:
    """The sister section's front."""
    fronts = "".join(_front(catalogue, column, 5) for column in visible(sister=True))
    return frame(sister=True).page(SISTER_NAME, f"<CENTER>{NOTICE}。</CENTER>\n{fronts}")


def site_map_page() -> bytes:
    """Every column that menus show; besides, links to a missing page, a wall and a forbidden folder."""
    tops = (column for column in visible(sister=False) if column.parent is None)
    content = f"""<div class="c1"><h2>站点地图</h2>{_tree(tops)}
<h3><a href="{SISTER_HOME}">{SISTER_NAME}</a></h3>{_tree(visible(sister=True))}
<h3>历史专题</h3><ul><li><a href="{SOFT_MISSING}">一封旧来信</a></li>
<li><a href="{DUTY}">值班安排</a></li></ul></div>"""
    return frame(sister=False).page("站点地图_练习区委组织部", content)


def _tree(columns: Iterable[Column]) -> str:
    rows = (
        f'<li><a href="{escape(column.list_path())}">{column.name}</a>{_tree(children(column))}</li>\n'
        for column in columns
    )
    inner = "".join(rows)
    return f"<ul>{inner}</ul>" if inner else ""


def _front(catalogue: Catalogue, column: Column, count: int) -> str:
    cards = (catalogue.card(number) for number in catalogue.listed(column)[:count])
    more = f'<a href="{escape(column.list_path())}">更多&gt;&gt;</a>'
    return f'<div class="c6"><div class="c7"><b>{column.name}</b> {more}</div>{_rows(cards)}</div>\n'


def _rows(cards: Iterable[Card]) -> str:
    """List rows: the title shortened, in full as a tool tip in some, and the day."""
    return f'<ul class="c3">{"".join(map(_row, cards))}</ul>'


def _row(card: Card) -> str:
    tip = f' title="{escape(card.title)}"' if card.number % 2 else ""
    return (
        f'<li><span>{card.shown[:10]}</span><a href="{card.path()}"{tip}>{shortened(card.title)}</a></li>\n'
    )


def _pager(column: Column, page: int, count: int) -> str:
    if count == 1:
        return "共1页"
    if column.paging is Paging.INDEX:
        return _worded(column, page, count, ("首页", "上一页", "下一页", "尾页"))
    if column.paging is Paging.QUERY:
        return _worded(column, page, count, ("第一页", "上页", "下页", "末页"))
    return _numbered(column, page, count)


def _worded(column: Column, page: int, count: int, words: tuple[str, str, str, str]) -> str:
    """``首页 上一页 下一页 尾页``: where there is nothing to go to, the word stands without a link."""
    targets = (1, page - 1, page + 1, count)
    steps = (_step(column, word, target, page, count) for word, target in zip(words, targets, strict=True))
    return f"共{count}页 第{page}页 {' '.join(steps)}"


def _numbered(column: Column, page: int, count: int) -> str:
    """Numbers alone: those around the open page, and the last."""
    near = [*range(max(1, page - _REACH), min(count, page + _REACH) + 1)]
    numbers = near if near[-1] == count else [*near, count]
    return " ".join(_step(column, f"[{number}]", number, page, count) for number in numbers)


def _step(column: Column, words: str, target: int, page: int, count: int) -> str:
    if target == page or not 1 <= target <= count:
        return f"<span>{words}</span>"
    return f'<a href="{escape(column.list_path(target))}">{words}</a>'
