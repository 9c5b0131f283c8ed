"""The command line as a script meets it: what is written where, and with which exit code it ends."""

import csv
import json
import os
import pty
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.items import CSV_KEYS, RECORD_KEYS
from tests.crawl.commands import without_progress
from tests.store.test_reader import PAGES, keep

NANHAI = (sys.executable, "-m", "nanhai_crawler")
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("存档 with space") / "archive"
    keep(folder, *PAGES)
    return folder


def nanhai(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = ENVIRONMENT | options.pop("env", {})
    return subprocess.run(
        [*NANHAI, *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
        timeout=60,
        **options,
    )


def output(*words: str, **options: Any) -> str:
    """What a command that does well writes; it says nothing on standard error."""
    ended = nanhai(*words, **options)
    assert (ended.returncode, without_progress(ended.stderr)) == (0, "")
    return ended.stdout


def assert_refused(words: Sequence[str], code: ExitCode, saying: str, **options: Any) -> None:
    """The command ends with that code and one line, no traceback, and writes nothing."""
    ended = nanhai(*words, **options)
    assert ended.returncode == code
    assert ended.stdout == ""
    assert ended.stderr.startswith("nanhai: ")
    assert ended.stderr.count("\n") == 1
    assert saying in ended.stderr


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def test_help_names_every_command_and_needs_no_archive() -> None:
    for words in ([], ["--help"]):
        shown = output(*words)
        for command in ("demo", "practice", "crawl", "status", "runs", "search", "show", "export"):
            assert f"\n  {command} " in shown
    for command in ("crawl", "search", "export"):
        assert "--archive" in output(command, "--help")


def test_help_loads_nothing_heavy() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nanhai_crawler", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert "typer" in loaded
    assert not loaded & {
        "scrapy",
        "twisted",
        "sqlalchemy",
        "alembic",
        "lxml",
        "dateparser",
        "pyarrow",
        "opencc",
    }


def test_search_as_json_gives_one_hit_a_line(folder: Path) -> None:
    lines = output("search", "黨建", "--json", "--archive", str(folder)).splitlines()
    hits = [json.loads(line) for line in lines]
    assert [hit["title"] for hit in hits] == [PAGES[0].title]
    assert list(hits[0]) == ["id", "url", "title", "published", "column_path", "source", "snippet", "score"]
    assert hits[0]["column_path"] == ["组工党建", "基层党建"]


def test_search_as_text_has_no_colours_and_wraps_nothing(folder: Path) -> None:
    shown = output("search", "党建", env={"NANHAI_ARCHIVE": str(folder), "COLUMNS": "20"})
    assert "\x1b" not in shown
    assert f"    {PAGES[0].url}\n" in shown
    assert "党建引领。" in shown


def test_a_search_of_all_texts_says_which_it_is(folder: Path) -> None:
    words = ("search", "", "--archive", str(folder))
    assert "revision" not in nanhai(*words).stdout
    assert "  revision 1  " in nanhai(*words, "--all-revisions").stdout


def test_a_query_that_finds_nothing_says_so_and_ends_well(folder: Path) -> None:
    ended = nanhai("search", "没有的词", "--archive", str(folder))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "nanhai: nothing found\n")


def test_limit_and_offset_page_through_the_hits(folder: Path) -> None:
    words = ("search", "", "--json", "--sort", "newest", "--archive", str(folder))
    every = output(*words, "--limit", "0").splitlines()
    assert len(every) == 3
    assert output(*words, "--limit", "1", "--offset", "1").splitlines() == every[1:2]


def test_show_gives_the_article_in_four_ways(folder: Path) -> None:
    words = ("show", PAGES[0].url, "--archive", str(folder))
    shown = output(*words)
    assert "column     组工党建 > 基层党建\n" in shown
    assert "\n　　党建引领。\n" in shown
    assert output(*words, "--text") == f"{PAGES[0].title}\n\n{PAGES[0].body}\n"
    assert tuple(json.loads(output(*words, "--json"))) == RECORD_KEYS
    assert output(*words, "--html") == PAGES[0].body


def test_status_and_runs_are_told_to_people_and_to_scripts(folder: Path) -> None:
    where = ("--archive", str(folder))
    assert "3 (3 live)" in output("status", *where)
    assert json.loads(output("status", "--json", *where))["articles"] == {"live": 3}
    assert "complete" in output("runs", *where)
    assert [json.loads(line)["id"] for line in output("runs", "--json", *where).splitlines()] == [1]


def test_exports_go_to_a_file_or_to_standard_output(folder: Path, tmp_path: Path) -> None:
    path, where = tmp_path / "出.csv", ("--archive", str(folder))
    ended = nanhai("export", "csv", "-o", str(path), *where)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr == f"nanhai: 3 articles written to {path}\n"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, strict=True))
    assert tuple(rows[0]) == CSV_KEYS
    lines = output("export", "jsonl", "-o", "-", "--query", "学习", *where).splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["桂城学习培训"]
    raw = subprocess.run(
        [*NANHAI, "export", "csv", "-o", "-", *where], capture_output=True, check=True
    ).stdout
    assert raw == path.read_bytes()


