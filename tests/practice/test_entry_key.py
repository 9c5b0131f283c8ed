from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.practice.entry_key import SHANGHAI, composed_moment, entry_key, moment_in, number_in

_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001


@given(moment=_MOMENTS, number=st.integers(0, 10**6 - 1))
def test_a_key_tells_its_moment_and_its_number(moment: datetime, number: int) -> None:
    key = entry_key(moment, number)
    assert len(key) == 23
    assert number_in(key) == number
    assert timedelta(0) <= moment - moment_in(key) < timedelta(milliseconds=1)


@given(number=st.integers(0, 10**6 - 1))
def test_composed_articles_are_entered_in_office_hours_of_2018_to_2024(number: int) -> None:
    moment = composed_moment(number)
    assert datetime(2018, 3, 1, tzinfo=SHANGHAI) <= moment < datetime(2024, 12, 1, tzinfo=SHANGHAI)
    assert 8 <= moment.hour < 18
