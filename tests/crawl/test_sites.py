"""Crawls by a site's declaration and an archive's settings: what is in the files is what happens."""

import json
from pathlib import Path

import pytest

from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import make_plan
from nanhai_crawler.errors import ExitCode, FormError
from tests.crawl.commands import crawl, nanhai, records, run
from tests.crawl.loopback import Loopback, Reply
from tests.pages.markup import FIRST, SECOND, page, paragraphs

HOME = "<a href='/show.jsp?id=1'>旧闻一则，写在这里</a><a href='{other}'>旁边的主机</a>"
ODD = page(
    f"<div class='con'>{paragraphs(FIRST, SECOND)}</div>",
    title="<div class='name'>小板凳上的大事情</div>",
    info="<div>见报日：2024-03-04 供稿　陈练</div>",
)


def archive_with(folder: Path, *, settings: str = "", **sites: str) -> Path:
    (folder / "sites").mkdir(parents=True)
    for name, text in sites.items():
        (folder / "sites" / f"{name}.toml").write_text(text, encoding="utf-8")
    if settings:
        (folder / "nanhai.toml").write_text(settings, encoding="utf-8")
    return folder


def test_a_site_in_the_archive_is_crawled_by_its_name_on_all_its_hosts_and_read_by_its_rules(
    tmp_path: Path,
) -> None:
    with Loopback({"/show.jsp?id=2": Reply(body=ODD)}) as other:
        replies = {
            "/": Reply(body=HOME.format(other=other.url("/show.jsp?id=2"))),
            "/show.jsp?id=1": Reply(body=ODD),
        }
        with Loopback(dict(replies)) as server:
            declared = (
                f'title = "某站"\nseeds = ["{server.url()}"]\nhosts = ["{other.host}"]\ndelay_s = 0\n'
                "[labels]\ntime = ['见报日']\n[[selectors]]\nfield = 'title'\ncss = '.name'\n"
            )
            archive = archive_with(tmp_path / "存档 one", mou=declared)
            ended = nanhai("crawl", "--site", "mou", "--archive", archive, "--json")
    assert ended.code == 0, ended.err
    found = records(archive)
    assert len(found) == 2
    for record in found:
        assert (record["site"], record["title"]) == ("mou", "小板凳上的大事情")
        assert record["published"] == "2024-03-04"
        assert record["evidence"]["title"] == "css .name of site mou"


def test_a_crawl_without_an_address_visits_the_sites_of_the_settings(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body="<p>甲</p>")}) as one, Loopback({"/": Reply(body="<p>乙</p>")}) as two:
        archive = archive_with(
            tmp_path / "a",
            settings='sites = ["one", "two"]\ndelay_s = 0\n',
            one=f'title = "甲"\nseeds = ["{one.url()}"]\n',
            two=f'title = "乙"\nseeds = ["{two.url()}"]\n',
        )
        assert nanhai("crawl", "--archive", archive).code == 0
        assert (one.count("/"), two.count("/")) == (1, 1)
        spider = run("scrapy", "crawl", "nanhai", "-a", f"archive={archive}", "-a", "site=two")
        assert spider.code == 0, spider.err
        assert (one.count("/"), two.count("/")) == (1, 2)


def test_the_contact_of_the_settings_is_told_to_the_site_and_the_environment_s_wins(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body="<p>甲</p>")}) as server:
        archive = archive_with(tmp_path / "a", settings="contact = 'file@example.org'")
        crawl(server.url(), archive)
        crawl(server.url(), archive, NANHAI_CONTACT="env@example.org")
        crawl(server.url(), archive, "--contact", "word@example.org", NANHAI_CONTACT="env@example.org")
        told = [asked.headers["user-agent"].rpartition("+")[2] for asked in server.asked if asked.path == "/"]
    assert told == ["file@example.org)", "env@example.org)", "word@example.org)"]


@pytest.mark.parametrize(
    ("settings", "site", "saying"),
    [
        ("dealy_s = 1", "", "nanhai.toml: dealy_s is no key here"),
        ("sites = ['none']", "", "nanhai.toml: sites: no site is called 'none'; there are: "),
        ("", "title = 1", "sites/x.toml: title should be a valid string, not 1"),
    ],
)
def test_what_is_wrong_in_a_file_ends_the_crawl_before_anything_starts(
    settings: str, site: str, saying: str, tmp_path: Path
) -> None:
    sites = {"x": site} if site else {}
    archive = archive_with(tmp_path / "a", settings=settings, **sites)
    for program in (("nanhai", "crawl", "--archive"), ("scrapy", "crawl", "nanhai", "-a")):
        ended = run(program[0], *program[1:], archive if program[0] == "nanhai" else f"archive={archive}")
        assert ended.code == ExitCode.USAGE
        assert saying in ended.err
        assert "Traceback" not in ended.err
    assert {path.name for path in archive.iterdir()} <= {"sites", "nanhai.toml"}


