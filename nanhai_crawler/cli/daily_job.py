"""The job that a timer starts every day: which program, for which archive, when."""

import os
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import make_plan
from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.urls.canonical import canonicalize, host_of, is_loopback

#: Sites are visited by many programs at full hours; the job begins within this time after its own.
JITTER_S = 1800
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class DailyJob:
    """``words`` is the command line; ``name`` tells the jobs of several archives apart; ``notes`` a person should read."""

    archive: Path
    words: tuple[str, ...]
    name: str
    hour: int
    minute: int
    contact: str | None  # of the environment, where the settings name none
    reports: bool  # to a program, which may be a mailer
    notes: tuple[str, ...]


def plan_job(archive: Path, at: str) -> DailyJob:
    """The job for that archive; raises UsageError for a time that is none, FormError for wrong settings."""
    time = _TIME.fullmatch(at.strip())
    if time is None:
        raise UsageError(f"--at {at!r} is no time of day; write it like 03:00, up to 23:59")
    folder = archive.absolute()
    if not str(folder).isprintable():
        raise UsageError(f"{str(folder)!r}: no timer can be told of a folder with such a name; rename it")
    ArchiveFolder(folder).require_folder()
    plan = make_plan(folder, CrawlOrder(contact=os.environ.get("NANHAI_CONTACT")))
    hosts = [host_of(canonicalize(seed) or "") for seed in plan.seeds]
    notes = []
    if not folder.exists():
        notes.append(f"{folder} is not there yet; crawl into it once before the timer does")
    if plan.contact is None and not all(map(is_loopback, (*hosts, *plan.hosts))):
        notes.append(
            f"nobody to write to: set contact in {folder / 'nanhai.toml'}, or each run will end at once"
        )
    return DailyJob(
        archive=folder,
        words=(*_program(), "crawl", "--archive", str(folder), "--log"),
        name=_name(folder),
        hour=int(time[1]),
        minute=int(time[2]),
        contact=plan.contact if plan.contact != plan.settings.contact else None,
        reports=plan.settings.report_to is not None,
        notes=tuple(notes),
    )


def _program() -> tuple[str, ...]:
    """The command beside this interpreter, by its full path: timers know no PATH of a person's."""
    command = Path(sys.executable).with_name("nanhai")
    return (str(command),) if command.exists() else (sys.executable, "-m", "nanhai_crawler")


def _name(folder: Path) -> str:
    """``nanhai-archive-1f0c2a``: the folder's name as far as a unit may have it, and what tells two such folders apart."""
    words = _UNSAFE.sub("-", folder.name).strip("-")[:40]
    digest = sha256(os.fsencode(folder)).hexdigest()[:6]
    return "-".join(filter(None, ("nanhai", words, digest)))
