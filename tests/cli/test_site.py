"""``nanhai site``: a site looked at, declared, listed, checked; the declaration works as it was written."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.practice.addresses import WALL
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.cli.test_commands import assert_refused, free_port, nanhai, output
from tests.crawl.commands import records
from tests.crawl.loopback import Loopback, Reply
from tests.pages.markup import FIRST, SECOND, page, paragraphs

ARTICLE = "/cms/html/7001/2024/20240305091502123000001/20240305091502123000001_1.html"
ROBOTS = Reply(body="User-agent: *\nDisallow: /list/\n", media_type="text/plain")


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeServer]:
    with PracticeServer(build_site()) as server:
        yield server


def new(url: str, archive: Path, *words: str) -> str:
    return output("site", "new", url, "--delay", "0", "--archive", str(archive), *words)


def test_a_site_is_looked_at_and_declared_and_the_declaration_crawls_all_of_it(
    server: PracticeServer, tmp_path: Path
) -> None:
    archive = tmp_path / "区 存档"
    asked = len(server.log)
    shown = new(server.url, archive, "--name", "练习")
    assert len(server.log) - asked <= 9
    for told in (
        "  kind ",
        "home (root of the site)",
        "article (info line",
        "listing (mostly links)",
        "  site map  ",
    ):
        assert told in shown
    assert "  labels       时间 来源\n" in shown
    path = archive / "sites" / "练习.toml"
    assert f"written: {path}\n" in shown
    (check, crawl) = [line.strip() for line in shown.splitlines() if line.startswith("  nanhai ")]
    assert (check, crawl) == (
        f"nanhai site check --archive '{archive}'",
        f"nanhai crawl --site 练习 --limit 20 --archive '{archive}'".replace("练习", "'练习'"),
    )
    assert {entry.name for entry in archive.iterdir()} == {"sites"}
    output("site", "check", "--archive", str(archive))
    summary = json.loads(
        output("crawl", "--site", "练习", "--archive", str(archive), "--delay", "0", "--json")
    )
    assert (summary["outcome"], summary["counts"]["new"]) == ("complete", 64)
    assert {record["site"] for record in records(archive)} == {"练习"}


def test_a_page_in_gbk_is_told_in_its_charset_and_its_own_labels_are_filled_in(tmp_path: Path) -> None:
    info = "<div>见报日：2024-03-04 10:20 供图单位：练江晚报</div>"
    html = page(paragraphs(FIRST, SECOND), info=info).replace("charset='utf-8'", "charset='gbk'")
    html = html.replace("</title>", "_练江新闻网</title>").replace('href="/d/', 'href="/list/')
    with Loopback(
        {ARTICLE: Reply(body=html.encode("gbk"), media_type="text/html"), "/robots.txt": ROBOTS}
    ) as server:
        shown = new(server.url(ARTICLE), tmp_path, "--name", "gbk")
        assert not any(path.startswith("/list/") for path in server.paths)
        declared = tomllib.loads((tmp_path / "sites" / "gbk.toml").read_text(encoding="utf-8"))
        assert declared == {
            "title": "练江新闻网",
            "seeds": [server.url(ARTICLE)],
            "labels": {"time": ["见报日"]},
        }
        assert "charset        gb18030 (plausible gb18030; meta says gbk)" in shown
        assert "unknown label  供图单位：练江晚报" in shown
        output("crawl", "--site", "gbk", "--archive", str(tmp_path), "--delay", "0", "--limit", "1")
    (record,) = records(tmp_path)
    assert (record["site"], record["published"]) == ("gbk", "2024-03-04T10:20+08:00")
    assert record["evidence"]["published"].endswith("label 见报日 of site gbk")


def test_a_word_with_a_date_beside_a_known_time_is_no_label_of_time(tmp_path: Path) -> None:
    info = "<div>发布时间：2024-03-04 来源：某报 开会日子：2024-02-01</div>"
    with Loopback({ARTICLE: Reply(body=page(paragraphs(FIRST, SECOND), info=info))}) as server:
        new(server.url(ARTICLE), tmp_path, "--name", "x")
    text = (tmp_path / "sites" / "x.toml").read_text(encoding="utf-8")
    assert "# Seen before a colon, and not known: 开会日子.\n" in text
    assert tomllib.loads(text)["labels"] == {}


def test_a_title_with_quotes_and_controls_makes_a_sound_file(tmp_path: Path) -> None:
    home = '<html><title>"引\\号" \x7f 站\x01</title><body><p>你好</p></body></html>'
    with Loopback({"/": Reply(body=home)}) as server:
        shown = new(server.url("/"), tmp_path)
        assert "no article was recognised: try again with the address of one\n" in shown
        assert output("site", "check", "--archive", str(tmp_path)).endswith(", 1 declared sites\n")
        name = f"127-0-0-1-{server.host.partition(':')[2]}"
    declared = tomllib.loads((tmp_path / "sites" / f"{name}.toml").read_text(encoding="utf-8"))
    assert declared["title"].startswith('"引\\号"')


def test_a_declaration_that_is_there_is_written_over_only_when_forced(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body="<title>甲</title><p>乙</p>")}) as server:
        new(server.url(), tmp_path, "--name", "a")
        path = tmp_path / "sites" / "a.toml"
        path.write_text(f'title = "mine"\nseeds = ["{server.url()}"]\n', encoding="utf-8")
        asked = len(server.asked)
        words = ("site", "new", server.url(), "--delay", "0", "--archive", str(tmp_path))
        assert_refused((*words, "--name", "a"), ExitCode.USAGE, "is there already")
        assert_refused((*words, "--name", "b"), ExitCode.USAGE, "is declared in")
        assert_refused((*words, "--name", "../b"), ExitCode.USAGE, "--name '../b'")
        assert (len(server.asked), "mine" in path.read_text(encoding="utf-8")) == (asked, True)
        new(server.url(), tmp_path, "--name", "a", "--force")
        assert tomllib.loads(path.read_text(encoding="utf-8"))["title"] == "甲"


@pytest.mark.parametrize(
    ("url", "code", "saying"),
    [
        ("nonsense", ExitCode.USAGE, "nonsense"),
        ("http://away.example/", ExitCode.USAGE, "needs a contact"),
        ("http://zuzhibu.nanhai.gov.cn/", ExitCode.USAGE, "is site zuzhibu of this program"),
    ],
)
def test_what_cannot_be_looked_at_is_told(url: str, code: ExitCode, saying: str, tmp_path: Path) -> None:
    assert_refused(("site", "new", url, "--archive", str(tmp_path)), code, saying)
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_does_not_answer_or_only_as_a_wall_is_not_declared(
    server: PracticeServer, tmp_path: Path
) -> None:
    dead = f"http://127.0.0.1:{free_port()}/"
    for url, codes in (
        (dead, {ExitCode.SEED_UNREACHABLE}),
        (server.url.rstrip("/") + WALL, {ExitCode.BLOCKED, ExitCode.PARTIAL}),
    ):
        ended = nanhai("site", "new", url, "--delay", "0", "--archive", str(tmp_path))
        assert ended.returncode in codes
        assert f"nothing of a site was read at {url}" in ended.stderr
        assert f"not read: {url} (" in ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_sites_are_listed_with_where_they_are_declared(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    path = tmp_path / "sites" / "文明.toml"
    path.write_text('title = "某区文明网"\nseeds = ["http://wm.example/"]\n', encoding="utf-8")
    shown = output("site", "list", "--archive", str(tmp_path))
    assert [line.split() for line in shown.splitlines()[1:]] == [
        ["wmw", "wmw.nanhai.gov.cn", "this", "program", "南海文明网"],
        ["zuzhibu", "zuzhibu.nanhai.gov.cn", "this", "program", "中共佛山市南海区委组织部"],
        ["文明", "wm.example", *str(path).split(), "某区文明网"],
    ]
    listed = [
        json.loads(line) for line in output("site", "list", "--json", "--archive", str(tmp_path)).splitlines()
    ]
    assert [(site["name"], site["hosts"], site["file"]) for site in listed][2] == (
        "文明",
        ["wm.example"],
        str(path),
    )


def test_all_that_is_wrong_is_told_at_once_a_line_a_file(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "nanhai.toml").write_text("delay = 1\n")
    (tmp_path / "sites" / "a.toml").write_text("title = 1\n")
    (tmp_path / "sites" / "b.toml").write_text("title = [\n")
    ended = nanhai("site", "check", "--archive", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (ExitCode.USAGE, "")
    assert [line.split(": ")[1] for line in ended.stderr.splitlines()] == [
        str(tmp_path / name) for name in ("nanhai.toml", "sites/a.toml", "sites/b.toml")
    ]


def test_an_archive_without_anything_declared_is_sound(tmp_path: Path) -> None:
    assert output("site", "check", "--archive", str(tmp_path)) == "sound: no nanhai.toml, 0 declared sites\n"


@pytest.mark.parametrize("words", [("site", "check"), ("schedule", "cron"), ("schedule", "systemd")])
def test_a_file_in_the_archives_place_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert_refused((*words, "--archive", str(tmp_path / "a")), ExitCode.STORAGE, "a file, not a folder")


def test_an_archive_that_is_not_there_yet_is_told(tmp_path: Path) -> None:
    ended = nanhai("site", "check", "--archive", str(tmp_path / "new"))
    assert ended.returncode == ExitCode.DONE
    assert f"{tmp_path / 'new'} is not there yet" in ended.stderr


def test_a_verification_names_settings_and_declarations_that_no_crawl_can_go_by(
    server: PracticeServer, tmp_path: Path
) -> None:
    output("crawl", server.url, "--delay", "0", "--limit", "3", "--archive", str(tmp_path))
    (tmp_path / "nanhai.toml").write_bytes(b"delay_s = 1.0  # \xff\n")
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "x.toml").write_text("titel = 'x'\n")
    ended = nanhai("verify", "--archive", str(tmp_path))
    assert ended.returncode == ExitCode.ERROR
    assert "form: nanhai.toml: not UTF-8 at byte 17" in ended.stdout
    assert "form: sites/x.toml: " in ended.stdout
    assert "2 damaged" in ended.stdout
