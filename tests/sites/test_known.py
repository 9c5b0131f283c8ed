"""The sites that a crawl knows: the program's, and those of files; what is wrong in a file is one line that names it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode, FormError, UsageError
from nanhai_crawler.pages.site_rules import NO_RULES
from nanhai_crawler.sites import BUILT_IN, DEFAULT_SITE, load_sites

FORM = """\
title = "练江区文明网"
seeds = ["http://wm.lianjiang.example/index.html"]
"""
FULL = f"""\
{FORM}hosts = ["www.lianjiang.example:8080", "区委.example"]
charset = "gb2312"
delay_s = 2
tls = "legacy-unverified"

[labels]
time = ["见报日"]

[[selectors]]
field = "title"
css = "div.old"
valid_until = 2020-12-31

[[selectors]]
field = "title"
xpath = "//h1"
valid_from = 2021-01-01
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    known = load_sites(tmp_path / "sites")
    assert known.by_name == BUILT_IN
    assert known.named(None) is DEFAULT_SITE
    assert known.of("http://zuzhibu.nanhai.gov.cn/cms/x.html") is DEFAULT_SITE
    assert known.of("http://elsewhere.example/") is None
    assert known.rules_for("http://elsewhere.example/", datetime.now(UTC)) is NO_RULES


def test_a_file_declares_a_site_under_its_own_name(tmp_path: Path) -> None:
    site = load_sites(write(tmp_path / "sites", 文明=FULL)).named("文明")
    assert (site.name, site.title, site.tls, site.delay_s) == (
        "文明",
        "练江区文明网",
        "legacy-unverified",
        2.0,
    )
    assert site.all_hosts == ("wm.lianjiang.example", "www.lianjiang.example:8080", "xn--dkro7m.example")


def test_a_page_is_read_by_the_selectors_of_its_day_in_chinese_time(tmp_path: Path) -> None:
    known = load_sites(write(tmp_path / "sites", wm=FULL))
    url = "http://wm.lianjiang.example/a.html"
    for captured, selector in (
        (datetime(2020, 12, 31, 15, 59, tzinfo=UTC), "css div.old"),
        (datetime(2020, 12, 31, 16, 0, tzinfo=UTC), "xpath //h1"),
    ):
        rules = known.rules_for(url, captured)
        assert [str(found) for found in rules.selectors] == [selector]
        assert (rules.site, rules.charset, rules.labels.time) == ("wm", "gb2312", ("见报日",))
    assert known.named("wm").selectors[0].valid_until == date(2020, 12, 31)


