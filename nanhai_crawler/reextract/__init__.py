"""Reading kept pages again, offline: what a better reader makes of the bytes that a crawl has kept.

The way through the room: ``reading`` (a capture's bytes to a reading) → ``workers`` (many of them at once, in order) →
``replay`` (each held against what the archive says) → ``divided`` (articles of several pages) → ``run`` (all of it).
"""
