"""``nanhai site``: the sites that a crawl knows, and declaring one more."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say
from nanhai_crawler.errors import ExitCode
from nanhai_crawler.items import PageKind

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def site(context: typer.Context) -> None:
    """List, check and declare the sites that a crawl knows."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def new(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Its home page, a list, or, best of all, an article.")
    ],
    archive: options.Archive = options.ARCHIVE,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call it; without it, after its host."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a declaration that is there.")] = False,
    delay: options.Delay = None,
    contact: options.Contact = None,
) -> None:
    """Look at a site and declare it in the archive.

    Asks for the page and a few that it leads to, politely, tells what was recognised on them, and writes
    sites/NAME.toml, which works as it is and says what may be added.
    """
    from nanhai_crawler.cli.declaring import declare, place_for
    from nanhai_crawler.cli.survey_lines import print_survey
    from nanhai_crawler.crawl.survey import survey

    path = place_for(archive, url, name, force=force)
    seen = survey(archive, url, delay_s=delay, contact=contact)
    print_survey(seen)
    if not any(page.reading.kind not in {PageKind.WALL, PageKind.MISSING} for page in seen.pages):
        say(f"nothing of a site was read at {url}, so nothing is declared")
        raise typer.Exit(seen.summary.exit_code or ExitCode.PARTIAL)
    declare(path, seen, force=force)


@app.command(name="list")
def list_sites(archive: options.Archive = options.ARCHIVE, as_json: options.AsJson = False) -> None:
    """List the sites that a crawl into the archive knows: name, hosts, where it is declared, what it is called."""
    from dataclasses import asdict

    from nanhai_crawler.cli.overview_lines import print_table
    from nanhai_crawler.sites import load_sites
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.folder import ArchiveFolder

    known = load_sites(ArchiveFolder(archive).sites)
    files = {site.name: str(path) for path, site in known.files.items()}
    rows = [("site", "hosts", "declared in", "title")]
    for name, site in sorted(known.by_name.items()):
        place = files.get(name)
        if as_json:
            typer.echo(json_line({**asdict(site), "hosts": site.all_hosts, "file": place}), nl=False)
        rows.append((name, " ".join(site.all_hosts), place or "this program", site.title))
    if not as_json:
        print_table(rows)


@app.command()
def check(archive: options.Archive = options.ARCHIVE) -> None:
    """Look at nanhai.toml and sites/*.toml, and tell all that is wrong in them."""
    from nanhai_crawler.cli.form_faults import form_faults
    from nanhai_crawler.crawl.plan import make_plan
    from nanhai_crawler.sites.known import site_files
    from nanhai_crawler.store.folder import ArchiveFolder

    folder = ArchiveFolder(archive)
    folder.require_folder()
    if not archive.exists():
        say(f"{archive} is not there yet: nothing in it is declared")
    faults = form_faults(folder)
    for fault in faults:
        say(f"{fault}")
    if faults:
        raise typer.Exit(ExitCode.USAGE)
    make_plan(archive)
    settings = folder.settings if folder.settings.exists() else "no nanhai.toml"
    typer.echo(f"sound: {settings}, {len(site_files(folder.sites))} declared sites")
