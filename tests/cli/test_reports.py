"""Runs answer for themselves: a report in the archive, shown, handed to a program, and metrics for a monitor."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics import parser

from nanhai_crawler.store.metrics import write_metrics
from tests.crawl.commands import Ended, crawl, nanhai
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page

SITE: dict[str, Answering] = {
    "/": Reply(body=page("/1.html", "/2.html", "/broken", "/lost")),
    "/1.html": Reply(body=article("第一号的文章")),
    "/2.html": Reply(body=article("第二号的文章")),
    "/broken": Reply(status=501),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs; in the second, one article says something else, and another is new."""
    folder = tmp_path_factory.mktemp("报告 一")
    with Loopback(dict(SITE)) as server:
        told = f"cp /dev/stdin '{folder.parent / '报告.json'}'"
        ended = crawl(server.url(), folder, "--report-to", told, "--metrics", folder.parent / "m.prom")
        assert (ended.code, ended.err) == (3, "")
        server.replies["/"] = Reply(body=page("/1.html", "/2.html", "/3.html", "/broken", "/lost"))
        server.replies["/2.html"] = Reply(
            body=article("第二号的文章", "改过的文字写在这里，一共有十几个字。")
        )
        server.replies["/3.html"] = Reply(body=article("第三号的文章"))
        assert crawl(server.url(), folder, "--full").code == 3
    return folder


def report(archive: Path, number: int) -> Any:
    ended = nanhai("runs", str(number), "--json", "--archive", archive)
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_a_run_tells_what_it_did_column_by_column(archive: Path) -> None:
    first, second = report(archive, 1), report(archive, 2)
    column = {"path": "练习栏目"}
    names = ("path", "new", "changed", "unchanged")
    assert [{name: one[name] for name in names} for one in (*first["columns"], *second["columns"])] == [
        column | {"new": 2, "changed": 0, "unchanged": 0},
        column | {"new": 1, "changed": 1, "unchanged": 1},
    ]
    assert (first["outcome"], first["exit_code"], first["complete"]) == ("partial", 3, False)
    (failure,) = first["failures"]
    assert failure["url"].endswith("/broken")
    assert failure["reason"] == "status 501"


def test_a_report_lies_in_the_archive_as_json_and_as_text(archive: Path) -> None:
    names = sorted(path.name for path in (archive / "reports").iterdir())
    assert names == ["run-00001.json", "run-00001.txt", "run-00002.json", "run-00002.txt"]
    text = (archive / "reports" / "run-00002.txt").read_text(encoding="utf-8")
    assert "练习栏目" in text
    assert "/broken (status 501)" in text
    assert nanhai("runs", "2", "--archive", archive).out == text


def test_the_report_is_handed_to_a_program(archive: Path) -> None:
    handed = json.loads((archive.parent / "报告.json").read_text(encoding="utf-8"))
    assert handed == report(archive, 1)


def families_of(text: str) -> Any:
    return parser.text_string_to_metric_families(text)  # type: ignore[no-untyped-call]


def test_metrics_are_what_openmetrics_says(archive: Path) -> None:
    text = (archive.parent / "m.prom").read_text(encoding="utf-8")
    families = {one.name: one.samples for one in families_of(text)}
    assert families["nanhai_crawl_exit_code"][0].value == 3
    articles = {one.labels["outcome"]: one.value for one in families["nanhai_run_articles"]}
    assert (articles["new"], articles["changed"]) == (2, 0)
    assert {one.labels["state"] for one in families["nanhai_addresses"]} == {"known", "due", "failing"}


def test_a_run_that_is_not_there_is_refused(archive: Path) -> None:
    for word, code in (("9", 2), ("0", 2), ("x", 2)):
        ended = nanhai("runs", word, "--archive", archive)
        assert (ended.code, ended.out, ended.err.count("\n")) == (code, "", 1)


def test_a_run_without_its_report_is_told_by_its_row(archive: Path, tmp_path: Path) -> None:
    with Loopback(dict(SITE)) as server:
        assert crawl(server.url(), tmp_path).code == 3
    for path in (tmp_path / "reports").iterdir():
        path.unlink()
    assert report(tmp_path, 1)["columns"] is None
    assert "new             2" in nanhai("runs", "1", "--archive", tmp_path).out


def told(tmp_path: Path, *words: str | Path) -> Ended:
    site: dict[str, Answering] = {"/": Reply(body=page("/1.html")), "/1.html": SITE["/1.html"]}
    with Loopback(site) as server:
        return crawl(server.url(), tmp_path / "a", *words)


def test_a_program_that_fails_or_is_not_there_makes_a_run_that_went_well_end_with_an_error(
    tmp_path: Path,
) -> None:
    for words, said in (("false", "ended with 1"), ("/no/such/program", "No such file")):
        ended = told(tmp_path, "--report-to", words)
        assert ended.code == 1
        assert said in ended.err
        assert ended.err.count("\n") == 1


def test_what_could_not_be_told_in_the_end_is_refused_before_the_start(tmp_path: Path) -> None:
    for words in (("--report-to", ""), ("--report-to", "mail 'x"), ("--metrics", tmp_path / "none" / "m")):
        ended = told(tmp_path, *words)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "a").exists()


def test_a_crawl_that_cannot_begin_is_told_of_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("no folder")
    told_to = tmp_path / "told.json"
    ended = told(tmp_path, "--report-to", f"cp /dev/stdin {told_to}", "--metrics", tmp_path / "m")
    assert ended.code == 6
    assert json.loads(told_to.read_text())["exit_code"] == 6
    assert "nanhai_crawl_exit_code 6\n" in (tmp_path / "m").read_text()
    assert (tmp_path / "m").read_text().endswith("# EOF\n")


def test_metrics_go_through_pipes_and_links_and_replace_neither(tmp_path: Path) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link", tmp_path / "m.prom"
    os.mkfifo(pipe)
    link.symlink_to(target)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for path in (pipe, link):
            write_metrics(path, 0, datetime(2026, 11, 22, tzinfo=UTC), None)
        assert os.read(reader, 10_000).endswith(b"# EOF\n")
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").endswith("# EOF\n")
