"""Addresses: one canonical spelling for each URL, and the identity of the article it shows."""
