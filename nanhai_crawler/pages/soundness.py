"""Whether an article that was read keeps what a record promises."""

import re

from nanhai_crawler.items import Article

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?\+08:00)?")


def find_fault(article: Article) -> str | None:
    """What breaks the promise of a record (DESIGN: record), in a few words; null for a sound one."""
    if not article.title:
        return "no title"
    for name in ("published", "entered"):
        value = getattr(article, name)
        if value is not None and not _TIME.fullmatch(value):
            return f"{name} is {value!r}"
    if any(
        not paragraph or "\n" in paragraph for section in article.sections for paragraph in section.paragraphs
    ):
        return "a paragraph is empty or has lines"
    return None
