"""``nanhai schedule``: what is printed is what systemd and cron take, and it runs the crawl for this archive."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nanhai_crawler.cli.crontab_line import crontab_line
from nanhai_crawler.cli.daily_job import DailyJob
from nanhai_crawler.cli.program import run
from nanhai_crawler.errors import ExitCode
from tests.cli.test_commands import assert_refused, nanhai, output
from tests.crawl.loopback import Loopback, Reply

ODD = "区 存档 100%d $HOME"
CONTACT = {"NANHAI_CONTACT": "archive@example.org"}


def units(folder: Path, *words: str) -> tuple[str, str]:
    """The service and the timer, as written."""
    ended = nanhai(
        "schedule", "systemd", "--archive", str(folder), "-o", str(folder / "units"), *words, env=CONTACT
    )
    assert ended.returncode == 0, ended.stderr
    service, timer = sorted((folder / "units").iterdir())
    return service.read_text(encoding="utf-8"), timer.read_text(encoding="utf-8")


def as_cron_has_it(line: str) -> str:
    r"""The command that the shell is given: cron ends a line at ``%`` unless it is written ``\%`` (crontab(5))."""
    command = line.split(maxsplit=5)[5]
    taken, escaped = "", False
    for char in command:
        if escaped and char == "%":
            taken = taken[:-1] + char
        elif char == "%" and not escaped:
            return taken
        else:
            taken += char
        escaped = char == "\\" and not escaped
    return taken


@pytest.mark.parametrize("words", [(), ("--user",)])
@pytest.mark.parametrize("settings", ["", "report_to = 'mail me'\ndelay_s = 2\n"])
def test_systemd_takes_the_units(words: tuple[str, ...], settings: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / "nanhai.toml").write_text(settings)
    units(folder, "--at", "4:05", *words)
    shutil.copytree(folder / "units", tmp_path / "units")
    judged = subprocess.run(
        [
            "systemd-analyze",
            "verify",
            "--man=no",
            *(("--user",) if words else ()),
            *(tmp_path / "units").iterdir(),
        ],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        check=False,
    )
    said = [line for line in judged.stderr.splitlines() if "nanhai" in line]
    assert (judged.returncode, said) == (0, []), judged.stderr


def test_the_units_crawl_into_the_archive_every_day_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "a b%"
    folder.mkdir()
    service, timer = units(folder, "--at", "23:59")
    assert "OnCalendar=*-*-* 23:59:00\nRandomizedDelaySec=1800\nPersistent=true\n" in timer
    quoted = f'"{folder}"'.replace("%", "%%")
    assert re.search(rf'(?m)^ExecStart=.* "crawl" "--archive" {re.escape(quoted)} "--log"$', service)
    assert f"ReadWritePaths={quoted}\n" in service
    assert 'Environment="NANHAI_CONTACT=archive@example.org"\n' in service
    assert "NoNewPrivileges=yes\nProtectSystem=strict\n" in service


def test_a_report_to_a_mailer_is_left_the_rights_it_needs(tmp_path: Path) -> None:
    (tmp_path / "nanhai.toml").write_text("report_to = 'mail me'\n")
    service, _ = units(tmp_path)
    assert "NoNewPrivileges" not in service
    assert "ProtectSystem=full" in service


def test_two_archives_of_one_name_have_jobs_of_their_own(tmp_path: Path) -> None:
    names = set()
    for place in ("one", "two"):
        printed = nanhai(
            "schedule", "systemd", "--archive", str(tmp_path / place / "档 案"), env=CONTACT
        ).stdout
        names.update(re.findall(r"(?m)^# (nanhai-[0-9a-f]{6}\.service)$", printed))
    assert len(names) == 2


def test_units_that_are_there_are_not_written_over(tmp_path: Path) -> None:
    units(tmp_path)
    words = ("schedule", "systemd", "--archive", str(tmp_path), "-o", str(tmp_path / "units"))
    assert_refused(words, ExitCode.USAGE, "is there already", env=CONTACT)


def test_cron_runs_the_crawl_whatever_the_archive_is_called(tmp_path: Path) -> None:
    program = tmp_path / "it's a %p\\%q program"
    program.write_text(
        f'#!{sys.executable}\nimport os, sys\nprint([*sys.argv[1:], os.environ["NANHAI_CONTACT"]])\n'
    )
    program.chmod(0o755)
    for name in (ODD, "it's", "a\\%b\\", "`id` $(id) ; &"):
        job = DailyJob(
            archive=Path("/") / name,
            words=(str(program), "crawl", f"/{name}"),
            name="nanhai",
            hour=4,
            minute=5,
            contact="100%@example.org",
            reports=False,
            notes=(),
        )
        line = crontab_line(job).splitlines()[-1]
        assert line.startswith("5 4 * * * sleep ")
        command = as_cron_has_it(line).replace("1800", "1")
        ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", check=True)
        assert ran.stdout == f"{['crawl', f'/{name}', '100%@example.org']}\n"


def test_the_line_for_cron_crawls_and_what_it_says_is_in_a_log(tmp_path: Path) -> None:
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / "logs").mkdir()
    (folder / "logs" / "crawl-20200101000000-1.log").write_text("old")
    (folder / "logs" / "mine.log").write_text("mine")
    with Loopback({"/": Reply(body="<p>甲</p>"), "/bad": Reply(status=500)}) as server:
        for seeds, code in ((["/"], 0), (["/", "/bad"], 3)):
            written = ", ".join(f'"{server.url(seed)}"' for seed in seeds)
            (folder / "sites").mkdir(exist_ok=True)
            (folder / "sites" / "x.toml").write_text(f'title = "x"\nseeds = [{written}]\ndelay_s = 0\n')
            (folder / "nanhai.toml").write_text('sites = ["x"]\n')
            line = output("schedule", "cron", "--archive", str(folder)).splitlines()[-1]
            command = as_cron_has_it(line).replace("1800", "1")
            ran = subprocess.run(
                ["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", check=False
            )
            newest = max(folder.glob("logs/crawl-*.log"))
            assert (ran.returncode, ran.stdout) == (code, "")
            assert bool(ran.stderr) == bool(code)
            assert str(newest) in ran.stderr or not code
            assert re.search(r"(?m)^run \d ", newest.read_text(encoding="utf-8"))
    left = {path.name for path in folder.glob("logs/*")}
    assert "mine.log" in left
    assert "crawl-20200101000000-1.log" not in left


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (["cron", "--at", "25:00"], "25:00"),
        (["cron", "--at", "3"], "write it like 03:00"),
        (["cron", "--at", "03:60"], "03:60"),
        (["cron", "--at", ""], "--at"),
        (["launchd"], "systemd"),
        (["cron", "--user"], "for systemd alone"),
        (["cron", "-o", "x"], "for systemd alone"),
        (["cron", "--archive", "a\nb"], "rename it"),
        (["systemd", "--archive", 'a"b'], "quotes"),
        (["cron", "--archive", "x" * 200 + "/" + "y" * 800], "too long"),
    ],
)
def test_what_cannot_be_scheduled_is_told(
    words: list[str],
    saying: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NANHAI_CONTACT", "archive@example.org")
    assert run(["schedule", *words]) == ExitCode.USAGE
    written, said = capfd.readouterr()
    assert written == ""
    assert saying in said.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_told_before_a_timer_meets_them(tmp_path: Path) -> None:
    (tmp_path / "nanhai.toml").write_text("delay = 1\n")
    assert_refused(("schedule", "cron", "--archive", str(tmp_path)), ExitCode.USAGE, "delay is no key here")


def test_a_missing_contact_or_archive_is_said_beside_what_is_printed(tmp_path: Path) -> None:
    ended = nanhai("schedule", "cron", "--archive", str(tmp_path / "none"))
    assert ended.returncode == 0
    assert "is not there yet" in ended.stderr
    assert "nobody to write to" in ended.stderr
    assert ended.stdout.count("\n") == 3
