"""Exports: what leaves the archive, one module a format, streamed, whole or not at all."""
