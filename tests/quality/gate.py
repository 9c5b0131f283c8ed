"""Every source of pages, read and scored; the same for the tests and for ``python -m tests.quality``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nanhai_crawler.pages.reading import read_page
from tests.quality.scores import means, scored
from tests.quality.variants import Original, Variant, variant

#: Numbers of the variants that the tests read; ``--all`` reads many more.
SAMPLE = range(6)
ALL = range(60)
#: A body is right when less than this is missing or too much.
_RIGHT = 0.995


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """A variant and the scores of its fields."""

    variant: Variant
    scores: Mapping[str, float]

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that were not read right."""
        return tuple(field for field, score in self.scores.items() if score < _RIGHT)


def read_and_scored(originals: Iterable[Original], numbers: range) -> Iterator[Scored]:
    """The variants of those numbers of every page."""
    for original in originals:
        for number in numbers:
            made = variant(original, number)
            page = made.page
            reading = read_page(page.url, page.payload, header_charset=page.header_charset)
            yield Scored(variant=made, scores=scored(reading, made.truth, added=made.added))


def below(pages: list[Scored], floors: Mapping[str, float]) -> list[str]:
    """What a person must know of each field that is below its floor: its score, and pages to look at."""
    told = []
    for field, (score, count) in means(page.scores for page in pages).items():
        if score < floors[field]:
            worst = [f"{page.variant.name} {page.variant.changes}" for page in pages if field in page.wrong]
            told.append(
                f"{field} {score:.4f} of {count} pages is below {floors[field]}: {'; '.join(worst[:5])}"
            )
    return told
