"""Repair: what can be mended of a damaged archive is mended, nothing is deleted, and each step is said."""
