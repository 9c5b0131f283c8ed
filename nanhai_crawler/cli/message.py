"""Messages: what is said to a person on standard error, apart from the data on standard output."""

import sys
from contextlib import suppress

# What a text of the archive must not do to a terminal: C0 and C1 control characters move the cursor, change titles.
_CONTROLS = dict.fromkeys((*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)), "\ufffd")


def say(text: str) -> None:
    """One line on standard error; nothing where nobody is there any more to read it (a terminal that was closed)."""
    with suppress(OSError):
        print(f"nanhai: {visible(text)}", file=sys.stderr, flush=True)


def visible(text: str) -> str:
    """The text without power over a terminal: control characters but tab and line feed stand as U+FFFD."""
    return text.translate(_CONTROLS)
