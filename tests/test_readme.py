"""The README: every command in it runs, what it prints is what they print, and its tables are the program's."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.items import CSV_KEYS, RECORD_KEYS
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.crawl.commands import without_progress

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
#: Where the README's practice site is; the tests' takes any port that is free.
ADDRESS = "127.0.0.1:8080"

#: Commands that are not run here, and why.
NOT_RUN = {
    "make demo": "it installs; `nanhai demo`, which it starts, is run in its place",
    "make test": "it is what runs this",
    "make lint": "it installs, and is no test",
    "make bench": "it installs, and takes minutes",
    ". .venv/bin/activate": "the tests run in an environment already",
    "nanhai practice --port 8080": "it serves for ever; the test serves the same site",
    "nanhai crawl": "it leaves this machine",
}


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command of the README, and the lines that it shows beneath; none are shown in a block of ``sh``."""

    block: int
    words: str
    shown: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What a command wrote, on both streams, and its exit code."""

    written: str
    code: int


def read_blocks(language: str) -> list[str]:
    """The text of the README's code blocks in that language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", README)


def read_commands() -> Iterator[Command]:
    """The commands of the README in order; those of one block share a shell."""
    for block, (language, text) in enumerate(re.findall(r"(?ms)^```(console|sh)\n(.*?)^```$", README)):
        if language == "sh":
            yield from (Command(block=block, words=line, shown=()) for line in text.splitlines())
        elif "All of it held" in text:  # the demonstration types commands itself
            first, *shown = text.splitlines()
            yield Command(block=block, words=first.removeprefix("$ "), shown=tuple(shown))
        else:
            for piece in re.split(r"(?m)^\$ ", text)[1:]:
                words, *shown = piece.splitlines()
                yield Command(block=block, words=words, shown=tuple(shown))


COMMANDS = tuple(read_commands())
RUN = tuple(command for command in COMMANDS if command.words not in NOT_RUN)


def run_block(commands: list[Command], folder: Path, netloc: str) -> list[Ended]:
    """How the commands ended, typed one after the other into one shell in the folder."""
    script = "".join(f"{command.words}\nprintf '\\036%d\\n' $?\n" for command in commands)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    typed = subprocess.run(
        ["sh", "-c", script.replace(ADDRESS, netloc)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
        cwd=folder,
        env={"PATH": path, "LANG": "C.UTF-8", "HOME": str(folder), "PYTHONPATH": str(REPOSITORY)},
        timeout=120,
    )
    pieces = re.split(r"\x1e(\d+)\n", typed.stdout)
    return [
        Ended(written=written.replace(netloc, ADDRESS), code=int(code))
        for written, code in zip(pieces[0::2], pieces[1::2], strict=False)
    ]


def is_shown(written: str, shown: tuple[str, ...]) -> bool:
    """Whether the lines stand for what was written: ``…`` is any text within one, and any lines where it is alone.

    A slow machine may also write lines of progress.
    """
    lines = (
        "(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
        for line in shown
    )
    return re.fullmatch("".join(lines), without_progress(written).rstrip("\n") + "\n") is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Scrapy finds the project, as it does in a checkout."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copy(REPOSITORY / "scrapy.cfg", folder)
    return folder


@pytest.fixture(scope="module")
def ended(folder: Path) -> dict[Command, Ended]:
    """How every command ended, all run once, from the top of the README to its end."""
    found: dict[Command, Ended] = {}
    with PracticeServer(build_site()) as server:
        netloc = server.url.removeprefix("http://").rstrip("/")
        for block in dict.fromkeys(command.block for command in RUN):
            commands = [command for command in RUN if command.block == block]
            found.update(zip(commands, run_block(commands, folder, netloc), strict=True))
    return found


@pytest.mark.parametrize("command", RUN, ids=lambda command: command.words)
def test_a_command_of_the_readme_does_what_it_shows(command: Command, ended: dict[Command, Ended]) -> None:
    if shutil.which(command.words.split()[0]) is None and command.words.startswith("sqlite3"):
        pytest.skip("the sqlite3 shell is not here")
    outcome = ended[command]
    assert outcome.code == 0, outcome.written
    if command.shown:
        assert is_shown(outcome.written, command.shown), outcome.written


def test_the_demonstration_prints_what_the_readme_shows(tmp_path: Path) -> None:
    shown = next(command.shown for command in COMMANDS if command.words == "make demo")
    demo = Command(block=0, words="nanhai demo", shown=shown)
    (outcome,) = run_block([demo], tmp_path, ADDRESS)
    assert is_shown(outcome.written, shown), outcome.written


def test_what_is_not_run_is_in_the_readme() -> None:
    assert NOT_RUN.keys() <= {command.words for command in COMMANDS}


def test_the_make_file_has_what_the_readme_makes() -> None:
    targets = [command.words for command in COMMANDS if command.words.startswith("make ")]
    rules = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in targets:
        assert re.search(rf"(?m)^{target.removeprefix('make ')}:", rules), target


def test_the_python_of_the_readme_runs(folder: Path, ended: dict[Command, Ended]) -> None:
    whole, opened = (
        subprocess.run(
            [sys.executable, "-c", source],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        ).stdout
        for source in read_blocks("python")
    )
    assert whole.count("\n") == 64
    assert opened.startswith("64 articles\n")
    assert opened.count("\n") > 4


def test_every_block_is_in_a_language_that_is_run() -> None:
    assert set(re.findall(r"(?m)^```(\w*)$", README)) == {"console", "sh", "python", ""}


def read_table(first_cell: str) -> list[list[str]]:
    """The rows of the README's table whose head begins with that cell."""
    rows = re.search(rf"(?m)^\| {first_cell} \|.*\n\|[-|]+\n((?:\|.*\n)+)", README)
    assert rows is not None
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows.group(1).splitlines()
    ]


def test_the_table_of_exit_codes_is_the_programs() -> None:
    assert [(int(code), name) for code, name, _ in read_table("code")] == [
        (int(code), code.name.lower()) for code in ExitCode
    ]


def test_the_table_of_keys_is_the_records() -> None:
    rows = read_table("key")
    assert tuple(key.strip("`") for key, _, _ in rows) == RECORD_KEYS
    assert tuple(key.strip("`") for key, in_csv, _ in rows if in_csv == "✓") == CSV_KEYS


def test_the_rooms_are_those_of_the_package() -> None:
    named = {name for room, _ in read_table("room") for name in re.findall(r"`(\w+)`", room)}
    package = REPOSITORY / "nanhai_crawler"
    there = {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    there |= {path.stem for path in package.glob("[!_]*.py")}
    assert named == there


def test_every_file_that_the_readme_points_to_is_there() -> None:
    for path in re.findall(r"\]\(([^):]+)\)", README):
        assert (REPOSITORY / path).exists(), path
