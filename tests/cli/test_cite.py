"""``nanhai cite`` over an archive, as a researcher meets it."""

import json
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode
from tests.cli.test_commands import assert_refused, output
from tests.store.test_reader import PAGES, keep


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("存档") / "archive"
    keep(folder, *PAGES)
    return folder


def records(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for line in output("export", "jsonl", "--archive", str(folder), "-o", "-").splitlines()
    ]


def test_the_default_style_is_gbt7714_with_the_articles_own_words(folder: Path) -> None:
    record = records(folder)[0]
    reference = output("cite", str(record["id"]), "--archive", str(folder))
    assert f"{record['title']}[EB/OL]." in reference
    assert str(record["url"]) in reference
    assert str(record["text_digest"]) in reference
    assert reference.count("\n") == 1


def test_several_articles_are_cited_in_the_order_they_are_asked_for(folder: Path) -> None:
    ids = [str(record["id"]) for record in records(folder)][:2]
    cited = json.loads(output("cite", ids[1], ids[0], "--style", "csl", "--archive", str(folder)))
    assert [item["id"].split("-")[1] for item in cited] == [ids[1], ids[0]]


def test_what_is_not_there_is_refused_in_one_line(folder: Path) -> None:
    first, second = [str(record["id"]) for record in records(folder)][:2]
    archive = ("--archive", str(folder))
    assert_refused(("cite", "南海", *archive), ExitCode.USAGE, "neither an article's id")
    assert_refused(("cite", first, "--revision", "9", *archive), ExitCode.USAGE, "no revision 9")
    assert_refused(("cite", first, second, "--revision", "1", *archive), ExitCode.USAGE, "one by one")
    assert_refused(("cite", first, "--style", "mla", *archive), ExitCode.USAGE, "mla")
