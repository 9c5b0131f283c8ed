"""Alembic's scripts: how the archive's schema came to be, one step a file."""
