"""How right a reading is, field by field: 1 where it says what is true, 0 where not; the body by its 4-grams."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from nanhai_crawler.items import Article, PageKind, PageReading
from tests.quality.truth import FIELDS, Credited, Truth


def tight(text: str | None) -> str:
    """NFKC without white space, as the annotators of real pages compare."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def body_f1(got: str, want: str) -> float:
    """F1 of the 4-grams of two texts; 1.0 for two that are too short to have any and are the same."""
    ours, true = (Counter(text[at : at + 4] for at in range(len(text) - 3)) for text in (got, want))
    if not ours and not true:
        return float(got == want)
    return 2 * sum((ours & true).values()) / (sum(ours.values()) + sum(true.values()))


def scored(
    reading: PageReading, truth: Truth, *, added: frozenset[Credited] = frozenset()
) -> dict[str, float]:
    """The score of each field that is known; all 0 where an article was not read. ``added`` credits may be told too."""
    article = reading.article
    if article is None or reading.kind is not PageKind.ARTICLE:
        return dict.fromkeys(truth.fields, 0.0)
    credited = frozenset((credit.role, credit.name, credit.organization) for credit in article.credits)
    verdicts = {
        "kind": True,
        "title": tight(article.title) == tight(truth.title),
        "published": article.published == truth.published,
        "source": article.source == truth.source,
        "origin": article.origin == truth.origin,
        "column_path": article.column_path == truth.column_path,
        "authors": article.authors == truth.authors,
        "credits": truth.credits <= credited <= truth.credits | added,
        "section_headings": article.section_headings == _headings(truth),
        "sections": _sections(article) == truth.sections,
        "images": tuple((image.url, image.caption, image.credit) for image in article.images) == truth.images,
        "attachments": tuple((file.url, file.name) for file in article.attachments) == truth.attachments,
    }
    scores = {field: float(verdict) for field, verdict in verdicts.items() if field in truth.fields}
    if "body" in truth.fields:
        told = _annotated(article) if truth.annotated else article.body
        scores["body"] = body_f1(tight(told), tight(truth.body))
    return scores


def means(scores: Iterable[Mapping[str, float]]) -> dict[str, tuple[float, int]]:
    """The mean of each field and of how many pages, in the order of the fields."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for page in scores:
        for field, score in page.items():
            sums[field] += score  # type: ignore[assignment]  # a Counter adds floats as well
            counts[field] += 1
    return {field: (sums[field] / counts[field], counts[field]) for field in FIELDS if counts[field]}


def _headings(truth: Truth) -> tuple[str, ...]:
    return tuple(heading for heading, _ in truth.sections if heading is not None)


def _sections(article: Article) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    return tuple((section.heading, section.paragraphs) for section in article.sections)


def _annotated(article: Article) -> str:
    """The body with captions and lines of credits, each once."""
    lines = [article.body]
    for text in (
        *(text for image in article.images for text in (image.caption, image.credit)),
        *(credit.raw for credit in article.credits),
    ):
        if text and not any(tight(text) in tight(line) for line in lines):
            lines.append(text)
    return "\n".join(lines)
