"""The last body of a URL that was understood: what the frontier remembers of it until there is another."""

from typing import Any

from nanhai_crawler.items import PageKind, Via
from nanhai_crawler.visits import Outcome, Visit

#: Outcomes and statuses (RFC 9110, 15.3) of a body that need not be sent again while it is the same.
UNDERSTOOD = {Outcome.READ, Outcome.FILE, Outcome.MISSING, Outcome.SET_ASIDE}
BODIES = {200, 203}
#: Pages that lead to others.
LEADING = {PageKind.HOME, PageKind.LISTING, PageKind.SITE_MAP}


def remembered(visit: Visit, found: int) -> dict[str, Any]:
    """What is known of the URL's last body that was understood: this visit's, or the one before.

    A 304 may leave the validators out. A page that says it is missing has them as any other.
    """
    entry, capture, reading = visit.entry, visit.capture, visit.reading
    if capture is None or capture.status not in BODIES or visit.outcome not in UNDERSTOOD:
        return {
            "etag": entry.etag, "last_modified": entry.last_modified, "kind": entry.kind,
            "leads": entry.leads, "published": entry.published, "payload_digest": entry.payload_digest,
        }  # fmt: skip
    kind = reading.kind if reading and visit.outcome is Outcome.READ else None
    article = reading.article if reading else None
    leads = (
        (visit.outcome is Outcome.FILE and entry.via is Via.SITE_MAP)
        or kind in LEADING
        or (kind is PageKind.OTHER and (found > 0 or entry.leads))
    )
    return {
        "etag": capture.etag, "last_modified": capture.last_modified,
        "kind": str(kind) if kind else str(visit.outcome),
        "leads": leads, "published": (article.published or article.entered) if article else None,
        "payload_digest": capture.payload_digest,
    }  # fmt: skip
