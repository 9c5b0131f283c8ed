"""What it costs, as ratios against a yardstick measured in the same run: ``python -m tests.bench`` prints a table.

Nothing here is a test: the machine is shared, so figures are medians of interleaved runs, and nobody's build fails by them.
"""
