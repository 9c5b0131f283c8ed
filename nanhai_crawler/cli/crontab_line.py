"""The daily job as a line of a crontab (crontab(5))."""

from nanhai_crawler.cli.daily_job import JITTER_S, DailyJob
from nanhai_crawler.errors import UsageError

#: Debian's and the BSDs' cron cut a command after 998 characters.
_LONGEST = 998
# Two bytes of chance from the system: the shells that cron starts need not know RANDOM.
_SLEEP = rf"sleep $(( $(od -An -N2 -tu2 /dev/urandom) \% {JITTER_S} ))"


def crontab_line(job: DailyJob) -> str:
    """Comments that say how to install it, then the line. cron mails what the job says: nothing, unless it fails."""
    words = [_quoted(word) for word in job.words]
    if job.contact is not None:
        words[:0] = ["env", _quoted(f"NANHAI_CONTACT={job.contact}")]
    command = f"{_SLEEP}; exec {' '.join(words)}"
    if len(command) > _LONGEST:
        raise UsageError(f"{job.archive}: its path is too long for cron; use systemd, or a shorter path")
    return (
        f"# nanhai: crawls into {job.archive}\n"
        "# Install: crontab -e, and add the line below. What a run says is in logs/ there; a run that fails is mailed.\n"
        f"{job.minute} {job.hour} * * * {command}\n"
    )


def _quoted(word: str) -> str:
    r"""The word in the shell's quotes; ``%`` would end the line for cron, and stands outside of them as ``\%``."""
    quoted = "'" + word.replace("'", "'\"'\"'") + "'"
    return quoted.replace("%", r"'\%'")
