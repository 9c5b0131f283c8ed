"""The filters: the same options of every command that is about some of the articles, with the same answer in each."""

import json
from dataclasses import fields, replace

import pytest

from nanhai_crawler.cli.program import run
from nanhai_crawler.errors import ExitCode
from nanhai_crawler.store.filters import Filters
from tests.store.test_reader import PAGES, keep

SITES = ("zuzhibu", "wmw", "wmw")
COMMANDS = {
    "search": ("search", "", "--json"),
    "count": ("count", "--by", "status", "--json"),
    "kwic": ("kwic", "市", "--json"),
    "export": ("export", "jsonl", "-o", "-"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three articles, each with 市 in its title or text once; the second run has another text of the second."""
    folder = tmp_path_factory.mktemp("archive")
    pages = [
        replace(page, site=site, title=f"{page.title}市") for page, site in zip(PAGES, SITES, strict=True)
    ]
    keep(folder, *pages)
    keep(folder, pages[0], replace(pages[1], title="桂城另一题市"), pages[2])
    return str(folder)


def told(capfd: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert run(words) == ExitCode.DONE
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def how_many(lines: list[dict[str, object]], command: str) -> int:
    return sum(line["count"] for line in lines) if command == "count" else len(lines)  # type: ignore[misc]


@pytest.mark.parametrize("command", [*COMMANDS, "reextract"])
def test_a_command_has_an_option_for_each_filter(capfd: pytest.CaptureFixture[str], command: str) -> None:
    assert run((command, "--help")) == ExitCode.DONE
    shown = capfd.readouterr().out
    for one in fields(Filters):
        assert f"\n  --{one.name.replace('_', '-')} " in shown


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ((), 3),
        (("--site", "WMW"), 2),
        (("--site", "127.0.0.1:8080"), 3),
        (("--site", "127.0.0.1"), 0),
        (("--site", ""), 0),
        (("--site", "\ud800"), 0),
        (("--column", "干部工作"), 2),
        (("--source", "区委宣传部"), 1),
        (("--author", "柯凌娜", "--origin", "佛山市新闻传媒中心"), 1),
        (("--status", "gone"), 0),
        (("--since", "2022", "--until", "2022-12"), 1),
        (("--time", "captured", "--since", "2023"), 3),
        (("--all-revisions",), 4),
        (("--since-run", "1"), 1),
        (("--changed-since", "2099-01-01"), 0),
    ],
)
def test_each_filter_narrows_each_command_alike(
    folder: str, capfd: pytest.CaptureFixture[str], command: str, words: tuple[str, ...], number: int
) -> None:
    lines = told(capfd, *COMMANDS[command], *words, "--archive", folder)
    assert how_many(lines, command) == number


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (("--since", "last year"), "no time"),
        (("--time", "never"), "--time"),
        (("--status", "dead"), "no status"),
        (("--since-run", "9"), "no run has the number 9"),
        (("--since-run", str(2**64)), "--since-run"),
        (("--changed-since", "昨天"), "no time"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_on_one_line(
    folder: str, capfd: pytest.CaptureFixture[str], command: str, words: tuple[str, ...], saying: str
) -> None:
    assert run((*COMMANDS[command], *words, "--archive", folder)) == ExitCode.USAGE
    printed = capfd.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert saying in printed.err
