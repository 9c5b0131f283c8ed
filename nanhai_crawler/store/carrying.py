"""Carrying: what a page does not tell any more, or tells anew only because time went by, stands as it was told.

A redesign takes a source or the pictures from every page; nothing good is overwritten by nothing (FAULTS F29). ``evidence``
says of such a value which capture it was kept from, so that a later reading of the same page carries it too.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from nanhai_crawler.items import Article, ItemList, Paragraph, Section, Table
from nanhai_crawler.store.article_json import load_article

#: Fields that stand or fall together, by the one that ``evidence`` speaks of.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "published": ("published",),
    "column_path": ("column_path",),
    "source": ("source",),
    "origin": ("origin",),
    "credits": ("credits", "authors"),
    "sections": ("sections",),
    "images": ("images",),
    "attachments": ("attachments",),
    "kicker": ("kicker",),
    "subtitle": ("subtitle",),
}
_CARRIED = re.compile(r"kept from capture \d+$")
_DAY = 10


def carry_over(old: Article, new: Article, capture_id: int) -> Article:
    """``new``, with what ``old``, read from that capture, has besides."""
    return _carry(old, new, [name for name in _FIELDS if _is_lost(name, old, new)], capture_id)


def carry_on(values: Mapping[str, Any], new: Article) -> Article:
    """``new``, with what stands (the record's ``values``) from an earlier capture by now, and ``new`` has not."""
    carried = [name for name in _FIELDS if _CARRIED.search(values["evidence"].get(name, ""))]
    if not carried:
        return new
    # An older revision does not say what stands in the article's own row.
    of_article = {"site": new.site, "column_path": new.column_path, "entered": new.entered}
    old = standing_article({**of_article, **values}, new.url)
    return _carry(old, new, [name for name in carried if _is_lost(name, old, new)], 0)


def standing_article(values: Mapping[str, Any], url: str) -> Article:
    """The article that a record's ``values`` tell of."""
    told = {key: value for key, value in values.items() if key != "text_digest"}
    return load_article(json.dumps({**told, "url": url}))


def is_reckoned(article: Article) -> bool:
    """Whether the time follows from the moment of the capture (3天前), not from the page alone."""
    return "relative" in article.evidence.get("published", "")


def _carry(old: Article, new: Article, names: Iterable[str], capture_id: int) -> Article:
    kept: dict[str, Any] = {}
    evidence = dict(new.evidence)
    for name in names:
        kept.update({field: getattr(old, field) for field in _FIELDS[name]})
        for field in _FIELDS[name]:
            rule = old.evidence.get(field, "")
            if not _CARRIED.search(rule):
                rule = ", ".join(filter(None, (rule, f"kept from capture {capture_id}")))
            evidence[field] = rule
        for key in (f"{name}_raw", f"{name}_doubt"):
            evidence.pop(key, None)
            evidence.update({key: old.evidence[key]} if key in old.evidence else {})
    return replace(new, **kept, evidence=evidence) if kept else new


def _is_lost(name: str, old: Article, new: Article) -> bool:
    if name == "published":
        return _is_time_lost(old, new)
    if name == "sections":
        return bool(_kinds(old.sections) - _kinds(new.sections))
    return any(getattr(old, field) and not getattr(new, field) for field in _FIELDS[name])


def _is_time_lost(old: Article, new: Article) -> bool:
    """Whether ``new`` shows none, or the same less exactly, or one that moves with the day of its capture."""
    if not old.published or old.published == new.published:
        return False
    if not new.published or old.published.startswith(new.published):
        return True
    if not is_reckoned(new):
        return False
    return old.evidence.get("published_raw") == new.evidence.get("published_raw") or _is_day_apart(
        old.published, new.published
    )


def _is_day_apart(one: str, other: str) -> bool:
    """3天前 is rounded: seen from another hour, it may be the day before or after."""
    try:
        days = date.fromisoformat(one[:_DAY]) - date.fromisoformat(other[:_DAY])
    except ValueError:
        return False
    return abs(days.days) <= 1


def _kinds(sections: Iterable[Section]) -> set[str]:
    """What of a text's make-up there is: headings, lists, tables."""
    found: set[str] = set()
    for section in sections:
        found.update({"heading"} if section.heading is not None else ())
        for block in section.blocks:
            match block:
                case Table() | ItemList():
                    found.add(block.type)
                case Paragraph():
                    pass
    return found
