"""Verification: whether all that an archive says it holds is there, whole and in agreement; nothing is written."""
