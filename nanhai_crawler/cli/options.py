"""Options that several commands have, with one wording each."""

from pathlib import Path
from typing import Annotated

import typer

ARCHIVE = Path("archive")
#: A greater number of runs, texts or lines is a slip of the hand; SQLite's integers and Python's sequences end at 2**63.
MOST = 1_000_000_000
_DAY_S = 24 * 3600

Archive = Annotated[
    Path, typer.Option("--archive", envvar="NANHAI_ARCHIVE", metavar="DIR", help="The archive folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]
Contact = Annotated[
    str | None,
    typer.Option("--contact", envvar="NANHAI_CONTACT", metavar="MAIL|URL", help="Whom a site may ask."),
]
Delay = Annotated[
    float | None,
    typer.Option("--delay", min=0, max=_DAY_S, metavar="S", help="Seconds between requests; 0 for loopback."),
]
Revision = Annotated[
    int | None, typer.Option(min=1, max=MOST, metavar="N", help="Not the newest text but the Nth.")
]
