"""``python -m tests.quality [--all] [FIELD]``: the scores of every source, and the pages whose FIELD was misread."""

import sys
from collections import Counter
from collections.abc import Iterable

from tests.quality.gate import ALL, SAMPLE, Scored, read_and_scored
from tests.quality.scores import means
from tests.quality.sources import SOURCES
from tests.quality.truth import FIELDS

_MOST_NAMED = 20


def main(arguments: Iterable[str]) -> None:
    """Print a table a source: the mean of each field, how many pages, the changes that misread pages share."""
    words = set(arguments)
    numbers = ALL if "--all" in words else SAMPLE
    for name, pages in SOURCES.items():
        read = list(read_and_scored(pages(), numbers))
        if read:
            print(f"{name}: {len(read)} pages")
            _table(read)
            for field in FIELDS:
                if field in words:
                    _named(read, field)


def _table(read: list[Scored]) -> None:
    for field, (score, count) in means(page.scores for page in read).items():
        changes = Counter(change for page in read if field in page.wrong for change in page.variant.changes)
        shared = ", ".join(change for change, _ in changes.most_common(4))
        print(f"  {field:<18}{score:.4f}  {count:>6}  {shared}")


def _named(read: list[Scored], field: str) -> None:
    for page in [page for page in read if field in page.wrong][:_MOST_NAMED]:
        print(f"  {page.variant.name}: {', '.join(page.variant.changes)}")


if __name__ == "__main__":
    main(sys.argv[1:])
