"""When a URL is to be asked for again, and which of those that are due comes first."""

from nanhai_crawler.items import Outcome, Via

#: The lower, the earlier. A part completes an article that is half there; a redirect ends what was begun;
#: site map, breadcrumbs and next pages find more than a link does; files wait until the pages are read.
RANKS = {
    Via.SEED: 0,
    Via.PART: 0,
    Via.REDIRECT: 1,
    Via.SITE_MAP: 2,
    Via.BREADCRUMB: 3,
    Via.NEXT: 4,
    Via.LINK: 5,
    Via.IMAGE: 6,
    Via.ATTACHMENT: 6,
}


def next_due(outcome: Outcome, *, visited: str) -> str | None:
    """When a URL is due again, after a visit at ``visited`` that ended in ``outcome``; null: as it was.

    What failed stays due as it was. Everything else is due again at once, that is at the next run (one run
    visits a URL once): the one place for intervals that grow.
    """
    return None if outcome in {Outcome.FAILED, Outcome.WALL} else visited
