"""What the command line refuses: one line on standard error, nothing on standard output, the right exit code."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from nanhai_crawler.cli.program import run
from nanhai_crawler.errors import ExitCode
from tests.store.test_reader import PAGES, keep

Refusal = Callable[[Sequence[str], ExitCode, str], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES)
    return folder


@pytest.fixture
def refused(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refusal:
    """Holds a command against how it must end."""
    for name in ("NANHAI_ARCHIVE", "NANHAI_CONTACT"):
        monkeypatch.delenv(name, raising=False)

    def check(words: Sequence[str], code: ExitCode, saying: str) -> None:
        assert run(words) == code
        written, said = capfd.readouterr()
        assert written == ""
        assert said.startswith("nanhai: ")
        assert said.count("\n") == 1
        assert saying in said

    return check


@pytest.mark.parametrize(
    ("words", "code", "saying"),
    [
        (["serch", "x"], ExitCode.USAGE, "Did you mean 'search'?"),
        (["search"], ExitCode.USAGE, "QUERY"),
        (["search", "x", "--lmit", "5"], ExitCode.USAGE, "--lmit"),
        (["search", "x", "--limit", "five"], ExitCode.USAGE, "--limit"),
        (["export", "xml", "-o", "-"], ExitCode.USAGE, "csv"),
        (["export", "csv"], ExitCode.USAGE, "--output"),
        (["export", "jsonl", "-o", "-", "--excel"], ExitCode.USAGE, "--excel"),
        (["crawl", "--limt", "3"], ExitCode.USAGE, "--limt"),
        (["crawl", "not-a-url"], ExitCode.USAGE, "not-a-url"),
        (["crawl", "ftp://127.0.0.1/"], ExitCode.USAGE, "ftp://127.0.0.1/"),
        (["crawl", "http://"], ExitCode.USAGE, "http://"),
        (["crawl", "--site", "none"], ExitCode.USAGE, "none"),
        (["crawl", "http://nanhai.example/"], ExitCode.USAGE, "NANHAI_CONTACT"),
        (["crawl", "http://127.0.0.1:1/", "--delay", "-1"], ExitCode.USAGE, "--delay"),
        (["practice", "--port", "70000"], ExitCode.USAGE, "--port"),
        (["status"], ExitCode.STORAGE, "nanhai crawl"),
        (["runs"], ExitCode.STORAGE, "nanhai crawl"),
        (["search", "x"], ExitCode.STORAGE, "--archive"),
        (["show", "abcd", "--archive", "/dev/null"], ExitCode.STORAGE, "/dev/null"),
    ],
)
def test_what_is_wrong_is_told_on_one_line(
    words: list[str],
    code: ExitCode,
    saying: str,
    refused: Refusal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(words, code, saying)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (["show", "0000"], "0000"),
        (["show", "大沥"], "大沥"),
        (["show", PAGES[0].url, "--revision", "9"], "revision 9"),
        (["show", PAGES[0].url, "--json", "--text"], "choose one"),
        (["search", "x", "--status", "dead"], "live, missing, gone"),
        (["search", "x", "--since", "yesterday"], "yesterday"),
        (["search", "x", "--sort", "best"], "'--sort': 'best' is not one of 'relevance', 'newest'"),
        (["search", "x", "--since", "2023-13"], "2023-13"),
    ],
)
def test_words_that_mean_nothing_in_an_archive_are_told(
    words: list[str], saying: str, folder: Path, refused: Refusal
) -> None:
    refused([*words, "--archive", str(folder)], ExitCode.USAGE, saying)


@pytest.mark.parametrize(
    "query",
    ["-党建", '"', "(", "a:b", "-", "-x", "-o", "南海 AND", "'; --", "😀", "-- --", os.fsdecode(b"\xffx")],
)
def test_any_query_is_answered(query: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "--json", "--archive", str(folder), query]) == ExitCode.DONE
    assert capfd.readouterr().err == ""


def test_a_full_disk_ends_an_export_with_its_own_code(folder: Path, refused: Refusal) -> None:
    for form in ("csv", "jsonl"):
        refused(
            ["export", form, "-o", "/dev/full", "--archive", str(folder)],
            ExitCode.STORAGE,
            "/dev/full: No space",
        )
