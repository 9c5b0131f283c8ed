"""Settings of the whole suite."""

import os

from hypothesis import settings

# Where a change lands, the same examples every time: a new find there would be nobody's. Elsewhere the search goes on.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