@pytest.mark.parametrize("words", [("export", "csv", "-o", "-"), ("search", "", "--json"), ("status",)])
def test_standard_output_that_is_full_is_told(words: tuple[str, ...], folder: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [*NANHAI, *words, "--archive", str(folder)],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ended.returncode == ExitCode.STORAGE
    assert ended.stderr == "nanhai: standard output: No space left on device\n"


@pytest.mark.parametrize(
    "words", [("export", "csv", "-o", "-"), ("export", "jsonl", "-o", "-"), ("search", "")]
)
def test_a_closed_pipe_ends_quietly(words: tuple[str, ...], folder: Path) -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    with os.fdopen(writing_end, "w") as closed:
        ended = subprocess.run(
            [*NANHAI, *words, "--archive", str(folder)], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_on_a_terminal_matches_are_coloured(folder: Path) -> None:
    controller, terminal = pty.openpty()
    command = [*NANHAI, "search", "党建", "--archive", str(folder)]
    subprocess.run(command, stdout=terminal, check=True, env=ENVIRONMENT | {"TERM": "xterm-256color"})
    shown = os.read(controller, 10_000).decode()
    os.close(terminal)
    os.close(controller)
    assert "\x1b[1;33m党建\x1b[0m" in shown


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path: Path) -> None:
    keep(tmp_path, replace(PAGES[0], title="\x1b]0;题\x07党建"))
    shown = output("search", "党建", "--archive", str(tmp_path))
    assert "\ufffd]0;题\ufffd党建" in shown


def test_the_practice_site_is_served_until_interrupted() -> None:
    port = free_port()
    with subprocess.Popen(
        [*NANHAI, "practice", "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=ENVIRONMENT | {"PYTHONUNBUFFERED": "1"},
    ) as serving:  # fmt: skip
        assert serving.stdout is not None
        assert f"http://127.0.0.1:{port}/" in serving.stdout.readline()
        assert_refused(["practice", "--port", str(port)], ExitCode.ERROR, f":{port}")
        serving.send_signal(signal.SIGINT)
        _, said = serving.communicate(timeout=20)
    assert serving.returncode == ExitCode.INTERRUPTED
    assert said == "nanhai: interrupted\n"


def test_an_unexpected_error_is_one_line_too() -> None:
    program = "from nanhai_crawler.cli import program; program.run = lambda words: {}[1]; program.main()"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == ExitCode.ERROR
    assert ended.stderr == "nanhai: unexpected KeyError: 1 (NANHAI_DEBUG=1 shows where; please report it)\n"


@pytest.mark.parametrize(
    "words",
    [
        ("search", "党", "--limit"),
        ("search", "党", "--offset"),
        ("kwic", "党", "--limit"),
        ("show", PAGES[0].url, "--revision"),
        ("cite", PAGES[0].url, "--revision"),
        ("runs",),
    ],
)
def test_a_number_that_is_too_large_is_refused(words: tuple[str, ...], folder: Path) -> None:
    where = ("--archive", str(folder))
    assert_refused((*words, str(2**64), *where), ExitCode.USAGE, "less than or equal to")