def test_a_file_stands_in_the_place_of_the_program_s_site(tmp_path: Path) -> None:
    text = 'title = "x"\nseeds = ["https://zuzhibu.nanhai.gov.cn/"]\n'
    for name in ("zuzhibu", "mine"):
        known = load_sites(write(tmp_path / name, **{name: text}))
        found = known.of("http://zuzhibu.nanhai.gov.cn/")
        assert found is not None
        assert (found.name, found.title) == (name, "x")


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("", "title is missing; seeds is missing"),
        ("title = x", "no TOML"),
        (FORM + "seed = 1", "seed is no key here; there are: name, title, seeds, hosts"),
        (FORM + "[labels]\ntimes = ['x']", "labels.times is no key here; there are: time, source"),
        (FORM + "[labels]\ntime = ''", "labels.time should be a valid"),
        (FORM + "[labels]\ntime = ['：']", "labels: time: an empty label"),
        (FORM + "[[selectors]]\nfield = 'date'\ncss = 'a'", "selectors[1].field should be 'title', 'time'"),
        (FORM + "[[selectors]]\nfield = 'time'\ncss = 'a['", "selectors[1]: css a["),
        (
            FORM + "[[selectors]]\nfield = 'time'\ncss = 'a::foo'",
            "selectors[1]: css a::foo: The pseudo-element",
        ),
        (
            FORM + "[[selectors]]\nfield = 'time'\ncss = 'a:nth-child(x)'",
            "selectors[1]: css a:nth-child(x): Invalid",
        ),
        (
            FORM + "[[selectors]]\nfield = 'time'\nxpath = '//x:a'",
            "selectors[1]: xpath //x:a: Undefined namespace",
        ),
        (FORM + "[[selectors]]\nfield = 'time'\nxpath = 'foo()'", "selectors[1]: xpath foo(): Unregistered"),
        (FORM + "[[selectors]]\nfield = 'time'\nxpath = 'count(//a)'", "finds a number or a truth"),
        (
            FORM + "[[selectors]]\nfield = 'time'\ncss = 'a'\nuntil = 2020",
            "selectors[1].until is no key here",
        ),
        (
            FORM + "[[selectors]]\nfield = 'time'\ncss = 'a'\nvalid_until = 'soon'",
            "selectors[1].valid_until should",
        ),
        (FORM + "delay_s = '2'", 'delay_s should be a valid number, not "2"'),
        (FORM + "delay_s = true", "delay_s should be a valid number, not true"),
        (FORM + "delay_s = nan", "delay_s"),
        (FORM + "delay_s = -1", "delay_s: -1.0 is not between 0 and 3600 seconds"),
        (
            FORM + "tls = 'off'",
            "tls should be 'verified', 'legacy', 'unverified' or 'legacy-unverified', not \"off\"",
        ),
        (FORM + "charset = 'utf8000'", 'charset: "utf8000" is unknown'),
        (FORM + "hosts = ['http://a.example']", 'hosts: "http://a.example" is no host'),
        (FORM + "hosts = ['*.a.example']", 'hosts: "*.a.example" is no host'),
        (FORM + "hosts = ['a.example/x']", 'hosts: "a.example/x" is no host'),
        (FORM + "name = 'other'", "the file is called wm.toml"),
        ("title = 'x'\nseeds = []", "seeds is empty"),
        ("title = 'x'\nseeds = ['ftp://a.example/']", 'seeds: "ftp://a.example/" is no http or https URL'),
        ("title = ' '\nseeds = ['http://a.example/']", "title is empty"),
    ],
)
def test_a_form_that_cannot_be_is_told_on_one_line(text: str, saying: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "sites", wm=text)
    with pytest.raises(FormError) as error:
        load_sites(folder)
    assert str(error.value).startswith(f"{folder / 'wm.toml'}: ")
    assert saying in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.exit_code == ExitCode.USAGE


def test_a_file_that_is_no_text_or_has_no_name_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "sites", a=FORM)
    (folder / "a.toml").write_bytes("title = '练'".encode("gb18030"))
    with pytest.raises(FormError, match="not UTF-8 at byte 9"):
        load_sites(folder)
    (folder / "a.toml").unlink()
    with pytest.raises(FormError, match="a site's name has letters"):
        load_sites(write(folder, **{"a b": FORM}))


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load_sites(write(tmp_path / "sites", wm="\ufeff" + FORM)).named("wm").title == "练江区文明网"


def test_two_files_cannot_have_one_host(tmp_path: Path) -> None:
    folder = write(tmp_path / "sites", a=FORM, b=FORM)
    with pytest.raises(
        FormError, match=r"b\.toml: hosts: wm\.lianjiang\.example is a host of a\.toml already"
    ):
        load_sites(folder)


def test_what_is_no_declaration_is_passed_over(tmp_path: Path) -> None:
    folder = write(tmp_path / "sites", wm=FORM)
    (folder / "wm.toml~").write_text("old")
    (folder / ".wm.toml").write_text("hidden")
    assert load_sites(folder).by_name.keys() - BUILT_IN.keys() == {"wm"}


def test_a_name_that_nobody_has_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there are: wm, wmw, zuzhibu \(nanhai site new"):
        load_sites(write(tmp_path / "sites", wm=FORM)).named("none")
