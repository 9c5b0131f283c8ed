"""What a citation tells of an article: one text it had, where it stood, and when it was captured there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Self

# Characters that no reference manager and no TeX takes (controls, U+FFFE, U+FFFF), and those that would turn the
# direction of all that follows the name in a line (UAX #9, 2.1 to 2.5).
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_OF_ACCOUNT = re.compile("[A-Za-z_@]")
_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """One revision of an article; ``published`` and ``accessed`` are days (``2023-10-31``), the first null where none is shown.

    ``accessed`` is the day in China of the capture that the text was read from. ``publisher`` is who keeps the site.
    """

    key: str
    title: str
    subtitle: str | None
    authors: tuple[str, ...]
    origin: str | None
    publisher: str
    published: str | None
    accessed: str
    url: str
    revision: int
    text_digest: str

    @classmethod
    def of_record(cls, record: Mapping[str, Any], *, captured: str, publisher: str | None = None) -> Self:
        """The record of a revision, captured at ``captured`` (UTC, ISO 8601).

        Without ``publisher`` the source that the page shows is named, its host where that is none or an account of the CMS.
        """
        published = record["published"]
        return cls(
            key=f"nanhai-{record['id']}-r{record['revision']}",
            title=_printed(record["title"]),
            subtitle=_printed(record.get("subtitle") or "") or None,
            authors=tuple(map(_printed, record["authors"])),
            origin=_printed(record["origin"] or "") or None,
            publisher=publisher or _body(record.get("source")) or record["site"],
            published=published[:10] if published else None,
            accessed=datetime.fromisoformat(captured).astimezone(_SHANGHAI).date().isoformat(),
            url=record["url"],
            revision=record["revision"],
            text_digest=record["text_digest"],
        )

    @property
    def responsible(self) -> tuple[str, ...]:
        """Whose words they are: the authors, else the publisher the text names, else who keeps the site."""
        return self.authors or (self.origin or self.publisher,)

    @property
    def note(self) -> str:
        """Which text is cited: the number of the revision and the digest it is checked by."""
        return f"revision {self.revision}, {self.text_digest}"


def _printed(text: str) -> str:
    return _NOT_PRINTED.sub("", text)


def _body(source: str | None) -> str | None:
    """The source, unless it is an account of the CMS (``区委组织部_Admin``) rather than a body's name."""
    return None if source is None or _OF_ACCOUNT.search(source) else _printed(source)
