"""CSL-JSON, what citation processors read (CSL 1.0.2, csl-data schema): type ``webpage``."""

import json
from collections.abc import Iterable

from nanhai_crawler.citations.cited import Cited


def format_csl(cited: Iterable[Cited]) -> str:
    """A list of items, indented."""
    return json.dumps([_item(one) for one in cited], ensure_ascii=False, indent=2) + "\n"


def _item(cited: Cited) -> dict[str, object]:
    """One item; names are literal, since nobody said which part of them is the family's."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": "webpage",
        "title": f"{cited.title}: {cited.subtitle}" if cited.subtitle else cited.title,
        "author": [{"literal": name} for name in cited.responsible],
        "publisher": cited.publisher,
        "accessed": _date(cited.accessed),
        "URL": cited.url,
        "language": "zh-CN",
        "version": str(cited.revision),
        "note": cited.note,
    }
    if cited.published:
        item["issued"] = _date(cited.published)
    return item


def _date(day: str) -> dict[str, object]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
