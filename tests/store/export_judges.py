"""The outside programs that judge exports, where they are installed."""

import shutil
import subprocess
from pathlib import Path

import pytest


def judge(program: str, *words: str | Path) -> str:
    """What the program says when it is content; the test is skipped where it is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    ended = subprocess.run(
        [program, *map(str, words)], capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
