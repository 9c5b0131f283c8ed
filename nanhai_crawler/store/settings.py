"""``nanhai.toml``: the settings of one archive, which a person wrote or changed."""

import shlex
from dataclasses import dataclass

from nanhai_crawler.forms import fill, read_table
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.urls.contact import is_contact

_LONGEST_DELAY_S = 3600.0
#: A log a day for a quarter: what went wrong is asked for within weeks; the reports of all runs stay.
_KEEP_LOGS_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveSettings:
    """What an archive's crawls go by where neither the command line nor the environment says otherwise.

    ``contact``: whom a site may ask. ``sites``: those that a crawl without an address visits; none is the program's
    default site. ``delay_s``: least time between two requests to a host, null for the program's. ``report_to``: a command
    that is given each run's report. ``keep_logs_days``: how long ``logs/`` are kept. ``min_free_mb``: no crawl with less
    space on the disk; null for as much as the program needs to end soundly.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by forms; a class variable is no field

    contact: str | None = None
    sites: tuple[str, ...] = ()
    delay_s: float | None = None
    report_to: str | None = None
    keep_logs_days: int = _KEEP_LOGS_DAYS
    min_free_mb: int | None = None

    def __post_init__(self) -> None:
        if self.contact is not None and not is_contact(self.contact):
            raise ValueError(f'contact: "{self.contact}" is no mail address or URL in plain ASCII')
        if self.delay_s is not None and not 0 <= self.delay_s <= _LONGEST_DELAY_S:
            raise ValueError(f"delay_s: {self.delay_s} is not between 0 and {_LONGEST_DELAY_S:.0f} seconds")
        if self.report_to is not None and not self.report_to.strip():
            raise ValueError("report_to is empty; write a command, or leave it out")
        try:
            shlex.split(self.report_to or "")
        except ValueError as error:
            raise ValueError(f"report_to: {self.report_to}: {error}") from error
        for name in ("keep_logs_days", "min_free_mb"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name}: {getattr(self, name)} is less than 0")


def read_settings(folder: ArchiveFolder) -> ArchiveSettings:
    """The settings of the archive in ``folder``, the program's own where it has none.

    Raises FormError, one line that names the file and each key that is wrong.
    """
    return fill(ArchiveSettings, read_table(folder.settings), folder.settings)
