"""The columns of the practice site: their tree, their addresses, and how each one's pages are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Paging(StrEnum):
    """How the addresses of a list go on from its first page."""

    INDEX = "index"  # index.html, index_2.html
    QUERY = "query"  # list.jsp?cid=N, list.jsp?cid=N&page=2
    NUMBERED = "numbered"  # list_1.html, list_2.html


class Skin(StrEnum):
    """The markup that an article page is written in."""

    PLAIN = "plain"  # div and p, class names that mean nothing
    TABLE = "table"  # nested tables, font, br, upper case
    WORD = "word"  # what a word processor leaves behind


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One 栏目. ``rows`` articles stand on a page of its list; a ``hidden`` one is in no menu or site map."""

    number: int
    name: str
    parent: int | None = None
    theme: str = "party"  # which words of the bank its composed articles are made of
    skin: Skin = Skin.PLAIN
    paging: Paging = Paging.INDEX
    rows: int = 20
    hidden: bool = False
    sister: bool = False  # belongs to the GBK sister section

    def list_path(self, page: int = 1) -> str:
        """The address of one page of its list."""
        if self.paging is Paging.QUERY:
            first = f"/cms/sites/lxzzb/list.jsp?cid={self.number}"
            return first if page == 1 else f"{first}&page={page}"
        if self.paging is Paging.NUMBERED:
            return f"/cms/html/{self.number}/list_{page}.html"
        return f"/cms/html/{self.number}/index{'' if page == 1 else f'_{page}'}.html"


#: Small lists (5 or 6 rows) are those that must have several pages on a site of 64 articles; 20 is the usual.
COLUMNS = (
    Column(number=7100, name="组工要闻", theme="cadre"),
    Column(number=7110, name="组工党建"),
    Column(number=7111, name="基层党建", parent=7110, rows=6),
    Column(number=7114, name="村社先锋", parent=7111),
    Column(number=7115, name="两新组织", parent=7111, skin=Skin.TABLE),
    Column(number=7112, name="党员教育", parent=7110, skin=Skin.WORD),
    Column(number=7119, name="老党员讲堂", parent=7110, rows=5, hidden=True),
    Column(number=7120, name="干部工作"),
    Column(
        number=7121, name="学习培训", parent=7120, theme="cadre", skin=Skin.WORD, paging=Paging.QUERY, rows=5
    ),
    Column(number=7122, name="选拔任用", parent=7120, theme="cadre"),
    Column(number=7130, name="人才工作", theme="talent"),
    Column(number=7131, name="人才政策", parent=7130, theme="talent", skin=Skin.WORD),
    Column(number=7132, name="人才故事", parent=7130, theme="talent"),
    Column(number=7140, name="志愿服务", theme="civic", skin=Skin.TABLE),
    Column(number=7150, name="通知公告", theme="talent"),
    Column(number=7160, name="基层治理", theme="civic", paging=Paging.QUERY),
    Column(
        number=9201,
        name="讲文明树新风",
        theme="civic",
        skin=Skin.TABLE,
        paging=Paging.NUMBERED,
        rows=5,
        sister=True,
    ),
    Column(number=9202, name="身边好人", theme="civic", skin=Skin.TABLE, paging=Paging.NUMBERED, sister=True),
)

BY_NUMBER = {column.number: column for column in COLUMNS}


def chain(column: Column) -> tuple[Column, ...]:
    """The column under all its parents, the topmost first."""
    above = chain(BY_NUMBER[column.parent]) if column.parent is not None else ()
    return (*above, column)


def children(column: Column) -> Iterator[Column]:
    """The columns below it that menus may show."""
    return (below for below in COLUMNS if below.parent == column.number and not below.hidden)


def visible(*, sister: bool) -> Iterator[Column]:
    """The columns of one section that menus may show, in their order."""
    return (column for column in COLUMNS if column.sister == sister and not column.hidden)
