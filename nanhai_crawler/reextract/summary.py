"""What a re-reading tells when it is over: field by field, what changed or would."""

from dataclasses import dataclass, field
from typing import Any

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.items import PageReading
from nanhai_crawler.store.kept_pages import DESCRIPTION, KeptPage
from nanhai_crawler.store.readings import StandingReading

#: As many as a person reads to see what a change is about.
MOST_EXAMPLES = 3
#: As many addresses as a person looks up; the counts have all.
MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One value that changed, in one revision of an article."""

    id: str
    revision: int
    old: Any
    new: Any


@dataclass(kw_only=True, slots=True)
class FieldChanges:
    """How many revisions have another value of a field, and the first few."""

    count: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Told:
    """How often something was met, and the first addresses with a few words each."""

    count: int = 0
    first: list[tuple[str, str]] = field(default_factory=list)

    def add(self, url: str, words: str) -> None:
        """Once more."""
        self.count += 1
        if len(self.first) < MOST_TOLD:
            self.first.append((url, words))


@dataclass(kw_only=True, slots=True)
class RereadSummary:
    """What was read again and what came of it; in a dry run, what would have.

    ``kinds`` and ``charsets`` count pages by ``old → new``; ``described`` counts those of which either, or the evidence of
    one, is another. ``no_articles`` are revisions whose page is no article, or another's page, to
    this reader: they stay as they are. ``incomplete`` are divided articles, unknown so far, of which pages lack.
    """

    reader: str
    dry_run: bool
    pages: int = 0
    revisions: int = 0
    changed: int = 0
    new_articles: int = 0
    new_texts: int = 0
    fields: dict[str, FieldChanges] = field(default_factory=dict)
    described: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    charsets: dict[str, int] = field(default_factory=dict)
    no_articles: Told = field(default_factory=Told)
    incomplete: Told = field(default_factory=Told)
    damaged: Told = field(default_factory=Told)
    duration_s: float = 0.0

    @property
    def exit_code(self) -> ExitCode:
        """Done, or partial where a snapshot could not be read."""
        return ExitCode.PARTIAL if self.damaged.count else ExitCode.DONE

    @property
    def nothing_changed(self) -> bool:
        """Whether the archive says all that this reader reads, and says it so."""
        return not (self.changed or self.new_articles or self.new_texts or self.described)

    def note_description(self, page: KeptPage, reading: PageReading) -> bool:
        """Whether the page is understood to be something else, or by other evidence."""
        if all(getattr(page, name) == getattr(reading, name) for name in DESCRIPTION):
            return False
        self.described += 1
        if page.kind != reading.kind:
            change = f"{page.kind or 'not read'} → {reading.kind}"
            self.kinds[change] = self.kinds.get(change, 0) + 1
        if page.charset != reading.charset and page.charset is not None:
            change = f"{page.charset} → {reading.charset}"
            self.charsets[change] = self.charsets.get(change, 0) + 1
        return True

    def note_change(self, standing: StandingReading, new: dict[str, Any]) -> None:
        """One revision is read differently."""
        self.changed += 1
        old = _with_lines(standing.values)
        now = _with_lines({key: new[key] for key in standing.values})
        names = [key for key in old if old[key] != now[key]]
        if {"body", "section_headings"}.intersection(names):
            names.remove("sections")
        for name in names:
            changes = self.fields.setdefault(name, FieldChanges())
            changes.count += 1
            if len(changes.examples) < MOST_EXAMPLES:
                changes.examples.append(
                    Example(id=standing.article_id, revision=standing.number, old=old[name], new=now[name])
                )


def _with_lines(values: dict[str, Any]) -> dict[str, Any]:
    """The values with what a record has of its sections besides, and without the digest, which follows from them."""
    sections = values["sections"]
    headings = [part["heading"] for part in sections if part["heading"] is not None]
    lines = [line for part in sections for line in (part["heading"], *part["paragraphs"]) if line is not None]
    told = {"section_headings": headings, "body": "\n".join(lines), **values}
    del told["text_digest"]
    return told
