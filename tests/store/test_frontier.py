"""The frontier: every URL once a run, in order, none lost."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from nanhai_crawler.items import Link, Via
from nanhai_crawler.store import frontier as frontier_module
from nanhai_crawler.store import rank as rank_module
from nanhai_crawler.store.due import RANKS
from nanhai_crawler.store.known import KnownUrls
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit
from tests.store.given import (
    CLOCK,
    HOME,
    article,
    article_url,
    exchange,
    links,
    reading,
    rows,
    running,
    taken,
)


def take_all(writer: ArchiveWriter) -> list[FrontierEntry]:
    entries = []
    while (entry := writer.frontier.take()) is not None:
        entries.append(entry)
    return entries


def finish_all(writer: ArchiveWriter, outcome: Outcome = Outcome.READ) -> list[str]:
    entries = take_all(writer)
    for entry in entries:
        writer.finish(Visit(entry=entry, outcome=outcome))
    return [entry.url for entry in entries]


def test_urls_come_by_how_they_were_found_and_then_by_age(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        order = [
            Via.ATTACHMENT,
            Via.LINK,
            Via.NEXT,
            Via.BREADCRUMB,
            Via.IMAGE,
            Via.SITE_MAP,
            Via.REDIRECT,
            Via.PART,
        ]
        for number, via in enumerate(order):
            writer.frontier.add(
                links(f"{HOME}{number}/a", f"{HOME}{number}/b", via=via), found_on=HOME, depth=1
            )
        found = [entry.via for entry in take_all(writer)]
    assert found == [
        *(Via.SEED, Via.PART, Via.PART, Via.REDIRECT, Via.REDIRECT, Via.SITE_MAP, Via.SITE_MAP),
        *(Via.BREADCRUMB, Via.BREADCRUMB, Via.NEXT, Via.NEXT, Via.LINK, Via.LINK),
        *(Via.ATTACHMENT, Via.ATTACHMENT, Via.IMAGE, Via.IMAGE),
    ]


def test_every_way_of_finding_has_a_rank() -> None:
    assert set(RANKS) == set(Via)


def test_a_known_link_is_not_added_again(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        assert writer.frontier.add(links(HOME + "a", HOME + "b", HOME + "a"), found_on=HOME, depth=1) == 2
        assert writer.frontier.add(links(HOME + "a", HOME), found_on=HOME, depth=1) == 0
        assert writer.frontier.waiting == 3
    with running(tmp_path) as writer:
        assert writer.frontier.add(links(HOME + "a"), found_on=HOME, depth=1) == 0


def test_http_and_https_are_one_but_for_redirects(tmp_path: Path) -> None:
    secure = HOME.replace("http", "https")
    with running(tmp_path) as writer:
        frontier = writer.frontier
        assert frontier.add(links(secure), found_on=HOME, depth=1) == 0
        assert frontier.add(links(HOME, via=Via.REDIRECT), found_on=HOME, depth=1) == 0
        assert frontier.add(links(secure, via=Via.REDIRECT), found_on=HOME, depth=1) == 1
        assert frontier.add(links(secure, via=Via.REDIRECT), found_on=HOME, depth=1) == 0
        assert frontier.add(links(secure), found_on=HOME, depth=1) == 0
        assert [entry.url for entry in take_all(writer)] == [HOME, secure]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=some.lists(
        some.one_of(
            some.tuples(some.sampled_from(list(Via)), some.integers(1, 12)),
            some.just("take"),
            some.just("commit"),
        ),
        max_size=40,
    )
)
def test_whatever_the_order_each_url_is_given_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Via, int] | str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rank_module, "WINDOW", 3)
        patch.setattr(frontier_module, "NEXT_DUE", frontier_module.NEXT_DUE.limit(3))
        with running(tmp_path_factory.mktemp("archive")) as writer:
            added, given_out = {HOME}, []
            for step in steps:
                if step == "commit":
                    writer.commit()
                elif isinstance(step, str):
                    given_out += [entry for entry in [writer.frontier.take()] if entry]
                else:
                    via, count = step
                    urls = [f"{HOME}{len(added)}/{number}" for number in range(count)]
                    added.update(urls)
                    writer.frontier.add(links(*urls, via=via), found_on=HOME, depth=1)
                assert writer.frontier.waiting == len(added) - len(given_out)
            given_out += take_all(writer)
            assert Counter(entry.url for entry in given_out) == Counter(dict.fromkeys(added, 1))
            assert writer.frontier.waiting == 0


def test_more_urls_than_fit_in_memory_all_come(tmp_path: Path) -> None:
    urls = [f"{HOME}{number}" for number in range(3 * rank_module.WINDOW + 7)]
    with running(tmp_path) as writer:
        writer.frontier.add(links(*urls), found_on=HOME, depth=1)
        assert [entry.url for entry in take_all(writer)] == [HOME, *urls]


def test_a_run_visits_a_url_once_and_the_next_full_run_again(tmp_path: Path) -> None:
    for _ in range(3):
        with running(tmp_path, full=True) as writer:
            writer.frontier.add(links(HOME + "a"), found_on=HOME, depth=1)
            assert finish_all(writer) == [HOME, HOME + "a"]
            writer.commit()
            assert writer.frontier.take() is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_written_and_a_seed_is_due_again(tmp_path: Path, outcome: Outcome) -> None:
    with running(tmp_path) as writer:
        writer.finish(Visit(entry=taken(writer), outcome=outcome, reason="so it was"))
    found = rows(tmp_path, "SELECT last_outcome, last_reason, last_run, failures FROM frontier")
    assert found == [(str(outcome), "so it was", 1, int(outcome in {Outcome.FAILED, Outcome.WALL}))]
    with running(tmp_path) as writer:
        assert taken(writer).url == HOME


def test_failures_in_a_row_are_counted_until_one_visit_succeeds(tmp_path: Path) -> None:
    seen = []
    for outcome in (Outcome.FAILED, Outcome.WALL, Outcome.FAILED, Outcome.READ, Outcome.FAILED):
        with running(tmp_path) as writer:
            finish_all(writer, outcome)
        seen.append(rows(tmp_path, "SELECT failures FROM frontier")[0][0])
    assert seen == [1, 2, 3, 0, 1]


def test_validators_of_what_was_read_are_given_next_time_and_a_failure_keeps_them(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        capture = writer.capture(exchange(response_headers=(("ETag", '"1"'), ("Last-Modified", "yesterday"))))
        writer.finish(Visit(entry=taken(writer), outcome=Outcome.READ, capture=capture))
    with running(tmp_path) as writer:
        entry = taken(writer)
        assert (entry.etag, entry.last_modified) == ('"1"', "yesterday")
        capture = writer.capture(exchange(status=503, response_headers=()))
        writer.finish(Visit(entry=entry, outcome=Outcome.FAILED, capture=capture))
    with running(tmp_path) as writer:
        assert (taken(writer).etag, writer.counts.waiting) == ('"1"', 1)


def test_what_was_taken_and_not_finished_is_due_and_counted(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        writer.frontier.add(links(HOME + "a", HOME + "b"), found_on=HOME, depth=1)
        taken(writer)
        assert (writer.frontier.waiting, writer.counts.waiting) == (2, 3)
    assert rows(tmp_path, "SELECT count(*) FROM frontier WHERE last_run IS NULL") == [(3,)]
    assert '"waiting": 3' in rows(tmp_path, "SELECT counts FROM runs")[0][0]


def test_seeds_are_due_even_when_known_as_not_due(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        finish_all(writer)
        writer.commit()
        writer._connection.exec_driver_sql("UPDATE frontier SET due_at = '2026-11-20', interval_s = 86400")
    with running(tmp_path, HOME + "other") as writer:
        assert [entry.url for entry in take_all(writer)] == [HOME + "other"]
    with running(tmp_path, HOME) as writer:
        assert taken(writer).url == HOME


def test_links_carry_where_they_were_found(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        writer.finish(Visit(entry=taken(writer), outcome=Outcome.READ, links=links(HOME + "a")))
        assert taken(writer).depth == 1
    assert rows(tmp_path, "SELECT found_on, depth FROM frontier WHERE id = 2") == [(HOME, 1)]


def test_known_urls_are_known_by_all_but_the_scheme() -> None:
    known = KnownUrls(["http://a/1", "https://a/2"])
    assert "https://a/1" in known
    assert "http://a/2" in known
    assert "http://a/12" not in known
    assert len(known) == 2
    assert not known.add("https://a/1")
    assert Link(url="http://a/\ud800", via=Via.LINK).url not in known


def test_a_run_takes_and_counts_only_what_is_in_its_scope(tmp_path: Path) -> None:
    there, near = "http://127.0.0.1:8081/", "http://127.0.0.1:80800/"
    with running(tmp_path) as writer:
        writer.frontier.add(links(f"{HOME}a", f"{there}a", f"{near}a"), found_on=HOME, depth=1)
    with ArchiveWriter.open(tmp_path, clock=CLOCK) as writer:
        writer.begin_run([there], scope=(there, there.replace("http", "https")))
        assert writer.counts.waiting == 2
        assert finish_all(writer) == [there, f"{there}a"]
        assert writer.counts.waiting == 0
    with ArchiveWriter.open(tmp_path, clock=CLOCK) as writer:
        writer.begin_run([HOME], scope=(HOME,), full=True)
        assert finish_all(writer) == [HOME, f"{HOME}a"]


def test_the_https_twin_of_a_resting_seed_makes_it_due(tmp_path: Path) -> None:
    there = article_url(1)
    with running(tmp_path, there) as writer:
        (entry,) = take_all(writer)
        kept = writer.capture(exchange(entry.url))
        page = reading(article(there))
        writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=kept, reading=page))
    with running(tmp_path, there.replace("http", "https")) as writer:
        assert [entry.url for entry in take_all(writer)] == [there]


def test_a_page_s_validators_are_kept_when_a_304_leaves_them_out(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        (entry,) = take_all(writer)
        kept = writer.capture(exchange(entry.url, b"gone"))
        writer.finish(Visit(entry=entry, outcome=Outcome.MISSING, capture=kept))
    with running(tmp_path) as writer:
        (entry,) = take_all(writer)
        assert (entry.etag, entry.kind) == ('"1"', "missing")
        kept = writer.capture(exchange(entry.url, b"", status=304, response_headers=()))
        writer.finish(Visit(entry=entry, outcome=Outcome.MISSING, capture=kept))
    with running(tmp_path) as writer:
        assert take_all(writer)[0].etag == '"1"'
