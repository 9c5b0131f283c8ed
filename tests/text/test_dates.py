from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.loose_dates import read_loose_time

FORMS = [
    ("2023-10-31", "2023-10-31"),
    ("2023/10/31", "2023-10-31"),
    ("2023.10.31", "2023-10-31"),
    ("2023-1-2", "2023-01-02"),
    ("2023－10－31", "2023-10-31"),
    ("２０２３年１０月３１日", "2023-10-31"),
    ("2023年10月31日", "2023-10-31"),
    ("2023 年 10 月 31 日", "2023-10-31"),
    ("2023年10月31号", "2023-10-31"),
    ("2023年10月31 来源", "2023-10-31"),
    ("二〇二三年十月三十一日", "2023-10-31"),
    ("二○二三年十月二十日", "2023-10-20"),
    ("二零一九年十二月三日", "2019-12-03"),
    ("一九九八年一月十日", "1998-01-10"),
    ("2018-12-14 ", "2018-12-14"),
    ("2024-01-02 09:30", "2024-01-02T09:30+08:00"),
    ("2023-10-31 13:02:00", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31\xa0\xa013:02:00", "2023-10-31T13:02:00+08:00"),
    ("2023-10-3113:02", "2023-10-31T13:02+08:00"),
    ("2023-10-3113:02:05", "2023-10-31T13:02:05+08:00"),
    ("2023-10-31T13:02:00", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31T13:02:00+08:00", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31T05:02:00.000Z", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31T05:02:00+0000", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31 13:02:00.0", "2023-10-31T13:02:00+08:00"),
    ("2023年10月31日13:02", "2023-10-31T13:02+08:00"),
    ("2023年10月31日 15时02分", "2023-10-31T15:02+08:00"),
    ("2023年10月31日15时02分30秒", "2023-10-31T15:02:30+08:00"),
    ("2023年10月31日15点02分", "2023-10-31T15:02+08:00"),
    ("2023年10月31日下午3:02", "2023-10-31T15:02+08:00"),
    ("2023年10月31日 上午 9:05", "2023-10-31T09:05+08:00"),
    ("2023年10月31日晚上8点半", "2023-10-31T20:30+08:00"),
    ("2023年10月31日中午12:10", "2023-10-31T12:10+08:00"),
    ("2023年10月31日凌晨12:10", "2023-10-31T00:10+08:00"),
    ("2023-10-31 1:30:05 PM", "2023-10-31T13:30:05+08:00"),
    ("2023-10-31 12:30 AM", "2023-10-31T00:30+08:00"),
    ("2023年10月31日（星期二） 13:02", "2023-10-31T13:02+08:00"),
    ("2023-10-31 星期二 13:02", "2023-10-31T13:02+08:00"),
    ("２０２３－１０－３１　１３：０２", "2023-10-31T13:02+08:00"),
    ("时间:2023-10-31 13:02:00来源:某办", "2023-10-31T13:02:00+08:00"),
    ("发布日期2023-10-31浏览12次", "2023-10-31"),
    ("[2023-10-31]", "2023-10-31"),
    ("2024年05月10日06:58 | 来源", "2024-05-10T06:58+08:00"),
    ("20231031", "2023-10-31"),
    ("20231031130200", "2023-10-31T13:02:00+08:00"),
    ("2023-10-31 13时", "2023-10-31"),
]

NO_DATES = [
    "", "abc", "2023", "2023年", "2023年10月", "10-31", "2023-10-311", "12023-10-31", "3天前", "昨天", "编号20231031号",
    "3023-10-31", "电话0757-86337323", "6654工作目标",
]  # fmt: skip


@pytest.mark.parametrize(("shown", "value"), FORMS)
def test_a_form_is_read_with_its_own_precision(shown: str, value: str) -> None:
    time = read_time(shown)
    assert time is not None
    assert time.value == value
    assert time.raw in shown


@pytest.mark.parametrize("shown", NO_DATES)
def test_what_is_no_date_gives_none(shown: str) -> None:
    assert read_time(shown) is None


@pytest.mark.parametrize(
    "shown",
    ["2023年13月1日", "2023-02-30", "2023.00.10", "二〇二三年十三月一日", "20231301", "2023-10-00 12:00"],
)
def test_an_impossible_date_is_kept_raw(shown: str) -> None:
    time = read_time(shown)
    assert time is not None
    assert (time.value, time.raw, time.rule) == (None, shown, "impossible date")


@pytest.mark.parametrize("shown", ["2023-10-31 25:02", "2023-10-31 12:61", "2023-10-31 12:30:99"])
def test_an_impossible_clock_costs_the_clock_alone(shown: str) -> None:
    time = read_time(shown)
    assert time is not None
    assert (time.value, time.raw) == ("2023-10-31", shown)
    assert "impossible clock" in time.rule


def test_the_raw_text_is_the_date_as_shown() -> None:
    time = read_time("时间：２０２３年１０月３１日　下午３：０２　来源")
    assert time is not None
    assert time.raw == "２０２３年１０月３１日　下午３：０２"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31)))  # noqa: DTZ001
def test_every_day_comes_back(moment: datetime) -> None:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y年%m月%d日%H:%M:%S", "%Y/%m/%d%H:%M:%S"):
        time = read_time(moment.strftime(form))
        assert time is not None
        assert time.value == moment.strftime("%Y-%m-%dT%H:%M:%S+08:00")


@given(st.text(alphabet="0123456789年月日时分秒-/.: T上午下二〇三十一号　(（星期"))
def test_nothing_raises(text: str) -> None:
    read_time(text)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    read_time(text)


NOW = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("3天前", "2024-04-28"),
        ("昨天 09:30", "2024-04-30T09:30+08:00"),
        ("2小时前", "2024-05-01"),
        ("刚刚", "2024-05-01"),
        ("昨天", "2024-04-30"),
        ("3个月前", None),
        ("2周前", None),
        ("去年", None),
        ("三天前", "2024-04-28"),
        ("一小时前", "2024-05-01"),
        ("31/10/2023", "2023-10-31"),
        ("Tue, 31 Oct 2023 05:02:00 GMT", "2023-10-31T13:02+08:00"),
        ("Tue Oct 31 13:02:00 CST 2023", "2023-10-31T13:02+08:00"),
        ("Oct 31, 2023", "2023-10-31"),
        ("2023年10月31日", "2023-10-31"),
        ("2023年13月1日", None),
    ],
)
def test_the_last_resort_reads_relative_and_foreign_dates(shown: str, value: str | None) -> None:
    time = read_loose_time(shown, now=NOW)
    assert time is not None
    assert time.value == value


@pytest.mark.parametrize(
    "shown", ["", "区委组织部", "2023", "一" * 50, "05/06/2023", "12日", "本月12日", "第3期"]
)
def test_the_last_resort_makes_no_date_of_words(shown: str) -> None:
    assert read_loose_time(shown, now=NOW) is None
