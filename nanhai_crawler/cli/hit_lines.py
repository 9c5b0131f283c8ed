"""A hit as lines: id, time and title; column and source; the snippet; the address."""

from rich.text import Text

from nanhai_crawler.cli.terminal import marked, print_line, styled
from nanhai_crawler.store.search.hit import Hit


def print_hit(hit: Hit, *, with_revision: bool = False) -> None:
    """Four lines and an empty one on standard output; ``with_revision`` says which text of the article it is."""
    revision = f"revision {hit.revision}  " if with_revision else ""
    shown = f"{hit.published or 'undated'}  {revision}"
    print_line(styled(f"{hit.id}  ", "cyan"), styled(shown), marked(hit.title, hit.title_matches, "bold"))
    where = " · ".join(filter(None, (" > ".join(hit.column_path), hit.source)))
    print_line(styled(f"    {where}", "dim"))
    print_line(Text("    "), marked(hit.snippet, hit.snippet_matches))
    print_line(styled(f"    {hit.url}", "dim"))
    print_line()
