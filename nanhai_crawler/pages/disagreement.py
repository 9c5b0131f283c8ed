"""Where a page's tags say otherwise than the page shows: noted, never believed."""

from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.pages.title import Title
from nanhai_crawler.text.whitespace import compare_form


def title_doubt(title: Title, tags: Tags) -> str:
    """What ArticleTitle says of the title, where that is neither a part of it nor has it as a part; else nothing."""
    told = tags.meta.get("articletitle")
    if not told or told == title.text or title.line < 0:
        return ""
    shown, form = compare_form(title.text), compare_form(told).rstrip(".…")
    return "" if form in shown or shown in form else f"meta articletitle says {told}"


def source_doubt(source: str | None, tags: Tags) -> str:
    """What ContentSource says of the source, where that is another one; else nothing."""
    told = tags.meta.get("contentsource")
    if not told or not source or told == source or compare_form(told) == compare_form(source):
        return ""
    return f"meta contentsource says {told}"