def test_the_pause_is_the_longest_that_a_site_of_the_run_asks_for(tmp_path: Path) -> None:
    quick, slow, plain = (
        f'title = "x"\nseeds = ["http://{host}.example/"]\n{more}'
        for host, more in (("a", "delay_s = 0.5"), ("b", "delay_s = 7"), ("c", ""))
    )
    archive = archive_with(tmp_path / "a", settings="delay_s = 3", quick=quick, slow=slow, plain=plain)
    paces = {
        names: make_plan(archive, CrawlOrder(sites=names)).delay_s
        for names in (("quick",), ("slow",), ("plain",), ("quick", "plain"), ("quick", "slow"))
    }
    assert list(paces.values()) == [0.5, 7, 3, 3, 7]
    assert make_plan(archive, CrawlOrder(sites=["slow"], delay_s=0.1)).delay_s == 0.1
    assert make_plan(archive, CrawlOrder(seeds=["http://b.example/x.html"])).delay_s == 7
    assert make_plan(tmp_path / "none").delay_s is None


def test_a_declared_host_needs_a_contact_as_a_seed_does(tmp_path: Path) -> None:
    declared = 'title = "x"\nseeds = ["http://127.0.0.1:9/"]\nhosts = ["away.example"]\n'
    archive = archive_with(tmp_path / "a", x=declared)
    ended = nanhai("crawl", "--site", "x", "--archive", archive)
    assert ended.code == ExitCode.USAGE
    assert "crawling away.example needs a contact" in ended.err


def test_a_plan_tells_which_setting_names_no_site(tmp_path: Path) -> None:
    archive = archive_with(tmp_path / "a", settings="sites = ['no']")
    with pytest.raises(FormError, match=r"nanhai\.toml: sites: "):
        make_plan(archive)
    assert make_plan(archive, CrawlOrder(sites=["wmw"])).seeds[0] == "http://wmw.nanhai.gov.cn/"


def test_the_report_goes_to_the_program_of_the_settings(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    with Loopback({"/": Reply(body="<p>甲</p>")}) as server:
        archive = archive_with(tmp_path / "a", settings=f"report_to = \"tee '{told}'\"\n")
        assert crawl(server.url(), archive).code == 0
    assert json.loads(told.read_text(encoding="utf-8"))["outcome"] == "complete"


def test_a_crawl_keeps_the_free_space_that_the_settings_ask_for(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body="<p>甲</p>")}) as server:
        archive = archive_with(tmp_path / "a", settings="min_free_mb = 1000000000\n")
        ended = crawl(server.url(), archive)
        assert (ended.code, server.paths) == (ExitCode.STORAGE, [])
    assert "too little room to go on (1,000,000,000,000,000 bytes are wanted)" in ended.err
    assert not (archive / "nanhai.sqlite3").exists()


def test_what_was_crawled_before_the_site_was_declared_has_its_name_afterwards(tmp_path: Path) -> None:
    paths = [
        f"/cms/html/7001/2024/2024030509150212300000{n}/2024030509150212300000{n}_1.html" for n in (1, 2)
    ]
    articles = {
        path: Reply(
            body=page(paragraphs(f"{FIRST}{path}", SECOND), title=f"<h2>小板凳上的大事情 {path[-10:]}</h2>")
        )
        for path in paths
    }
    with Loopback(dict(articles)) as server:
        archive = archive_with(tmp_path / "a")
        assert crawl(server.url(paths[0]), archive).code == 0
        assert [record["site"] for record in records(archive)] == [server.host]
        (archive / "sites" / "mou.toml").write_text(f'title = "某站"\nseeds = ["{server.url(paths[1])}"]\n')
        assert nanhai("crawl", "--site", "mou", "--delay", "0", "--archive", archive).code == 0
        assert [record["site"] for record in records(archive)] == ["mou", "mou"]
        assert [record["column_path"] for record in records(archive)] == [["组工党建", "基层党建"]] * 2
        status = json.loads(nanhai("status", "--json", "--archive", archive).out)
        assert [(column["site"], column["articles"]) for column in status["columns"]] == [
            ("mou", 0),
            ("mou", 2),
        ]
