"""Options that several commands have, with one wording each."""

from pathlib import Path
from typing import Annotated, Literal

import typer

ARCHIVE = Path("archive")

Archive = Annotated[
    Path, typer.Option("--archive", envvar="NANHAI_ARCHIVE", metavar="DIR", help="The archive folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]
Column = Annotated[
    str | None,
    typer.Option("--column", metavar="NAME", help="In this column (a name or a path) or below it."),
]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="With this source shown (来源).")
]
Origin = Annotated[str | None, typer.Option("--origin", metavar="NAME", help="First published by this one.")]
Author = Annotated[str | None, typer.Option("--author", metavar="NAME", help="By this person.")]
Status = Annotated[
    str | None, typer.Option("--status", metavar="STATUS", help="live, missing or gone; without it, all.")
]
TimeOf = Annotated[
    Literal["shown", "entered", "captured"],
    typer.Option(
        "--time", help="Which time --since and --until mean: of the page, of the CMS, of the archive."
    ),
]
AllRevisions = Annotated[
    bool, typer.Option("--all-revisions", help="Also the texts that articles had before.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="At or after 2023, 2023-10, 2023-10-31 …")
]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="At or before, likewise.")]
