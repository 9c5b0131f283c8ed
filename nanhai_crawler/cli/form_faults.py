"""What a person wrote in an archive's forms, ``nanhai.toml`` and ``sites/*.toml``, and no crawl can go by."""

from collections.abc import Callable
from functools import partial

from nanhai_crawler.errors import FormError
from nanhai_crawler.sites.file import read_site
from nanhai_crawler.sites.known import site_files
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.settings import read_settings
from nanhai_crawler.store.verification.finding import Finding, Thing


def form_faults(folder: ArchiveFolder) -> list[FormError]:
    """The errors, one a file, each of one line that names it; empty where all are sound, or none is there."""
    looks: list[Callable[[], object]] = [
        partial(read_settings, folder),
        *(partial(read_site, path) for path in site_files(folder.sites)),
    ]
    faults = []
    for look in looks:
        try:
            look()
        except FormError as error:
            faults.append(error)
    return faults


def form_findings(folder: ArchiveFolder) -> tuple[Finding, ...]:
    """The same for a verification."""
    return tuple(
        Finding(
            thing=Thing.FORM,
            where=where.removeprefix(f"{folder.path}/"),
            what=what,
            meaning="no crawl begins until it is put right",
            remedy="put it right by hand, or back from a copy",
        )
        for where, _, what in (str(fault).partition(": ") for fault in form_faults(folder))
    )
