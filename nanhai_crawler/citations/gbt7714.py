"""GB/T 7714—2015 信息与文献 参考文献著录规则: an electronic resource on line, § 4.6 and table B.1 (``EB/OL``)."""

from collections.abc import Iterable

from nanhai_crawler.citations.cited import Cited

#: § 8.1.2: more than three names are the first three and 等.
_MOST_NAMES = 3


def format_gbt7714(cited: Iterable[Cited]) -> str:
    """A reference a line."""
    return "".join(map(_reference, cited))


def _reference(cited: Cited) -> str:
    """主要责任者. 题名: 其他题名信息[EB/OL]. (发布日期)[引用日期]. 获取和访问路径. 版本.

    The revision and its digest follow the address, where § 4.6 ends; they say which of the texts that stood there is meant;
    the first is no 修订.
    """
    named = cited.responsible
    names = ", ".join(named[:_MOST_NAMES]) + (", 等" if len(named) > _MOST_NAMES else "")
    title = f"{cited.title}: {cited.subtitle.lstrip('—-–─ ')}" if cited.subtitle else cited.title
    published = f"({cited.published})" if cited.published else ""
    version = f"第{cited.revision}版文本, {cited.text_digest}"
    return f"{names}. {title}[EB/OL]. {published}[{cited.accessed}]. {cited.url}. {version}.\n"
