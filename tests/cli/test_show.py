"""``nanhai show`` tells an article's kicker, subtitle, lists and tables to people and to pipes."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from nanhai_crawler.cli.program import run
from tests.cli.test_commands import NANHAI
from tests.store.given import running, visit_article
from tests.store.test_migrations import WHOLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show") / "a"
    with running(folder) as writer:
        visit_article(writer, WHOLE)
    return folder


def test_show_tells_kicker_subtitle_lists_and_tables(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["show", WHOLE.url, "--archive", str(folder)]) == 0
    shown = capfd.readouterr().out
    assert shown.startswith("引题一行\n大沥激扬生命力\n——副题一行\n")
    assert "\n表题\n| 巷子   | 户数 |\n|--------|------|\n| 鱼骨巷 | 61   |\n" in shown
    assert "\n　　1. 一；\n　　2. 二。\n" in shown


def test_show_text_has_the_table_where_it_stands(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["show", WHOLE.url, "--text", "--archive", str(folder)]) == 0
    table = "表题\n| 巷子   | 户数 |\n|--------|------|\n| 鱼骨巷 | 61   |"
    assert capfd.readouterr().out == f"{WHOLE.title}\n\n首段。\n{table}\n一；\n二。\n次节\n末段。\n"


def test_a_terminal_gets_the_table_drawn(folder: Path) -> None:
    controller, terminal = pty.openpty()
    subprocess.run([*NANHAI, "show", WHOLE.url, "--archive", str(folder)], stdout=terminal, check=True)
    os.close(terminal)
    shown = re.sub(r"\x1b\[[\d;]*m", "", os.read(controller, 20_000).decode())
    os.close(controller)
    assert re.search(r"巷子 +户数", shown)
    assert "──" in shown
    assert "|" not in shown
