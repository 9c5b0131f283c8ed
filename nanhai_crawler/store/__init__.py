"""The archive folder: snapshots, captures, frontier, articles, runs; one writer, many readers."""
