"""``nanhai`` as a whole: its commands, and how any of them ends (DESIGN: exit codes)."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from nanhai_crawler.cli import (
    cite,
    count,
    crawl,
    demo,
    export,
    import_check,
    kwic,
    practice,
    reextract,
    runs,
    schedule,
    search,
    show,
    site,
    status,
    verify,
)
from nanhai_crawler.cli.message import say
from nanhai_crawler.errors import ArchiveOutdated, ExitCode, NanhaiError

# Without rich's help, which takes 60 ms more to start than Python itself takes.
app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
for command in (demo.demo, practice.practice, crawl.crawl, status.status, runs.runs):
    app.command()(command)
# A query may begin with a minus.
for asking in (search.search, count.count, kwic.kwic):
    app.command(context_settings={"ignore_unknown_options": True})(asking)
app.command()(show.show)
app.command()(cite.cite)
app.command()(export.export)
app.command()(import_check.import_check)
app.command()(verify.verify)
app.command()(schedule.schedule)
app.command()(reextract.reextract)
app.add_typer(site.app, name="site")


@app.callback(invoke_without_command=True)
def nanhai(context: typer.Context) -> None:
    """An archive of what a district government site has published: crawl, search, show, export."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command that the words of this process name, and end the process with its exit code."""
    sys.excepthook = tell_unexpected
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 shows what it cannot write in another way.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """The exit code of the command; what went wrong is told on one line of standard error."""
    try:
        try:
            _invoke(words)
        except ArchiveOutdated as error:
            _bring_up_to_date(error.folder)
            _invoke(words)
        sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except TyperException as error:
        # Typer hands on pydantic's message, which begins with the kind of its error.
        told = _one_line(error.format_message()).replace(": Value error, ", ": ")
        say(f"{told} (nanhai --help tells more)")
        return ExitCode.USAGE
    except NanhaiError as error:
        say(_one_line(str(error)))
        return error.exit_code
    except BrokenPipeError:
        _drop_output()  # who read it has seen enough
    except KeyboardInterrupt:
        say("interrupted")
        return ExitCode.INTERRUPTED
    except OSError as error:
        _drop_output()
        say(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return ExitCode.STORAGE
    return ExitCode.DONE


def _invoke(words: Sequence[str]) -> None:
    with get_command(app).make_context("nanhai", list(words)) as context:
        context.command.invoke(context)


def _bring_up_to_date(folder: Path) -> None:
    """Readers cannot change an archive; this opens it once for writing, which does."""
    from nanhai_crawler.store.clock import utc_now
    from nanhai_crawler.store.held import HeldArchive

    say(f"{folder}: made by an earlier version; bringing it up to date takes a minute for 30,000 articles")
    HeldArchive.bring_up_to_date(folder, utc_now())
    say(f"{folder}: brought up to date for this version of the program")


def tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error nobody thought of is told on one line; where it arose, only with NANHAI_DEBUG set. Python exits 1."""
    if os.environ.get("NANHAI_DEBUG"):
        sys.__excepthook__(kind, error, trace)
        return
    say(f"unexpected {kind.__name__}: {_one_line(str(error))} (NANHAI_DEBUG=1 shows where; please report it)")


def _drop_output() -> None:
    """What is still to be written to standard output goes nowhere, so that Python's own last flush cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(text: str) -> str:
    return " ".join(text.split())
