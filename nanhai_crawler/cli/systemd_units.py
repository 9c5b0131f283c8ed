"""The daily job as a service and a timer for systemd (systemd.service(5), systemd.timer(5), systemd.exec(5))."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

from nanhai_crawler.cli.daily_job import JITTER_S, DailyJob
from nanhai_crawler.cli.message import say
from nanhai_crawler.errors import UsageError

#: In a path these mean other things to ReadWritePaths= than to ExecStart=.
_UNQUOTABLE = frozenset("\"'\\")
#: PrivateTmp= would hide an archive that lies there.
_TEMPORARY = frozenset(("/tmp", "/var/tmp"))  # noqa: S108

_SERVICE = """\
[Unit]
Description=nanhai: crawl into {description}
Documentation=file://{readme}
{network}# A disk that is not mounted is a failure, not a day without news.
AssertPathIsDirectory={path}

[Service]
Type=oneshot
{user}{environment}ExecStart={command}
# A stop finishes the pages in flight; what was not visited stays due.
TimeoutStopSec=10min
Nice=10
IOSchedulingClass=idle
UMask=0022
{hardening}"""
_TIMER = """\
[Unit]
Description=nanhai: every day, crawl into {description}

[Timer]
OnCalendar=*-*-* {hour:02}:{minute:02}:00
RandomizedDelaySec={jitter}
Persistent=true

[Install]
WantedBy=timers.target
"""
_HARDENED = """\
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={archive}
ProtectHome=read-only
{tmp}PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
"""
# Mailers give themselves the group of their spool, and write there: what forbids that forbids report_to.
_REPORTING = """\
# report_to may be a mailer, which needs its own rights: no more is closed than leaves them to it.
ProtectSystem=full
ProtectControlGroups=yes
"""
# A user's own systemd may not make the mount namespaces that the rest needs.
_OF_A_USER = """\
NoNewPrivileges=yes
RestrictRealtime=yes
LockPersonality=yes
SystemCallArchitectures=native
"""


def systemd_units(job: DailyJob, *, user: bool) -> Mapping[str, str]:
    """The text of each unit by its file name; ``user`` for ``systemctl --user``."""
    if _UNQUOTABLE & set(str(job.archive)):
        raise UsageError(
            f"{job.archive}: systemd cannot be told of quotes or backslashes in a path; rename it"
        )
    hardening = _OF_A_USER if user else _HARDENED
    if job.reports:
        hardening = "" if user else _REPORTING
    contact = f"NANHAI_CONTACT={job.contact}"
    service = _SERVICE.format(
        description=_literal(str(job.archive)),
        readme=_uri(job.archive / "README.md"),
        # A user's manager knows no network.target.
        network="" if user else "Wants=network-online.target\nAfter=network-online.target\n",
        path=_literal(str(job.archive)),
        user="" if user else f"User={_owner(job.archive)}\n",
        environment="" if job.contact is None else f"Environment={_quoted(contact)}\n",
        command=" ".join(
            [_quoted(job.words[0]), *(_quoted(word).replace("$", "$$") for word in job.words[1:])]
        ),
        hardening=hardening.format(
            archive=_quoted(str(job.archive)),
            tmp="" if _TEMPORARY & {str(folder) for folder in job.archive.parents} else "PrivateTmp=yes\n",
        ),
    )
    timer = _TIMER.format(
        description=_literal(str(job.archive)), hour=job.hour, minute=job.minute, jitter=JITTER_S
    )
    place = "~/.config/systemd/user" if user else "/etc/systemd/system"
    control = "systemctl --user" if user else "systemctl"
    install = (
        f"# Install: put both files into {place}, then\n"
        f"# {control} daemon-reload && {control} enable --now {job.name}.timer\n"
    )
    return {f"{job.name}.service": install + service, f"{job.name}.timer": install + timer}


def write_units(units: Mapping[str, str], folder: Path) -> None:
    """The units are files in that folder; one that is there already is never written over."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in units:
        if (folder / name).exists():
            raise UsageError(f"{folder / name} is there already; remove it, or choose another folder")
    for name, text in units.items():
        (folder / name).write_text(text, encoding="utf-8")
        say(f"written: {folder / name}")


def _quoted(word: str) -> str:
    """One word of a list, with nothing in it that systemd expands."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_literal(escaped)}"'


def _literal(text: str) -> str:
    return text.replace("%", "%%")


def _uri(path: Path) -> str:
    return _literal(path.as_uri().removeprefix("file://"))


def _owner(archive: Path) -> str:
    """Whose the archive is, or, while it is not there, who asks; by number where the system has no name."""
    user = archive.stat().st_uid if archive.exists() else os.getuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
