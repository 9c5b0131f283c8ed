"""RIS (Research Information Systems' tagged format), as reference managers import it: type ELEC, a web page."""

from collections.abc import Iterable

from nanhai_crawler.citations.cited import Cited


def format_ris(cited: Iterable[Cited]) -> str:
    """A reference each; lines end in CRLF."""
    return "".join(map(_reference, cited))


def _reference(cited: Cited) -> str:
    """One reference; each line is a tag, two spaces, a hyphen, a space and the value, and ends in CRLF."""
    title = f"{cited.title}: {cited.subtitle}" if cited.subtitle else cited.title
    published = cited.published.replace("-", "/") if cited.published else None
    tags: list[tuple[str, str | None]] = [
        ("TY", "ELEC"),
        *(("AU", name) for name in cited.responsible),
        ("TI", title),
        ("PY", published and published[:4]),
        ("DA", published),
        ("PB", cited.publisher),
        ("UR", cited.url),
        ("Y2", cited.accessed.replace("-", "/")),
        ("LA", "zh-CN"),
        ("N1", cited.note),
        ("ID", cited.key),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in tags if value is not None)
