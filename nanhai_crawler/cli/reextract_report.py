"""The report of a re-reading: field by field, what changed or would, how often, with examples."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from nanhai_crawler.cli.overview_lines import print_table
from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.reextract.summary import Example, RereadSummary, Told
from nanhai_crawler.store.export.jsonl import json_line

#: An example has a line for each value; a longer value is shown around where the two begin to differ.
_SHOWN = 60
_BEFORE_DIFFERENCE = 12


def print_reread(summary: RereadSummary) -> None:
    """The whole report on standard output."""
    did = "would change" if summary.dry_run else "changed"
    print_line(styled(f"read again by {summary.reader}", "bold"))
    print_table([(name, str(value)) for name, value in _numbers(summary, did)])
    for name in _in_order(summary.fields):
        changes = summary.fields[name]
        print_line()
        print_line(styled(f"{name} ", "bold"), styled(f"{did} in {changes.count} revisions"))
        for example in changes.examples:
            _print_example(example)
    for words, counts in (("kind of page", summary.kinds), ("charset", summary.charsets)):
        for change, count in sorted(counts.items(), key=lambda item: -item[1]):
            print_line(styled(f"{words} {did}: {change} ({count} pages)"))
    _print_told(summary.no_articles, "no article to this reader, kept as they were")
    _print_told(summary.incomplete, "divided articles that cannot be joined")
    _print_told(summary.damaged, "snapshots that could not be read")
    if summary.nothing_changed:
        print_line(styled("nothing to change: the archive says what this reader reads", "green"))


def reread_json(summary: RereadSummary) -> str:
    """The summary as one line of JSON."""
    values = asdict(summary)
    values["fields"] = {name: values["fields"][name] for name in _in_order(summary.fields)}
    for name in ("no_articles", "incomplete", "damaged"):
        first = [{"url": url, "reason": reason} for url, reason in values[name]["first"]]
        values[name] = {"count": values[name]["count"], "first": first}
    return json_line({**values, "exit_code": int(summary.exit_code)})


def _numbers(summary: RereadSummary, did: str) -> Iterator[tuple[str, int | str]]:
    yield "pages", summary.pages
    yield "revisions", summary.revisions
    yield did, summary.changed
    yield "new articles", summary.new_articles
    yield "new texts", summary.new_texts
    yield "took", f"{summary.duration_s:.1f} s"


def _in_order(fields: Mapping[str, object]) -> list[str]:
    return [name for name in RECORD_KEYS if name in fields]


def _print_example(example: Example) -> None:
    old, new = _shown(example.old, example.new)
    print_line(styled(f"  {example.id} revision {example.revision}", "dim"))
    print_line(styled("    - "), styled(old, "red"))
    print_line(styled("    + "), styled(new, "green"))


def _shown(old: Any, new: Any) -> tuple[str, str]:
    """Both values in one line each, from a little before the first difference."""
    said, says = (_in_one_line(value) for value in (old, new))
    pairs = enumerate(zip(said, says, strict=False))
    differ = next((place for place, (one, other) in pairs if one != other), min(len(said), len(says)))
    start = max(0, differ - _BEFORE_DIFFERENCE)
    return _cut(said, start), _cut(says, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN]
    return ("…" if start else "") + shown + ("…" if start + _SHOWN < len(text) else "")


def _in_one_line(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\n", " ⏎ ")
    return "(none)" if value in (None, []) else json.dumps(value, ensure_ascii=False)


def _print_told(told: Told, words: str) -> None:
    if not told.count:
        return
    print_line()
    print_line(styled(f"{words}: {told.count}", "bold"))
    for url, reason in told.first:
        print_line(styled(f"  {url} ({reason})"))
    if told.count > len(told.first):
        print_line(styled(f"  … and {told.count - len(told.first)} more"))
