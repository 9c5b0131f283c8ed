"""A crawl killed at any moment and begun again ends with what an undisturbed one has."""

import random
from pathlib import Path

from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.crawl.kills import disturbed, undisturbed


def test_killed_crawls_end_with_the_same_addresses_bytes_and_revisions(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311  the same moments each time
    with PracticeServer(build_site()) as server:
        expected, took_s = undisturbed(server.url, tmp_path / "undisturbed")
        moments_s = [chance.uniform(took_s / 4, took_s) for _ in range(4)]
        found, died, ended = disturbed(server.url, tmp_path / "killed", moments_s)
    assert died
    assert ended.code == 0
    assert ended.counts["waiting"] == 0
    assert found == expected
