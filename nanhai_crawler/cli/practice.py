"""``nanhai practice``: the invented site, served alone."""

from typing import Annotated

import typer

# As many articles as the site has of its own; more are made up.
_ARTICLES = 64


def practice(
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="0 takes a free one.")] = 8080,
    articles: Annotated[int, typer.Option(min=1, metavar="N", help="How many articles it has.")] = _ARTICLES,
) -> None:
    """Serve the practice site on loopback until interrupted."""
    from nanhai_crawler.practice.server import PracticeServer
    from nanhai_crawler.practice.site import build_site

    server = PracticeServer(build_site(articles=articles), port=port)
    typer.echo(f"practice site with {articles} articles at {server.url} (Ctrl-C ends it)")
    server.serve_forever()
